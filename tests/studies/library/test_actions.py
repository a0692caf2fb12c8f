"""Tests of keeping the library: what is found, what the history keeps, who may."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.permissions import Role
from core import search
from core.audit.words import history
from core.states import Conflict, Refused
from studies.library import actions, loading
from studies.models import Document
from tests.factories.accounts import UserFactory
from tests.factories.studies import DocumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return UserFactory(role=Role.EDITOR)


def a_file(name="metodika.txt", text="Co dělat při dluhu"):
    return SimpleUploadedFile(name, text.encode())


def found(words):
    return [hit.object_id for hit in search.find(words, scope=search.PUBLIC, kinds=["library"]).hits]


def test_a_document_is_added_with_its_copy_and_found(editor):
    words = {"title_cs": "Metodika oddlužení", "in_library": True}
    row = actions.add(words=words, uploads=[a_file()], by=editor)
    assert (row.slug, row.attachment.name, row.attachment.stored_by) == (
        "metodika-oddluzeni", "metodika.txt", editor,
    )  # fmt: skip
    assert found("oddlužení") == [row.pk]


def test_a_new_file_takes_the_place_of_the_one_before_which_the_history_keeps(editor):
    row = DocumentFactory(kept=True)
    before = row.attachment
    assert actions.change(row, words={}, uploads=[a_file(text="Nové")], version=1, by=editor)
    assert row.attachment_id != before.pk
    [change] = history(row)
    actions.put_back(row, entry=change.entry, version=2, by=editor)
    assert row.attachment_id == before.pk


def test_a_file_that_cannot_be_taken_leaves_all_as_it_was(editor):
    row = DocumentFactory()
    with pytest.raises(ValidationError):
        actions.change(row, words={"note_cs": "A"}, uploads=[a_file("a.exe", "MZ")], version=1, by=editor)
    row.refresh_from_db()
    assert (row.note_cs or "", row.attachment) == ("", None)


def test_what_was_changed_here_is_left_alone_by_a_later_loading(editor):
    loading.load()
    row = Document.objects.get(title_cs="Analýza FAWOS")
    actions.change(row, words={"year": 2018}, version=row.version, by=editor)
    assert loading.load().updated == 0
    row.refresh_from_db()
    assert row.year == 2018


def test_what_is_put_away_is_not_found_until_it_is_taken_up(editor):
    row = DocumentFactory()
    actions.find_anew(row)
    actions.set_in_use(row, in_use=False, version=1, by=editor)
    assert found(row.title_cs) == []
    actions.set_in_use(row, in_use=True, version=2, by=editor)
    assert found(row.title_cs) == [row.pk]


def test_of_two_people_the_second_is_told_and_others_may_not(editor):
    row = DocumentFactory()
    actions.change(Document.objects.get(), words={"note_cs": "A"}, version=1, by=editor)
    with pytest.raises(Conflict):
        actions.change(row, words={"note_cs": "B"}, version=1, by=editor)
    other = UserFactory(role=Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="knihovnu nevede"):
        actions.add(words={"title_cs": "A", "in_library": True}, by=other)
