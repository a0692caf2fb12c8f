"""Mail of a report is written as it leaves, and not sent where that would be wrong by then."""

import pytest

from core.outbox.models import OutgoingMail, Stopped
from tests.factories.deliveries import SubscriptionFactory
from tests.outbox import deliver
from tests.visits.deliveries.parts import edition_of, invited, publish
from visits.deliveries.emails import reason_to_stop
from visits.models import Delivery, ReportEdition, Subscription

pytestmark = pytest.mark.django_db


def test_mail_that_waits_is_stopped_when_its_report_was_withdrawn():
    edition = edition_of()
    invited(edition, "a@example.org")
    publish(edition)
    message = OutgoingMail.objects.get()
    assert reason_to_stop(message) == ""
    ReportEdition.objects.update(state="withdrawn")
    assert reason_to_stop(message) == Stopped.NOT_PUBLIC


def test_the_subject_is_the_title_once():
    edition = edition_of(title_cs="Zpráva z cesty do Finska")
    invited(edition, "a@example.org")
    publish(edition)
    assert OutgoingMail.objects.get().subject.strip() == "Zpráva z cesty do Finska"


def test_it_is_written_as_it_leaves_and_kept_as_it_left(mailoutbox):
    edition = edition_of(summary_cs="Nájemnice platí 420 eur.")
    place = invited(edition, "a@example.org").municipality
    SubscriptionFactory(email="b@example.org", language="en")
    publish(edition)
    assert set(OutgoingMail.objects.values_list("text", flat=True)) == {""}
    deliver()
    to_place, to_address = mailoutbox
    links = [row.get_link() for row in Delivery.objects.order_by("pk")]
    assert place.name in to_place.body
    assert links[0] in to_place.body
    assert "Nájemnice platí 420 eur." in to_place.body
    assert "List-Unsubscribe" not in to_place.extra_headers
    assert links[1].removeprefix("/cs") in to_address.body
    assert Subscription.objects.get().link_token in to_address.extra_headers["List-Unsubscribe"]
    assert [row.text for row in OutgoingMail.objects.order_by("pk")] == [to_place.body, to_address.body]


def test_a_link_that_is_new_never_comes_to_the_address_before_it():
    invited(edition := edition_of(), "a@example.org")
    publish(edition)
    Delivery.objects.update(email="b@example.org")
    assert reason_to_stop(OutgoingMail.objects.get()) == Stopped.ELSEWHERE


@pytest.mark.parametrize(
    "end", [lambda rows: rows.update(ended_at="2026-01-01 00:00Z"), lambda rows: rows.delete()]
)
def test_who_wants_no_more_reports_gets_not_even_the_one_that_waits(end):
    SubscriptionFactory()
    publish(edition_of())
    end(Subscription.objects.all())
    assert reason_to_stop(OutgoingMail.objects.get()) == Stopped.NOT_WANTED
