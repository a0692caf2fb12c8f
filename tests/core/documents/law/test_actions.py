"""A provision changes: what is to be checked, who is told, what readers see, how it is settled."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Absence
from core.documents import actions as documents
from core.documents.choices import State
from core.documents.law import actions
from core.documents.law.choices import Settled
from core.documents.law.citations import provision_of
from core.documents.law.models import Recheck
from core.notices.models import Notice
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory
from tests.factories.law import CITATION, WORDING, cite, marked

pytestmark = pytest.mark.django_db

IN_FORCE = date(2027, 1, 1)


@pytest.fixture
def keeper():
    return UserFactory(editor=True)


def resting(citation=CITATION, day=WORDING, **fields):
    """Return a published text that rests on a provision."""
    edition = SummaryEditionFactory(published=True, **fields)
    cite(edition, citation, day)
    return edition


def in_next_edition(edition, *cited, is_minor=False):
    """Publish the next edition of a text, which rests on something else."""
    writer, editor = UserFactory(), UserFactory(editor=True)
    new = documents.new_edition(edition.document, by=writer)
    words = {"provisions": list(cited), "change_note_cs": "Nové znění.", "is_minor": is_minor}
    documents.save_draft(new, words=words, version=new.version, by=writer)
    documents.submit(new, version=new.version, by=writer)
    documents.publish(new, version=new.version, by=editor)
    return editor


def states():
    return list(Recheck.objects.order_by("pk").values_list("settled", flat=True))


# Marking ------------------------------------------------------------------------


def test_every_text_that_rests_on_it_is_to_be_checked(keeper):
    finer, other = resting(), resting("§ 34 zákona č. 108/2006 Sb.")
    whole = resting("§ 33 zákona č. 108/2006 Sb.")
    marked("§ 33 zákona č. 108/2006 Sb.", by=keeper, in_force_on=IN_FORCE)
    found = set(Recheck.objects.values_list("kind", "document_id", "title"))
    assert found == {("summary", row.document_id, row.question_cs) for row in (finer, whole)}
    assert other.document_id not in {number for _kind, number, _title in found}


def test_a_change_of_the_act_concerns_all_of_it(keeper):
    resting()
    resting("§ 1 zákona č. 111/2006 Sb.")
    marked("zákon č. 108/2006 Sb.", by=keeper, in_force_on=IN_FORCE)
    assert len(states()) == 1


def test_drafts_and_what_has_the_new_wording_already_are_left_out(keeper):
    cite(SummaryEditionFactory())
    resting(day=IN_FORCE)
    marked(by=keeper, in_force_on=IN_FORCE)
    assert states() == []


def test_owner_and_deputy_are_told_once_and_who_stands_in_for_them(keeper):
    owner, deputy, stand_in = UserFactory.create_batch(3)
    today = timezone.localdate()
    Absence.objects.create(user=owner, deputy=stand_in, since=today, until=today, written_by=owner)
    resting(document__owner=owner, document__deputy=deputy)
    resting(document__owner=owner)
    marked(by=keeper, in_force_on=IN_FORCE)
    told = Notice.objects.filter(kind="law/changed").values_list("receiver", flat=True)
    assert sorted(told) == sorted([owner.pk, deputy.pk, stand_in.pk])


@pytest.mark.parametrize("number", [1, 12])
def test_it_costs_the_same_for_one_text_and_for_many(keeper, number):
    for _row in range(number):
        resting(document__owner=UserFactory())
    provision = provision_of(CITATION)
    with CaptureQueriesContext(connection) as queries:
        actions.mark_change(provision, changed_by="x", what="", in_force_on=IN_FORCE, by=keeper)
    assert len(queries) == 19, [query["sql"] for query in queries]
    assert len(states()) == number


def test_what_is_merged_is_not_marked(keeper):
    provision = provision_of(CITATION)
    provision.merged_into = provision_of("§ 34 zákona č. 108/2006 Sb.")
    provision.save()
    with pytest.raises(Refused):
        actions.mark_change(provision, changed_by="x", what="", in_force_on=IN_FORCE, by=keeper)


def test_a_mended_place_brings_in_what_it_forgot(keeper):
    resting("§ 33 zákona o sociálních službách")
    marked("§ 33 zákona č. 108/2006 Sb.", by=keeper, in_force_on=IN_FORCE)
    assert states() == []
    provision = provision_of("§ 33 zákona o sociálních službách")
    provision.act, provision.place = "108/2006 Sb.", "§ 33 odst. 9"
    provision.save()
    actions.catch_up(provision)
    actions.catch_up(provision)
    assert states() == [""]


# Settling -----------------------------------------------------------------------


def test_still_right_and_opened_again(keeper):
    resting()
    row = marked(by=keeper, in_force_on=IN_FORCE).rechecks.get()
    actions.settle(row, note="Mění se jen číslo.", version=1, by=keeper)
    assert (row.settled, row.settled_by, row.note) == (Settled.STILL_RIGHT, keeper, "Mění se jen číslo.")
    with pytest.raises(Refused):
        actions.settle(row, note="Ještě jednou.", version=2, by=keeper)
    actions.reopen(row, version=2, by=keeper)
    assert (row.settled, row.settled_at, row.note) == ("", None, "")
    with pytest.raises(Refused):
        actions.reopen(row, version=3, by=keeper)


def test_of_two_who_settle_the_second_is_told_who_was_quicker(keeper):
    resting()
    change = marked(by=keeper, in_force_on=IN_FORCE)
    mine, theirs = change.rechecks.get(), change.rechecks.get()
    actions.settle(theirs, note="Platí.", version=1, by=keeper)
    with pytest.raises(Conflict) as conflict:
        actions.settle(mine, note="Také platí.", version=1, by=UserFactory())
    assert conflict.value.current.settled_by == keeper


def test_the_last_settled_text_ends_what_was_told(keeper):
    owner = UserFactory()
    resting(document__owner=owner)
    resting(document__owner=owner)
    for row in list(marked(by=keeper, in_force_on=IN_FORCE).rechecks.all()):
        assert Notice.objects.get(kind="law/changed").read_at is None
        actions.settle(row, note="Platí.", version=1, by=owner)
    assert Notice.objects.get(kind="law/changed").read_at is not None


@pytest.mark.parametrize(
    ("cited", "is_minor", "settled"),
    [
        ([(CITATION, IN_FORCE)], False, Settled.NEW_EDITION),
        ([], False, Settled.NEW_EDITION),
        ([(CITATION, WORDING)], False, ""),
        ([(CITATION, IN_FORCE)], True, ""),
    ],
)
def test_a_new_edition_settles_what_it_has_dealt_with(keeper, cited, is_minor, settled):
    edition = resting()
    marked(by=keeper, in_force_on=IN_FORCE)
    editor = in_next_edition(edition, *cited, is_minor=is_minor)
    row = Recheck.objects.get()
    assert (row.settled, row.settled_by) == (settled, editor if settled else None)


def test_a_new_edition_brings_what_it_rests_on(keeper):
    edition = resting("§ 1 zákona č. 111/2006 Sb.")
    marked(by=keeper, in_force_on=IN_FORCE)
    in_next_edition(edition, (CITATION, WORDING))
    assert states() == [""]
    in_next_edition(edition)
    assert states() == [Settled.NEW_EDITION]
    in_next_edition(edition, (CITATION, WORDING))
    assert states() == [""]


def test_what_somebody_found_right_stays_so_in_the_next_edition(keeper):
    edition = resting()
    row = marked(by=keeper, in_force_on=IN_FORCE).rechecks.get()
    actions.settle(row, note="Platí.", version=1, by=keeper)
    in_next_edition(edition, (CITATION, WORDING))
    assert states() == [Settled.STILL_RIGHT]


def test_a_withdrawn_text_waits_no_more(keeper):
    edition = resting()
    marked(by=keeper, in_force_on=IN_FORCE)
    documents.withdraw(edition, reason="Zrušeno.", version=edition.version, by=keeper)
    row = Recheck.objects.get()
    assert row.settled == Settled.WITHDRAWN
    with pytest.raises(Refused):
        actions.reopen(row, version=row.version, by=keeper)
    assert edition.state == State.WITHDRAWN


# What readers see ---------------------------------------------------------------


def test_readers_see_it_at_once_and_no_more_once_it_is_settled(client, keeper):
    edition = resting()
    edition.document.slug = "kde-pozadat"
    edition.document.save()
    soon = timezone.localdate() + timedelta(days=30)
    page, listed = "/cs/summaries/kde-pozadat/", "/cs/summaries/"

    def said():
        return [client.get(address).content.decode() for address in (page, listed)]

    assert "k\u00a0ověření" not in said()[0].replace("k ověření", "k\u00a0ověření")
    row = marked(by=keeper, in_force_on=soon).rechecks.get()
    text, rows = said()
    assert "Zákon se mění" in text
    assert "zákonem č. 84/2025 Sb." in text
    assert CITATION in text
    assert "k ověření" in rows
    row.change.in_force_on = timezone.localdate()
    row.change.save()
    assert "Zákon se změnil" in said()[0]
    actions.settle(row, note="Platí.", version=1, by=keeper)
    text, rows = said()
    assert "Zákon se změnil" not in text
    assert "k ověření" not in rows
