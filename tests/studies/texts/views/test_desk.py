"""A text is begun on a material's page, and written by several people at once."""

import re
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.documents.choices import State
from core.documents.parts import actions
from studies.models import MaterialText
from tests.factories.accounts import UserFactory
from tests.factories.material_texts import ChapterFactory, MaterialEditionFactory, drawing
from tests.factories.studies import MaterialFactory
from tests.studies.imports import documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return MaterialEditionFactory(whole=True)


def at(edition, verb, part="chapters", *more):
    return reverse(f"desk-material-text-{verb}", args=[edition.document_id, part, *more])


def test_a_text_is_begun_and_opened(log_in):
    client, _user = log_in("consultant")
    material = MaterialFactory()
    address = reverse("desk-material-text-begin", args=[material.pk])
    assert "Začít psát text" in client.get(address).content.decode()
    response = client.post(address, follow=True)

    text = MaterialText.objects.get(material=material)
    assert response.redirect_chain[-1][0] == text.get_desk_url()
    assert client.get(address)["Location"] == text.get_desk_url()


def test_the_page_lists_chapters_with_what_can_be_done(log_in, edition):
    client, _user = log_in("consultant")
    page = client.get(edition.document.get_desk_url()).content.decode()
    for words in (
        "Jak začít",
        "Psát v této kapitole",
        "figure:plan",
        "Co ověřit před smlouvou",
        "Posunout dolů",
    ):
        assert words in page


def test_the_page_stands_under_portal_settings_and_shows_no_empty_part(log_in):
    client, _user = log_in("consultant")
    edition = MaterialEditionFactory(authors="", publisher="")
    page = client.get(edition.document.get_desk_url()).content.decode()
    assert re.search(r'href="/cs/desk/settings/"[^>]*aria-current', page)
    assert 'id="facts"' not in page


def test_a_chapter_is_added_written_renamed_and_its_address_follows(log_in, edition):
    client, user = log_in("consultant")
    client.post(at(edition, "part-new"), {"heading": "Co dělat s dluhem"})
    chapter = edition.chapters.last()
    assert chapter.slug == "co-delat-s-dluhem"

    client.post(at(edition, "part-hold", "chapters", chapter.pk))
    typed = {"heading": "Dluhy", "text": "Slovo.[^1]\n\n[^1]: Ano.", "version": "1", "authors": "Petr Malý"}
    client.post(at(edition, "part", "chapters", chapter.pk), typed)

    chapter.refresh_from_db()
    assert (chapter.slug, chapter.authors, chapter.holder) == ("dluhy", "Petr Malý", None)
    assert 'href="#dluhy-note-1"' in chapter.text_html
    assert user in edition.writers.all()


def test_the_address_of_a_chapter_stays_once_it_was_published(log_in, edition):
    client, _user = log_in("consultant")
    type(edition).objects.filter(pk=edition.pk).update(state=State.SUPERSEDED)
    after = MaterialEditionFactory(document=edition.document, number=2)
    chapter = ChapterFactory(edition=after, heading="Nájem", slug="najem")
    client.post(at(after, "part-hold", "chapters", chapter.pk))
    client.post(
        at(after, "part", "chapters", chapter.pk), {"heading": "Nájemné", "text": "A.", "version": "1"}
    )

    chapter.refresh_from_db()
    assert (chapter.heading, chapter.slug) == ("Nájemné", "najem")


def test_no_chapter_takes_the_address_of_another_page(log_in, edition):
    client, _user = log_in("consultant")
    for heading in ("Whole", "Úvod"):
        client.post(at(edition, "part-new"), {"heading": heading})
    assert [row.slug for row in edition.chapters.all()][2:] == ["whole-2", "uvod-2"]


def test_a_look_at_how_it_will_be_read_keeps_what_was_typed(log_in, edition):
    client, _user = log_in("consultant")
    chapter = edition.chapters.get(slug="uvod")
    client.post(at(edition, "part-hold", "chapters", chapter.pk))
    typed = {"heading": "Úvod", "text": "Viz [](#nikam).\n\n![](figure:plan)", "version": "1", "preview": "1"}
    response = client.post(at(edition, "part", "chapters", chapter.pk), typed)
    page = response.content.decode()

    assert response.status_code == 200
    assert "Jak to uvidí čtenáři" in page
    assert "<figcaption><strong>Obrázek 1</strong>" in page
    assert "#nikam" in page
    assert "Opravte:" in page
    chapter.refresh_from_db()
    assert chapter.text.startswith("Obec pomáhá")
    assert "Viz [](#nikam)." in client.get(at(edition, "part", "chapters", chapter.pk)).content.decode()


def test_chapters_are_moved_by_buttons_and_to_a_place(log_in, edition):
    client, _user = log_in("consultant")
    third = ChapterFactory(edition=edition, heading="Třetí", slug="treti", position=999)
    move = at(edition, "part-move", "chapters", third.pk)
    client.post(move, {"up": "1"})
    assert [row.slug for row in edition.chapters.all()] == ["uvod", "treti", "jak-zacit"]
    client.post(move, {"to": "0"})
    assert [row.slug for row in edition.chapters.all()] == ["treti", "uvod", "jak-zacit"]
    client.post(move, {"down": "1"})
    assert [row.slug for row in edition.chapters.all()] == ["uvod", "treti", "jak-zacit"]
    client.post(move, {"to": "99"})
    assert [row.slug for row in edition.chapters.all()] == ["uvod", "jak-zacit", "treti"]


def test_a_figure_has_words_or_only_decorates(log_in, edition):
    client, _user = log_in("consultant")
    new = at(edition, "part-new", "figures")
    without = client.post(new, {"files": drawing(), "key": "mapa"})
    both = client.post(new, {"files": drawing(), "key": "mapa", "alternative": "Mapa", "is_decorative": "on"})
    taken = client.post(new, {"files": drawing(), "key": "plan", "alternative": "Plán"})
    assert [one.status_code for one in (without, both, taken)] == [422, 422, 422]
    assert client.post(new, {"files": drawing(), "key": "mapa", "alternative": "Mapa"}).status_code == 302

    figure = edition.figures.get(key="mapa")
    response = client.get(at(edition, "part-file", "figures", figure.pk))
    assert (response["Content-Type"], response.getvalue()[:4]) == ("image/png", b"\x89PNG")
    client.post(at(edition, "part-remove", "figures", figure.pk))
    assert not edition.figures.filter(key="mapa").exists()


def test_what_is_no_picture_is_no_figure(log_in, edition):
    client, _user = log_in("consultant")
    text = SimpleUploadedFile("mapa.txt", b"mapa")
    response = client.post(
        at(edition, "part-new", "figures"), {"files": text, "key": "m", "alternative": "M"}
    )
    assert response.status_code == 422
    assert "není obrázek" in response.content.decode()


def test_what_comes_from_word_is_pasted_as_marks(log_in):
    client, _user = log_in("consultant")
    html = '<h2 style="color:red">Nájem</h2><p class="MsoNormal">Je <b>nízký</b>.</p><script>zle()</script>'
    told = client.post(reverse("desk-material-text-paste"), {"html": html}).json()
    assert told == {"text": "## Nájem\n\nJe **nízký**."}


def test_the_whole_text_is_read_at_the_desk_before_it_is_published(log_in, edition):
    client, _user = log_in("consultant")
    page = client.get(reverse("desk-material-text-whole", args=[edition.document_id])).content.decode()
    assert "Tabulka 1" in page
    assert "Obrázek 1" in page


def test_a_saved_isbn_can_be_one(log_in, edition):
    client, _user = log_in("consultant")
    address = reverse("desk-material-text-edit", args=[edition.document_id])
    typed = {"title_cs": "Metodika", "abstract_cs": "O čem je.", "version": edition.version}
    assert client.post(address, {**typed, "isbn": "978-80-7421-000-1"}).status_code == 422
    assert client.post(address, {**typed, "isbn": "978-80-242-4200-2"}).status_code == 302


def test_others_see_who_writes(log_in, edition):
    client, _user = log_in("consultant")
    chapter = edition.chapters.first()
    actions.hold(chapter, by=UserFactory(name="Eva Malá"))
    page = client.get(at(edition, "part", "chapters", chapter.pk)).content.decode()
    assert "Právě tu někdo píše" in page
    assert "Psát v této kapitole" not in page


# Texts that were written elsewhere ------------------------------------------------


def bring(client, edition, **sent):
    return client.post(reverse("desk-material-text-import", args=[edition.document_id]), sent)


def word(content):
    return SimpleUploadedFile("metodika.docx", content)


def test_a_text_of_word_is_shown_first_and_then_taken_over(log_in, edition):
    client, _user = log_in("consultant")
    page = bring(client, edition, files=word(documents.small()))
    said = page.content.decode()
    assert page.status_code == 200
    for words in ("Jak začít", "Úvod", "1 obrázek", "Styl „macro“ (1×)"):
        assert words in said
    assert not edition.chapters.filter(heading="Dál").exists()

    ticket = re.search(r'name="files_token" value="([^"]+)"', said)[1]
    answer = bring(client, edition, files_token=ticket, text="", confirmed="1")
    assert answer.status_code == 302
    assert edition.chapters.filter(heading="Dál").exists()
    assert edition.figures.filter(key="obr-1").exists()


def test_markdown_is_taken_over_as_it_is_typed(log_in, edition):
    client, _user = log_in("consultant")
    bring(client, edition, text="# Nová kapitola\n\nText.", confirmed="1")
    assert edition.chapters.get(heading="Nová kapitola").text == "Text."


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Vyberte soubor, nebo napište text níže"),
        ({"text": "   "}, "nebo napište text níže"),
        ({"files": SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF")}, "Vyberte text z Wordu"),
        ({"files": SimpleUploadedFile("a.docx", b"MZ no document")}, "a.docx"),
    ],
)
def test_what_is_no_text_is_told_beside_the_field(log_in, edition, sent, words):
    client, _user = log_in("consultant")
    page = bring(client, edition, **sent, confirmed="1")
    assert page.status_code == 422
    assert words in page.content.decode()


def test_nothing_is_taken_into_a_published_text(log_in):
    client, _user = log_in("consultant")
    edition = MaterialEditionFactory(published=True, whole=True)
    page = bring(client, edition, text="# A\n\nb", confirmed="1")
    assert page.status_code == 422
    assert not edition.chapters.filter(heading="A").exists()


def test_a_pdf_that_not_everybody_can_read_wants_a_reason(log_in, edition):
    client, _user = log_in("consultant")
    blank = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(blank)

    def send(**more):
        blank.seek(0)
        file = SimpleUploadedFile("priloha.pdf", blank.read())
        sent = {"files": file, "name": "Příloha", "role": "annex", **more}
        return client.post(at(edition, "part-new", "files"), sent)

    page = send()
    assert page.status_code == 422
    assert "nemá značky" in page.content.decode()
    assert send(reason="Originál nemáme.").status_code == 302
    row = edition.files.get(name="Příloha")
    assert (row.faults, row.reason) == (["tags", "language", "title", "text"], "Originál nemáme.")
