"""Finds that stay in an edition, each with a reason."""

import pytest
from django.utils import translation

from core.audit import entries_of
from core.detector import justifications
from core.detector.finds import Find, Kind
from core.documents import actions
from core.states import Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory

pytestmark = pytest.mark.django_db

PERSON = Find(Kind.PERSON, "Horáčková", "answer_cs", "Paní Horáčková uvedla.", "Paní Horáčková uvedla.")
PHONE = Find(Kind.PHONE, "777 123 456", "answer_cs", "Volejte 777 123 456.", "Volejte 777 123 456.")
FINDS = [PERSON, PHONE]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_a_find_is_kept_by_a_writer_who_has_a_part_in_the_text_then():
    edition, editor = SummaryEditionFactory(), UserFactory(editor=True)
    justifications.justify(edition, FINDS, key=PHONE.key, reason=" Veřejná linka. ", by=editor)
    row = justifications.justified(edition)[PHONE.key]
    assert (row.found, row.reason, row.justified_by) == ("777 123 456", "Veřejná linka.", editor)
    assert editor in edition.writers.all()
    assert [entry.verb for entry in entries_of(edition)] == ["summary.justify"]
    assert justifications.reasons_against(edition, FINDS) == [str(PERSON)]


def test_a_find_needs_a_reason_a_strangers_name_a_click_only():
    assert justifications.reasons_against_keeping(PHONE, " ") == ["Write why it may stay."]
    assert justifications.reasons_against_keeping(PERSON, " ") == []
    assert justifications.reasons_against_keeping(None, "Veřejná linka") == ["This is no longer in the text."]


def test_in_a_published_text_nothing_is_justified():
    edition = SummaryEditionFactory(published=True)
    with pytest.raises(Refused):
        actions.justify(edition, key=PHONE.key, reason="Veřejná linka.", by=UserFactory())


def test_every_find_in_a_reason_is_kept_or_refused():
    edition, editor = SummaryEditionFactory(published=True), UserFactory(editor=True)
    with pytest.raises(Refused) as refusal:
        justifications.keep_in_reason(edition, FINDS, kept={PERSON.key: ""}, by=editor)
    assert refusal.value.reasons == ["The text holds “777 123 456” (phone number)."]
    assert justifications.justified(edition) == {}
    justifications.keep_in_reason(edition, FINDS, kept={PERSON.key: "", PHONE.key: "Linka"}, by=editor)
    assert set(justifications.justified(edition)) == {PERSON.key, PHONE.key}
