from datetime import UTC, datetime

import pytest
import time_machine

from tests.verbs import written
from tests.visits.deliveries.parts import edition_of, invited, publish, told
from visits.choices import DeliveryState
from visits.deliveries import tasks
from visits.deliveries.actions import reading
from visits.models import Delivery, ReportEdition

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
