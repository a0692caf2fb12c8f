"""The PDF of a report can be read by a screen reader, and nothing that was written is run in it."""

import random
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from django.utils import translation

from core.files import attachments
from tests.factories.reports import (
    ReportEditionFactory,
    ReportFileFactory,
    ReportSectionFactory,
    picture,
)
from tests.files import stored
from visits.choices import Consent
from visits.models import ReportEdition
from visits.reports import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ATTACK = (
    '#eval("1+1") #image("/etc/passwd") $x$ `code` @ref <label> #let x = 1 \\ // /* #panic()\n\n'
    '#import "@preview/cetz:0.1.0"'
)


def document(edition: ReportEdition) -> pikepdf.Pdf:
    fresh = ReportEdition.objects.for_page().get(pk=edition.pk)
    return pikepdf.open(BytesIO(pdf.made(fresh)))


def elements(node: Any) -> list[Any]:
    """Return all structure elements below a node, in reading order."""
    found: list[Any] = []
    if isinstance(node, pikepdf.Array):
        for one in node:
            found += elements(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        found.append(node)
        if "/K" in node:
            found += elements(node.K)
    return found


def roles(made: pikepdf.Pdf) -> list[str]:
    return [str(one.S) for one in elements(made.Root.StructTreeRoot.K)]


@pytest.fixture
def whole() -> ReportEdition:
    edition = ReportEditionFactory(published=True, whole=True, title_cs="Co jsme viděli ve Vídni")
    section = ReportSectionFactory(edition=edition, text="### Hluboko\n\n1. jedna\n\n## Mělce\n\n> citát")
    ReportFileFactory(edition=edition, section=section, alternative="Dům s dvorem")
    return edition


def test_it_says_what_it_is_called_in_which_language_and_that_it_is_tagged(whole):
    with document(whole) as made:
        assert made.Root.MarkInfo.Marked
        assert str(made.Root.Lang) == "cs-CZ"
        assert made.Root.ViewerPreferences.DisplayDocTitle
        with made.open_metadata() as told:
            assert told["dc:title"] == "Co jsme viděli ve Vídni"
            assert told["pdfuaid:part"] == "1"


def test_its_headings_go_down_one_level_at_a_time_in_the_order_of_reading(whole):
    with document(whole) as made:
        found = roles(made)
        headings = [int(role[2:]) for role in found if role[:2] == "/H" and role[2:].isdigit()]
        assert headings[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(headings))
        tagged = {"/Table", "/TH", "/TD", "/Figure", "/Caption", "/L", "/LI", "/BlockQuote", "/TOC"}
        assert tagged <= set(found)
        assert {"/Note", "/FENote"} & set(found)


def test_each_photo_has_its_alternative_text(whole):
    with document(whole) as made:
        figures = [one for one in elements(made.Root.StructTreeRoot.K) if str(one.S) == "/Figure"]
        assert [str(one.get("/Alt")) for one in figures if "/Alt" in one] == ["Dům s dvorem"]


def test_a_photo_without_consent_is_not_in_it():
    edition = ReportEditionFactory(published=True, whole=True)
    ReportFileFactory(edition=edition, consent=Consent.MISSING)
    with document(edition) as made:
        assert "/Figure" not in roles(made)


def test_text_is_shown_and_never_run(whole):
    section = whole.sections.first()
    type(section).objects.update(text=ATTACK, heading=ATTACK[:100])
    whole.figures.update(text='#read("report.json")', source="*[#sys.inputs]*")
    whole.lessons.update(title="#eval", text="= nadpis\n#pagebreak()")
    ReportEdition.objects.update(title_cs='#panic("x")', summary_cs=ATTACK)

    with translation.override("cs"), document(whole) as made:
        with made.open_metadata() as told:
            assert told["dc:title"] == '#panic("x")'
        assert "/Figure" in roles(made)


def test_a_sign_that_no_font_has_is_no_reason_to_have_none():
    edition = ReportEditionFactory(published=True, whole=True)
    ReportSectionFactory(edition=edition, text="漢字 \U0001f9d1‍\U0001f3ed ᚠᛇᚻ \U00012000 ok")
    with document(edition) as made:
        assert made.pages


def test_a_broken_picture_says_that_it_cannot_be_made(monkeypatch):
    edition = ReportEditionFactory(published=True, whole=True)
    ReportFileFactory(edition=edition, attachment=stored(picture(), by=None))
    monkeypatch.setattr(attachments, "read_raw", lambda _key: b"no picture")
    with pytest.raises(pdf.CannotMake):
        document(edition)


MANY = "".join(chr(0x12000 + number) for number in range(60))
NASTY = [
    "# ", "###\n\ntext", "# [](https://example.org)", "# \u00a0", "# \u200b", "# \u0301",
    "> # \n> ### hluboko", ">" * 60 + " citát", "".join("> - " for _deep in range(30)) + "a",
    "\n".join("  " * n + "- a" for n in range(60)), "999999999. a", "-", ">", "**", "\\", "&#0; &#xD800;",
    "[dlouhý](https://example.org/" + "a" * 8100 + ")", "[](https://example.org)", "<mailto:a@example.org>",
    MANY, "a\x01b\x0bc\ufffe\ue000", "\u200d\u0301\u0302", "e\u0301\u0332", "\U0001f468\u200d\U0001f469",
    "שלום عربي ไทย हिन्दी", "*" * 500 + "a" + "*" * 500, "a" * 2_000,
]  # fmt: skip


def everywhere(text: str) -> ReportEdition:
    """Return a report that says a text in each place where somebody writes, cut to its length."""
    edition = ReportEditionFactory(published=True, whole=True, summary_cs=text[:4000], summary_en=text[:4000])
    edition.sections.update(heading=text[:160], text=text)
    edition.answers.update(wording=text[:500], text=text[:4000])
    edition.figures.update(text=text[:300], source=text[:300])
    edition.lessons.update(title=text[:160], text=text[:2000])
    ReportFileFactory(edition=edition, alternative=text[:300], caption=text[:200])
    ReportEdition.objects.filter(pk=edition.pk).update(title_cs=text[:160], title_en=text[:160])
    return edition


def test_whatever_the_page_can_show_has_a_pdf():
    edition = ReportEditionFactory(published=True)
    for text in NASTY:
        ReportSectionFactory(edition=edition, heading=text[:160], text=text)
    with document(edition) as made:
        assert roles(made).count("/P") > len(NASTY)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_put_together_of_such_texts_has_a_pdf(seed):
    chance = random.Random(seed)
    pieces = [*NASTY, "\n", "\n\n", "  ", "# ", "> ", "- ", "1. ", "**", "[", "](/cs/)", "ž"]
    with document(everywhere("".join(chance.choices(pieces, k=40))[:20_000])) as made:
        assert made.pages
