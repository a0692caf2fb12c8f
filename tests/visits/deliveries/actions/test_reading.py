import pytest

from tests.factories.accounts import UserFactory
from tests.factories.deliveries import DeliveryFactory
from tests.verbs import written
from visits.choices import DeliveryState
from visits.deliveries.actions import reading

pytestmark = pytest.mark.django_db


def test_opened_and_confirmed_count_once_each():
    delivery, user = DeliveryFactory(next_step_on="2026-12-24"), UserFactory(official=True)
    for _time in range(2):
        reading.open_report(delivery, by=None)
    assert (delivery.state, str(delivery.next_step_on)) == (DeliveryState.OPENED, "2026-12-24")
    for by in (user, None):
        reading.acknowledge(delivery, by=by)
    assert (delivery.state, delivery.acknowledged_by, delivery.next_step_on) == (
        DeliveryState.ACKNOWLEDGED,
        user,
        None,
    )
    assert [(verb, by) for verb, by, _details in written(delivery)] == [
        ("delivery.open", None),
        ("delivery.acknowledge", user.pk),
    ]


def test_what_is_further_already_stays_where_it_is():
    delivery = DeliveryFactory(state=DeliveryState.ASKED, request_id=1)
    reading.open_report(delivery, by=None)
    reading.acknowledge(delivery, by=None)
    assert delivery.state == DeliveryState.ASKED
    assert delivery.opened_at
    assert delivery.acknowledged_at


def test_somebody_who_failed_to_get_it_may_still_find_it():
    delivery = DeliveryFactory(state=DeliveryState.FAILED)
    reading.acknowledge(delivery, by=None)
    assert delivery.state == DeliveryState.ACKNOWLEDGED
