"""Prepared answers: written, changed, offered no more and again; by whom, and with which places."""

from typing import Any

import pytest

from consultations.models import PreparedAnswer
from consultations.prepared.actions import edit_prepared, offer_prepared, write_prepared
from core import search
from core.states import Conflict
from tests.factories.accounts import UserFactory
from tests.factories.prepared import PreparedAnswerFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

ROLE = "Your role does not write prepared answers."


def places(name: str) -> str:
    """Return what is said of a place that nobody knows how to fill."""
    known = "{salutation}, {reference}, {link}, {topic}, {municipality}, {due}, {consultant}"
    return f"Nothing is known that could be put in place of {{{name}}}. Use {known}."


def found(words: str) -> list[str]:
    return [hit.title for hit in search.find(words, scope=search.DESK).hits]


@pytest.mark.parametrize("role", ["consultant", "editor", "coordinator"])
def test_who_writes_for_the_public_writes_one_and_the_desk_finds_it(role: str) -> None:
    by = UserFactory(role=role)
    row = write_prepared(title="Kalendář", text_cs="{salutation}, ano.", text_en="Instalments.", by=by)
    row.refresh_from_db()
    assert (row.title, row.text_cs, row.written_by, row.is_active) == (
        "Kalendář",
        "{salutation}, ano.",
        by,
        True,
    )
    assert found("kalendář") == found("instalments") == ["Kalendář"]
    assert search.find("kalendář", scope=search.PUBLIC).hits == []
    assert written(row) == [("prepared.write", by.pk, {})]


def test_a_change_is_found_anew_and_says_whose_it_is() -> None:
    row, by = PreparedAnswerFactory(title="Kalendář"), UserFactory(editor=True)
    edit_prepared(row, version=1, by=by, title="Splátky", text_cs="Ano.")
    row.refresh_from_db()
    assert (row.title, row.text_cs, row.written_by, row.version) == ("Splátky", "Ano.", by, 2)
    assert (found("kalendář"), found("splátky")) == ([], ["Splátky"])
    assert written(row)[-1] == ("prepared.edit", by.pk, {})


@pytest.mark.parametrize(
    ("role", "texts", "words"),
    [
        ("official", {"text_cs": "Ano."}, [ROLE]),
        ("consultant", {"text_cs": "{kdo}, {link}"}, [places("kdo")]),
        ("consultant", {"text_cs": "{kdo}", "text_en": "{who}"}, [places("kdo"), places("who")]),
        ("official", {"text_cs": "{kdo}"}, [ROLE, places("kdo")]),
    ],
)
def test_it_is_refused(role: str, texts: dict[str, Any], words: list[str]) -> None:
    by = UserFactory(role=role)
    assert refusal(write_prepared, title="Titul", **texts, by=by) == words
    assert not PreparedAnswer.objects.exists()
    row = PreparedAnswerFactory(text_cs="Dosavadní.")
    assert refusal(edit_prepared, row, version=1, title="Titul", **texts, by=by) == words
    row.refresh_from_db()
    assert (row.text_cs, row.version, found("Titul")) == ("Dosavadní.", 1, [])


@pytest.mark.parametrize("is_read_before", [True, False])
def test_of_two_who_change_it_at_once_one_is_told(is_read_before: bool) -> None:
    row, by = PreparedAnswerFactory(), UserFactory()
    theirs = PreparedAnswer.objects.get()
    edit_prepared(row, version=1, by=by, title="První", text_cs="První.")
    if not is_read_before:
        theirs = PreparedAnswer.objects.get()
    with pytest.raises(Conflict) as conflict:
        edit_prepared(theirs, version=1, by=by, title="Druhá", text_cs="Druhá.")
    assert conflict.value.current == PreparedAnswer.objects.get() == row
    assert (PreparedAnswer.objects.get().title, found("Druhá")) == ("První", [])


def test_what_a_colleague_has_changed_meanwhile_is_not_retired() -> None:
    row, by = PreparedAnswerFactory(), UserFactory()
    theirs = PreparedAnswer.objects.get()
    edit_prepared(row, version=1, by=by, title="První", text_cs="První.")
    with pytest.raises(Conflict):
        offer_prepared(theirs, is_active=False, by=by)
    assert PreparedAnswer.objects.in_use().get() == row


def test_it_is_offered_no_more_and_again() -> None:
    row, by = PreparedAnswerFactory(), UserFactory()
    offer_prepared(row, is_active=False, by=by)
    assert not PreparedAnswer.objects.in_use().exists()
    offer_prepared(row, is_active=True, by=by)
    assert PreparedAnswer.objects.in_use().get() == row
    assert written(row)[1:] == [("prepared.retire", by.pk, {}), ("prepared.take_up", by.pk, {})]
    assert refusal(offer_prepared, row, is_active=False, by=UserFactory(role="official")) == [ROLE]
    assert PreparedAnswer.objects.get().is_active
