"""Tests of the desk's pages on which the documents of the library are kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from core.audit.words import history
from studies.library import loading
from studies.library.forms import DocumentForm
from studies.models import Document
from tests.factories.studies import CategoryFactory, DocumentFactory
from tests.files import waiting_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def client(log_in):
    return log_in("editor")[0]


def sent(row, **typed):
    """Return what the form of a document sends, some of it typed over."""
    form = DocumentForm(document=row, initial=DocumentForm.initial_of(row))
    words = {name: form[name].value() for name in form.fields if name != "files"} | typed
    return {name: word for name, word in words.items() if word is not None}


def address(row):
    return reverse("desk-library-document", args=[row.pk])


def test_a_document_is_added_with_a_file_that_everybody_can_take(client):
    shelf = CategoryFactory()
    file = SimpleUploadedFile("metodika.txt", "Co dělat při dluhu".encode())
    typed = {"title_cs": "Metodika oddlužení", "in_library": "1", "category": shelf.pk, "files": file}
    client.post(reverse("desk-library-new"), typed)
    row = Document.objects.get()
    assert (row.category, row.is_own) == (shelf, None)
    page = client.get(row.get_absolute_url()).content.decode()
    assert reverse("library-file", args=[row.pk]) in page
    response = client.get(reverse("library-file", args=[row.pk]))
    assert b"".join(response.streaming_content).decode() == "Co dělat při dluhu"
    assert "metodika.txt" in response["Content-Disposition"]


def test_what_is_wrong_is_said_and_what_was_typed_and_chosen_stays(client):
    file = SimpleUploadedFile("metodika.txt", b"Text")
    response = client.post(reverse("desk-library-new"), {"note_cs": "Hledáme název.", "files": file})
    content = response.content.decode()
    assert response.status_code == 422
    assert "Write a title, in Czech or in English." in content
    assert "Hledáme název." in content
    assert len(waiting_in(response)) == 1
    bad = SimpleUploadedFile("metodika.pdf", b"MZ this is no PDF")
    assert client.post(reverse("desk-library-new"), {"title_cs": "A", "files": bad}).status_code == 422
    assert not Document.objects.exists()


def test_every_shipped_document_sent_as_it_is_changes_nothing(client):
    loading.load()
    for row in Document.objects.for_list():
        page = client.post(address(row), sent(row), follow=True).content.decode()
        assert "Nothing was changed." in page, row.slug
        assert history(row) == []


def test_a_change_stands_in_the_history_and_is_put_back(client):
    row = DocumentFactory()
    client.post(address(row), {**sent(row, year="2019"), "files": SimpleUploadedFile("a.txt", b"Text")})
    page = client.get(address(row)).content.decode()
    assert "<ins>2019</ins>" in page
    assert "<ins>a file</ins>" in page
    [change] = history(row)
    client.post(reverse("desk-library-put-back", args=[row.pk, change.entry.pk]), {"version": 2})
    row.refresh_from_db()
    assert (row.year, row.attachment) == (None, None)


def test_a_document_that_is_put_away_has_no_public_page_and_no_file(client):
    row = DocumentFactory(kept=True)
    client.post(reverse("desk-library-use", args=[row.pk]), {"version": 1, "put-away": "1"})
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(reverse("library-file", args=[row.pk])).status_code == 404
    assert row.title not in client.get(reverse("desk-library")).content.decode()
    assert row.title in client.get(reverse("desk-library"), {"state": "away"}).content.decode()
    client.post(reverse("desk-library-use", args=[row.pk]), {"version": 2, "take-up": "1"})
    assert client.get(row.get_absolute_url()).status_code == 200


def test_a_colleague_who_was_quicker_is_told_of(client):
    row = DocumentFactory()
    Document.objects.update(version=2)
    response = client.post(address(row), sent(row, note_cs="Moje"))
    assert response.status_code == 409
    assert "colleague has changed this meanwhile" in response.content.decode()
