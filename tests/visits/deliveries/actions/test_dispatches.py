"""Each whom a report is for gets it once, wherever the queueing was interrupted."""

import pytest

from core.outbox import dead_addresses
from core.outbox.models import OutgoingMail
from core.states import Conflict
from tests.factories.accounts import UserFactory
from tests.factories.deliveries import SubscriptionFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.visits import ThemeFactory
from tests.visits.deliveries.parts import (
    FAILED,
    QUEUED,
    edition_of,
    invited,
    next_edition,
    official_of,
    publish,
    states,
    told,
)
from visits.choices import Readers
from visits.deliveries import emails
from visits.deliveries.actions import dispatches
from visits.deliveries.actions.publishing import deliver
from visits.deliveries.actions.reading import acknowledge
from visits.deliveries.queries import history_of
from visits.deliveries.tasks import queue_late_reports, queue_reports
from visits.models import Delivery, Dispatch, ReportEdition, Subscription

pytestmark = pytest.mark.django_db


def test_each_absent_municipality_gets_one_delivery_whatever_number_of_officials():
    edition = edition_of()
    there, absent = invited(edition, "a@example.org", was_there=True), invited(edition, "b@example.org")
    for _one in range(3):
        official_of(absent)
    official_of(there)
    invited(edition_of(), "c@example.org")
    publish(edition)
    assert list(states()) == [absent.municipality.name]
    assert len(told()) == 1


def test_whoever_speaks_for_it_longest_comes_first_then_the_office():
    edition = edition_of()
    spoken, office = invited(edition, "podatelna@example.org"), invited(edition, "urad@example.org")
    MembershipFactory(
        municipality=spoken.municipality, starts_on="2026-02-01", user=UserFactory(email="second@example.org")
    )
    first = UserFactory(email="first@example.org", language="en")
    MembershipFactory(municipality=spoken.municipality, starts_on="2026-01-01", user=first)
    publish(edition)
    assert [to for to, _kind in told()] == ["first@example.org", "urad@example.org"]
    assert list(OutgoingMail.objects.order_by("pk").values_list("language", flat=True)) == ["en", "cs"]
    assert office.municipality.deliveries.get().language == "cs"


def test_an_address_that_mail_came_back_from_is_passed_over():
    edition = edition_of()
    two, one, none = invited(edition, "urad@example.org"), invited(edition, "b@example.org"), invited(edition)
    dead_addresses.mark(official_of(two).email, "5.1.1")
    dead_addresses.mark("b@example.org", "5.1.1")
    publish(edition)
    assert told() == [("urad@example.org", "visits/report")]
    assert states() == {
        two.municipality.name: QUEUED,
        one.municipality.name: FAILED,
        none.municipality.name: FAILED,
    }
    assert none.municipality.deliveries.get().email == ""


def test_who_follows_a_theme_of_the_visit_or_all_of_them_gets_it_once():
    theme, other = ThemeFactory(), ThemeFactory()
    edition = edition_of()
    edition.document.visit.themes.add(theme)
    SubscriptionFactory(email="both@example.org", theme=theme)
    SubscriptionFactory(email="Both@example.org", theme=None)
    SubscriptionFactory(email="all@example.org", theme=None)
    SubscriptionFactory(email="other@example.org", theme=other)
    SubscriptionFactory(email="unconfirmed@example.org", theme=theme, confirmed_at=None)
    publish(edition)
    assert [to for to, _kind in told()] == ["both@example.org", "all@example.org"]
    row = Delivery.objects.get(email="all@example.org")
    assert (row.municipality, row.next_step_on, row.state) == (None, None, QUEUED)


def test_a_municipality_that_follows_and_was_invited_gets_one():
    edition = edition_of()
    absent, follows = invited(edition, "a@example.org"), MunicipalityFactory(office_email="f@example.org")
    by = official_of(absent)
    left = UserFactory(official=True)
    SubscriptionFactory(municipality=absent.municipality, asked_by=by, email=by.email)
    SubscriptionFactory(municipality=follows, asked_by=left, email=left.email)
    publish(edition)
    # Whoever has left gets nothing in the name of the municipality.
    assert [to for to, _kind in told()] == [by.email, "f@example.org"]
    assert set(states()) == {absent.municipality.name, follows.name}


def test_whose_municipality_is_only_what_they_say_is_an_address():
    edition, place = edition_of(), MunicipalityFactory()
    SubscriptionFactory(municipality=place, email="kdokoli@example.org")
    publish(edition)
    assert not place.deliveries.exists()
    assert states() == {"kdokoli@example.org": QUEUED}


def test_what_ends_anywhere_goes_on_and_nothing_is_lost_or_doubled(monkeypatch):
    monkeypatch.setattr(dispatches, "BATCH", 2)
    edition = edition_of()
    for number in range(5):
        invited(edition, f"obec-{number}@example.org")
        SubscriptionFactory(email=f"odber-{number}@example.org")
    deliver(edition)
    write, calls = dispatches._write, []

    def killed(*args):
        calls.append(args)
        count = write(*args)
        if len(calls) % 2 == 0:
            raise SystemExit("killed")
        return count

    monkeypatch.setattr(dispatches, "_write", killed)
    for _run in range(20):
        dispatch = Dispatch.objects.select_related("edition__document__visit").get()
        if dispatch.done_at:
            break
        try:
            dispatches.queue_batch(dispatch)
        except SystemExit:
            assert Delivery.objects.count() == OutgoingMail.objects.count()
    assert dispatch.done_at
    addresses = [to for to, _kind in told()]
    assert len(addresses) == len(set(addresses)) == Delivery.objects.count() == 10


def test_of_two_workers_one_takes_the_batch():
    invited(edition := edition_of(), "a@example.org")
    deliver(edition)
    first, second = Dispatch.objects.get(), Dispatch.objects.get()
    assert dispatches.queue_batch(first)
    with pytest.raises(Conflict):
        dispatches.queue_batch(second)
    assert Delivery.objects.count() == 1


class TestNewEdition:
    def test_everybody_gets_it_with_what_has_changed_and_the_old_one_waits_no_more(self):
        edition = edition_of()
        absent = invited(edition, "a@example.org")
        publish(edition)
        old = absent.municipality.deliveries.get()
        assert old.next_step_on
        publish(next_edition(edition))
        old.refresh_from_db()
        assert old.next_step_on is None
        newest = emails.write(OutgoingMail.objects.latest("pk"))
        assert newest.subject.startswith("Nové vydání")
        assert "Doplněna čísla." in newest.text
        assert absent.municipality.deliveries.count() == 2

    def test_those_who_read_an_earlier_one_or_nobody(self):
        edition = edition_of()
        read, _unread = invited(edition, "a@example.org"), invited(edition, "b@example.org")
        for email in ("c@example.org", "d@example.org"):
            SubscriptionFactory(email=email)
        publish(edition)
        for delivery in (read.municipality.deliveries.get(), Delivery.objects.get(email="c@example.org")):
            acknowledge(delivery, by=None)
        second = next_edition(edition, readers=Readers.READ)
        publish(second)
        assert {row.email for row in second.deliveries.all()} == {"a@example.org", "c@example.org"}
        publish(next_edition(second, readers=Readers.NOBODY))
        assert Delivery.objects.count() == 6


def test_whoever_ended_it_meanwhile_gets_no_more():
    edition, row = edition_of(), SubscriptionFactory()
    Subscription.objects.filter(pk=row.pk).update(ended_at="2026-01-01 00:00Z")
    publish(edition)
    assert not Delivery.objects.exists()


def test_of_a_report_that_was_withdrawn_nothing_goes_out():
    edition = edition_of()
    invited(edition, "a@example.org")
    deliver(edition)
    ReportEdition.objects.update(state="withdrawn")
    queue_reports.func()
    assert states() == {}
    assert told() == []
    assert Dispatch.objects.get().done_at


def test_what_was_mended_by_a_minor_change_goes_out_in_its_new_words():
    edition = edition_of(summary_cs="Paní Nováková platí 420 eur.")
    place = invited(edition, "a@example.org")
    deliver(edition)
    next_edition(edition, summary_cs="Nájemnice platí 420 eur.", is_minor=True)
    queue_reports.func()
    assert states() == {place.municipality.name: QUEUED}
    message = emails.write(OutgoingMail.objects.get())
    assert "Nájemnice platí" in message.text
    assert "Nováková" not in message.text


def test_an_edition_whose_successor_is_on_its_way_goes_out_no_more():
    edition = edition_of()
    invited(edition, "a@example.org")
    deliver(edition)
    deliver(next_edition(edition))
    queue_reports.func()
    assert [row.edition.number for row in Delivery.objects.select_related("edition")] == [2]


def test_an_official_who_follows_the_theme_too_gets_one_mail():
    edition = edition_of()
    official = official_of(invited(edition), email="a@example.org")
    SubscriptionFactory(email="A@example.org")
    place = MunicipalityFactory()
    MembershipFactory(municipality=place, user__email="b@example.org", user__official=True)
    SubscriptionFactory(email="b@example.org")
    SubscriptionFactory(municipality=place, asked_by=official, email=official.email)
    publish(edition)
    assert sorted(to for to, _kind in told()) == ["a@example.org", "b@example.org"]


def test_who_follows_before_their_municipality_does_gets_one_mail(monkeypatch):
    monkeypatch.setattr(dispatches, "BATCH", 1)
    edition, place = edition_of(), MunicipalityFactory()
    official = UserFactory(email="a@example.org", official=True)
    MembershipFactory(municipality=place, user=official)
    SubscriptionFactory(email="A@example.org")
    SubscriptionFactory(email="b@example.org")
    SubscriptionFactory(municipality=place, asked_by=official, email=official.email)
    publish(edition)
    assert [to for to, _kind in told()] == ["a@example.org", "b@example.org"]
    assert states() == {place.name: QUEUED, "b@example.org": QUEUED}


@pytest.mark.parametrize("readers", [Readers.READ, Readers.NOBODY])
def test_a_municipality_invited_late_gets_the_newest_edition_as_its_first(readers):
    edition = edition_of()
    unread = invited(edition, "a@example.org")
    publish(edition)
    second = next_edition(edition, readers=readers)
    publish(second)
    late = invited(edition, "b@example.org")
    for _again in range(2):
        queue_late_reports.func()
    assert [row.edition for row in late.municipality.deliveries.all()] == [second]
    assert unread.municipality.deliveries.count() == 1
    assert not emails.write(OutgoingMail.objects.latest("pk")).subject.startswith("Nové vydání")


def test_what_cannot_arrive_says_so_in_its_history():
    edition = edition_of()
    invited(edition)
    publish(edition)
    words = [event.words for event in history_of(Delivery.objects.get())]
    assert "nedoručeno" in " ".join(words)
