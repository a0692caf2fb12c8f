"""How a text becomes public, shown on summaries."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from consultations.models import SummaryEdition
from core import search
from core.audit import entries_of
from core.documents import actions
from core.documents.choices import State
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory, SummaryFactory
from tests.factories.reports import ReportEditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    """Reasons are read in English here."""
    with translation.override("en"):
        yield


def test_a_text_goes_its_way():
    edition, editor = SummaryEditionFactory(), UserFactory(editor=True)
    actions.submit(edition, version=edition.version, by=edition.author)
    actions.publish(edition, version=edition.version, by=editor)
    assert (edition.state, edition.published_by) == (State.PUBLISHED, editor)
    assert search.find("sociální byt", scope="public").count == 1
    actions.withdraw(edition, version=edition.version, reason="Zákon se změnil.", by=editor)
    edition.refresh_from_db()
    assert (edition.state, edition.withdrawal_reason) == (State.WITHDRAWN, "Zákon se změnil.")
    assert search.find("sociální byt", scope="public").count == 0
    assert list(entries_of(edition).values_list("verb", flat=True)) == [
        "edition.submit",
        "edition.publish",
        "edition.withdraw",
    ]


def test_nobody_publishes_what_they_wrote_saved_or_sent():
    edition = SummaryEditionFactory()
    writer, sender = UserFactory(editor=True), UserFactory(editor=True)
    actions.save_draft(edition, words={}, version=edition.version, by=writer)
    actions.submit(edition, version=edition.version, by=sender)
    for person in (edition.author, writer, sender):
        assert actions.reasons_against_publishing(edition, by=person) == [
            "Nobody may publish their own text. Ask a colleague."
        ]
    assert actions.reasons_against_publishing(edition, by=UserFactory(editor=True)) == []


def test_the_database_itself_wants_two_people():
    edition = SummaryEditionFactory(published=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        SummaryEdition.objects.filter(pk=edition.pk).update(published_by=edition.author)


def test_the_next_edition_takes_the_place_of_the_one_before():
    before = SummaryEditionFactory(published=True)
    after = SummaryEditionFactory(
        document=before.document, number=2, in_review=True, change_note_cs="Nová výše."
    )
    actions.publish(after, version=after.version, by=UserFactory(editor=True))
    before.refresh_from_db()
    assert before.state == State.SUPERSEDED
    assert list(SummaryEdition.objects.published()) == [after]


def test_the_next_edition_says_what_has_changed():
    before = SummaryEditionFactory(published=True)
    after = SummaryEditionFactory(document=before.document, number=2)
    with pytest.raises(Refused) as refusal:
        actions.submit(after, version=after.version, by=after.author)
    assert refusal.value.reasons == ["Write what has changed since the last edition."]


def test_there_is_one_open_edition():
    before = SummaryEditionFactory(published=True)
    assert actions.reasons_against_new_edition(before.document) == []
    SummaryEditionFactory(document=before.document, number=2)
    assert actions.reasons_against_new_edition(before.document) == [
        "There is already a draft of the next edition."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        SummaryEditionFactory(document=before.document, number=3)


def test_what_was_never_published_gets_no_new_edition():
    assert actions.reasons_against_new_edition(SummaryFactory()) == [
        "Only a text that has been published can get a new edition."
    ]


def test_a_text_is_sent_back_with_a_remark():
    edition, editor = SummaryEditionFactory(in_review=True), UserFactory(editor=True)
    with pytest.raises(Refused):
        actions.send_back(edition, version=edition.version, remark="  ", by=editor)
    actions.send_back(edition, version=edition.version, remark="Doplňte zdroj.", by=editor)
    edition.refresh_from_db()
    assert (edition.state, edition.returned_remark, edition.returned_by) == (
        State.DRAFT,
        "Doplňte zdroj.",
        editor,
    )
    assert edition.submitted_by is None


def test_only_a_draft_is_saved():
    for trait in ("in_review", "published"):
        edition = SummaryEditionFactory(**{trait: True})
        with pytest.raises(Refused):
            actions.save_draft(edition, words={}, version=edition.version, by=edition.author)


def test_of_two_who_save_the_second_is_told():
    edition = SummaryEditionFactory()
    same = SummaryEdition.objects.get(pk=edition.pk)
    actions.save_draft(edition, words={"question_cs": "První?"}, version=1, by=UserFactory())
    with pytest.raises(Conflict) as conflict:
        actions.save_draft(same, words={"question_cs": "Druhá?"}, version=1, by=UserFactory())
    assert conflict.value.current.question_cs == "První?"
    assert SummaryEdition.objects.get(pk=edition.pk).question_cs == "První?"


def test_a_withdrawal_has_a_reason():
    edition = SummaryEditionFactory(published=True)
    with pytest.raises(Refused) as refusal:
        actions.withdraw(edition, version=edition.version, reason=" ", by=UserFactory(editor=True))
    assert refusal.value.reasons == ["Write why it is withdrawn; the public will read it."]


def test_an_address_shows_the_newest_that_was_public():
    edition = SummaryEditionFactory(published=True)
    actions.withdraw(edition, version=edition.version, reason="Chyba", by=UserFactory(editor=True))
    SummaryEditionFactory(document=edition.document, number=2)
    assert [row.number for row in SummaryEdition.objects.at_address()] == [1]


def test_what_is_found_shows_its_lead_as_it_is_read():
    ReportEditionFactory(published=True, summary_en="The house **belongs** to the city.").index()
    with translation.override("en"):
        [hit] = search.find("belongs", scope="public").hits
        assert hit.lead == "The house belongs to the city."
