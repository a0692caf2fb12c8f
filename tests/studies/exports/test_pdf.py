"""The PDF of a material has tags for all that its chapters have, and its numbers are those of the web."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from studies.exports import pdf
from studies.exports.accessibility import faults
from studies.imports import docx
from studies.models import MaterialEdition, MaterialFigure
from tests.factories.material_texts import ChapterFactory, MaterialEditionFactory
from tests.factories.reports import picture
from tests.files import stored
from tests.studies.imports import documents
from tests.visits.reports.test_pdf import ATTACK, NASTY, roles

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TEXT = """Text[^1] viz [](#kdo).

Tabulka: Kdo co má {#kdo}

| Kdo | Co |
| --- | --- |
| obec | byt |

![](figure:plan)

::: box Příklad
- [ ] jeden krok
:::

[^1]: Zákon č. 108/2006 Sb.
"""


@pytest.fixture
def edition() -> MaterialEdition:
    edition = MaterialEditionFactory(published=True, short_version_cs="Krátce.")
    ChapterFactory(edition=edition, heading="Úvod", slug="uvod", text=TEXT)
    ChapterFactory(edition=edition, heading="Dál", slug="dal", text="Viz [](#kdo).")
    file = stored(picture(), by=None)
    MaterialFigure.objects.create(
        edition=edition, position=1, key="plan", attachment=file, alternative="Plán domu", caption="Půdorys"
    )
    return edition


def fresh(edition: MaterialEdition) -> MaterialEdition:
    return MaterialEdition.objects.for_page().get(pk=edition.pk)


def words_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [document[number] for number in range(len(document))]
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    finally:
        document.close()


def test_everybody_can_read_it(edition):
    content = pdf.made(fresh(edition))
    assert faults(BytesIO(content)) == []
    with pikepdf.open(BytesIO(content)) as made:
        assert str(made.docinfo["/Title"]) == "Metodika sociální práce"
        assert str(made.Root.Lang) == "cs-CZ"
        found = roles(made)
    assert {"/Table", "/TH", "/Caption", "/Figure", "/Note", "/H1", "/TOC"} <= set(found)


def test_numbers_are_those_of_the_web(edition):
    said = words_of(pdf.made(fresh(edition)))
    assert "Tabulka 1" in said
    assert "Obrázek 1 Půdorys" in said
    assert "Viz Tabulka 1." in said


def test_it_says_how_it_is_cited(edition):
    said = " ".join(words_of(pdf.made(fresh(edition))).split())
    assert "NOVÁKOVÁ, Jana" in said


def test_it_is_kept_once(edition):
    pdf.keep(fresh(edition))
    first = fresh(edition).pdf
    pdf.keep(fresh(edition))
    assert fresh(edition).pdf == first
    assert first.name == f"{edition.document.material.slug}-1.pdf"


def test_nothing_that_was_written_is_run():
    edition = MaterialEditionFactory(published=True)
    table = '| #image("/etc/passwd") |\n| --- |'
    ChapterFactory(edition=edition, text=f"{ATTACK}\n\nx[^1]\n\n{table}\n\n[^1]: #panic()")
    assert "#panic()" in words_of(pdf.made(fresh(edition)))


def test_whatever_a_chapter_can_show_has_a_pdf():
    edition = MaterialEditionFactory(published=True)
    for number, text in enumerate(NASTY):
        ChapterFactory(edition=edition, heading=text[:160] or "x", slug=f"k-{number}", text=text)
    assert pdf.made(fresh(edition))


def test_150_pages_with_40_tables_and_200_notes_are_one_pdf():
    edition = MaterialEditionFactory(published=True)
    for number, chapter in enumerate(docx.read(BytesIO(documents.whole())).chapters):
        ChapterFactory(edition=edition, heading=chapter.heading, slug=f"k-{number}", text=chapter.text)
    with pikepdf.open(BytesIO(pdf.made(fresh(edition)))) as made:
        assert len(made.pages) > 90
        found = roles(made)
    assert found.count("/Table") == 40
    assert found.count("/Note") == 200
