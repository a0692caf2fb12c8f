import pytest

from core.outbox import dead_addresses
from core.states import Conflict
from tests.factories.accounts import UserFactory
from tests.factories.deliveries import DeliveryFactory
from tests.verbs import refusal, written
from tests.visits.deliveries.parts import told
from visits.choices import DeliveryState
from visits.deliveries.actions import desk
from visits.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def by():
    return UserFactory(coordinator=True)


def failed(**fields):
    return DeliveryFactory(state=DeliveryState.FAILED, failed_at="2026-11-30 08:00Z", **fields)


def test_another_address_sends_the_same_delivery_under_a_new_link(by):
    delivery = failed(email="old@example.org")
    old = delivery.link_token
    desk.mend_address(delivery, email="new@example.org", note="Nová paní starostka", by=by, version=1)
    assert (delivery.state, delivery.failed_at, delivery.note) == (
        DeliveryState.QUEUED,
        None,
        "Nová paní starostka",
    )
    assert not Delivery.objects.behind_link(old).exists()
    assert Delivery.objects.behind_link(delivery.link_token).get() == delivery
    assert told() == [("new@example.org", "visits/report")]
    assert written(delivery) == [("delivery.mend", by.pk, {})]


def test_an_address_that_comes_back_too_is_refused_and_so_is_a_page_of_before(by):
    delivery = failed()
    dead_addresses.mark("dead@example.org", "5.1.1")
    said = {"note": "", "by": by}
    assert (
        "comes back, too"
        in refusal(desk.mend_address, delivery, email="dead@example.org", version=1, **said)[0]
    )
    with pytest.raises(Conflict):
        desk.mend_address(delivery, email="new@example.org", version=7, **said)
    assert refusal(desk.mend_address, DeliveryFactory(), email="new@example.org", version=1, **said)
    assert told() == []


def test_by_phone_and_then_who_told_them_and_when(by):
    delivery = failed(email="")
    desk.to_phone(delivery, by=by, version=1)
    desk.told_by_phone(delivery, note="Mluvila jsem s tajemnicí.", by=by)
    assert (delivery.state, delivery.told_by, delivery.told_at is None) == (DeliveryState.DONE, by, False)
    assert [verb for verb, _by, _details in written(delivery)] == ["delivery.to_phone", "delivery.told"]
    assert refusal(desk.told_by_phone, delivery, note="", by=by)


def test_several_at_once_and_why_not_the_others(by):
    sent, stuck = DeliveryFactory(state=DeliveryState.SENT), failed()
    nowhere, read = failed(email=""), DeliveryFactory(state=DeliveryState.ACKNOWLEDGED)
    done, reasons = desk.each([sent, stuck, nowhere, read], "send", note="", by=by)
    assert (done, [reason.split(": ")[0] for reason in reasons]) == (2, [nowhere.whom, read.whom])
    assert (sent.state, stuck.state) == (DeliveryState.SENT, DeliveryState.QUEUED)
    assert [to for to, _kind in told()] == [sent.email, stuck.email]
    assert desk.each([nowhere], "told", note="Volala jsem.", by=by) == (1, [])


def test_nobody_without_the_permission(by):
    official = UserFactory(official=True)
    assert "Your role" in refusal(desk.send_again, failed(), by=official)[0]
    assert "Your role" in refusal(desk.told_by_phone, failed(), note="", by=official)[0]
