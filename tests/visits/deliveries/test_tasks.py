from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories.deliveries import SubscriptionFactory
from tests.factories.municipalities import MembershipFactory
from tests.verbs import written
from tests.visits.deliveries.parts import edition_of, invited, official_of, publish, told
from visits.choices import DeliveryState
from visits.deliveries import tasks
from visits.deliveries.actions import reading
from visits.models import Attendee, Delivery, ReportEdition, VisitInvitation

pytestmark = pytest.mark.django_db


def on(day, month=12):
    return time_machine.travel(datetime(2026, month, day, 9, tzinfo=UTC), tick=False)


@pytest.fixture
def delivery():
    with on(1):
        edition = edition_of()
        invited(edition, "a@example.org")
        publish(edition)
    return Delivery.objects.get()


def run_on(*days):
    for day in days:
        with on(day):
            tasks.look_after_deliveries.func()


def test_two_reminders_with_the_same_link_then_somebody_phones(delivery):
    run_on(7, 8, 8, 15, 22, 28)
    assert [kind for _to, kind in told()] == ["visits/report"] + ["visits/report_reminder"] * 2
    run_on(29)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_step_on) == (DeliveryState.BY_PHONE, None)
    assert [verb for verb, _by, _details in written(delivery)] == [
        *["delivery.remind"] * 2,
        "delivery.to_phone",
    ]


def test_nobody_is_reminded_who_has_confirmed(delivery):
    reading.acknowledge(delivery, by=None)
    run_on(8, 22, 29)
    assert len(told()) == 1


def test_who_has_opened_it_is_reminded_and_not_called(delivery):
    with on(2):
        reading.open_report(delivery, by=None)
    run_on(8, 22, 29, 30)
    delivery.refresh_from_db()
    assert (len(told()), delivery.state, delivery.next_step_on) == (3, DeliveryState.OPENED, None)


def test_after_weeks_of_standing_still_there_is_a_reminder_before_the_call(delivery):
    run_on(30)
    delivery.refresh_from_db()
    assert (len(told()), delivery.state, delivery.next_step_on.isoformat()) == (2, "queued", "2027-01-06")


def test_what_is_to_be_queued_is_found_again():
    assert tasks.next_at() is None
    edition = edition_of()
    from visits.deliveries.actions.publishing import deliver

    deliver(edition)
    assert tasks.next_at()
    tasks.queue_reports.func()
    assert tasks.next_at() is None


def test_of_a_report_that_was_withdrawn_nobody_is_reminded():
    edition = edition_of()
    invited(edition, "a@example.org")
    publish(edition)
    assert tasks.reminded().count() == 1
    ReportEdition.objects.update(state="withdrawn")
    assert not tasks.reminded().exists()


def test_a_reminder_goes_to_whoever_speaks_for_the_municipality_now(delivery):
    Delivery.objects.update(email="leaver@example.org")
    new = official_of(VisitInvitation.objects.get(), email="new@example.org")
    MembershipFactory(
        municipality=delivery.municipality, user__email="ended@example.org", ends_on="2026-12-02"
    )
    before = delivery.link_token
    run_on(8)
    delivery.refresh_from_db()
    assert told()[-1] == (new.email, "visits/report_reminder")
    assert delivery.link_token != before

    # Where the desk has written down why it goes elsewhere, it does.
    Delivery.objects.update(email="desk@example.org", note="Řekla to tajemnice.")
    run_on(22)
    assert told()[-1] == ("desk@example.org", "visits/report_reminder")


def test_who_is_invited_or_found_absent_afterwards_gets_it_too():
    edition = edition_of()
    SubscriptionFactory(email="f@example.org")
    there = invited(edition, "b@example.org", was_there=True)
    publish(edition)
    assert tasks.next_look()
    SubscriptionFactory(email="later@example.org")
    Attendee.objects.filter(invitation=there).update(was_there=False)
    invited(edition, "c@example.org")

    tasks.queue_late_reports.func()
    tasks.queue_late_reports.func()

    assert [to for to, _kind in told()] == ["f@example.org", "b@example.org", "c@example.org"]
