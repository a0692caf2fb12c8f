"""A text of Word becomes chapters; what is lost is said."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from core.documents.parts import markup
from studies.imports import docx
from studies.imports.manuscript import CannotRead, Manuscript
from tests.studies.imports import documents


@pytest.fixture(scope="module")
def small() -> Manuscript:
    return docx.read(BytesIO(documents.small()))


def test_each_heading_of_the_first_level_is_a_chapter(small):
    assert small.title == "Jak začít"
    assert [chapter.heading for chapter in small.chapters] == ["Úvod", "Dál"]
    assert "## Podrobně" in small.chapters[0].text


def test_a_footnote_goes_with_its_chapter(small):
    text = small.chapters[0].text
    assert "Text **tučně**[^1]" in text or "Text [^1]**tučně**" in text
    assert "[^1]: Zákon č. 108/2006 Sb., § 33." in text
    assert "[^1]" not in small.chapters[1].text


def test_a_table_keeps_its_caption_and_gets_heads_of_columns(small):
    html = markup.render(small.chapters[0].text)
    assert ">Kdo co má</caption>" in html
    assert '<th scope="col">Kdo</th>' in html
    assert "<td>byt|dům</td>" in html


def test_a_table_of_one_cell_is_a_box(small):
    assert "::: box\nPříklad z obce\n:::" in small.chapters[0].text


def test_lists_and_quotations_stay(small):
    assert "- jedna\n- dvě" in small.chapters[0].text
    assert "> Citát" in small.chapters[1].text


def test_a_picture_is_kept_and_shown_by_its_key(small):
    [found] = small.pictures
    assert (found.key, found.content_type) == ("obr-1", "image/png")
    assert found.content.startswith(b"\x89PNG")
    assert "![](figure:obr-1)" in small.chapters[0].text


def test_what_was_lost_is_said_once_a_kind(small):
    assert small.lost == ["Styl „macro“ (1×): text je převzatý, vzhled ne."]


def test_150_pages_come_whole():
    found = docx.read(BytesIO(documents.whole()))
    assert len(found.chapters) == 20
    assert found.size > 150 * documents.PAGE * 0.9
    outlines = [markup.outline(chapter.text) for chapter in found.chapters]
    tables = [place for held in outlines for place in held.places if place.kind == "table"]
    assert len(tables) == 40
    notes = sum(markup.render(chapter.text).count('role="doc-backlink"') for chapter in found.chapters)
    assert notes == 200
    assert found.lost == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"text"])
def test_what_is_no_text_of_word_is_refused(content):
    with pytest.raises(CannotRead):
        docx.read(BytesIO(content))


def test_a_text_of_thousands_of_pages_is_refused_before_it_is_read():
    stored = BytesIO()
    with ZipFile(stored, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:t>a</w:t>" * 1_000_000)
    with pytest.raises(CannotRead, match="příliš dlouhý"):
        docx.read(stored)


def test_what_is_pasted_from_word_comes_clean():
    pasted = (
        '<html xmlns:o="urn"><head><style>p{color:red}</style></head><body><!--StartFragment-->'
        '<p class="MsoNormal" style="margin:0"><b>Tučně</b><o:p></o:p> a <i>kurzívou</i></p>'
        '<script>alert(1)</script><p><a href="javascript:x">klik</a> <a href="https://mpsv.cz">web</a></p>'
    )
    said = docx.markdown_of(pasted)
    assert said == "**Tučně** a *kurzívou*\n\nklik [web](https://mpsv.cz)"
