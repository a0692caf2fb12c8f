"""Tables and figures are numbered through the whole edition, and references say these numbers."""

from django.utils.safestring import SafeString

from core.documents.parts import markup, numbering
from core.documents.parts.numbering import Label, Picture

FIRST = "## Úvod\n\nViz [](#kdo) a [naopak](#plan).\n\n| a |\n| --- |\n| 1 |\n\n![](figure:plan)"
SECOND = "Tabulka: Kdo {#kdo}\n\n| a |\n| --- |\n| 1 |\n\n| b |\n| --- |\n| 2 |\n\n[](#nikam)"


def known():
    return numbering.labels([("/1/", markup.outline(FIRST)), ("/2/", markup.outline(SECOND))])


def shown(text, url, pictures=None):
    return numbering.shown(markup.render(text), url=url, known=known(), pictures=pictures or {})


def test_numbers_go_through_all_chapters():
    assert known()["kdo"] == Label("Tabulka 2", "/2/#table-kdo")
    assert known()["plan"] == Label("Obrázek 1", "/1/#figure-plan")
    assert "<strong>Tabulka 1</strong>" in shown(FIRST, "/1/")
    assert "<strong>Tabulka 2</strong> Kdo" in shown(SECOND, "/2/")
    assert "<strong>Tabulka 3</strong>" in shown(SECOND, "/2/")


def test_a_reference_says_where_it_leads_unless_it_has_words_of_its_own():
    html = shown(FIRST, "/1/")
    assert '<a href="/2/#table-kdo">Tabulka 2</a>' in html
    assert '<a href="/1/#figure-plan">naopak</a>' in html


def test_a_reference_that_leads_nowhere_is_no_link():
    assert "nikam" not in shown(SECOND, "/2/")


def test_a_figure_has_its_picture_words_and_number():
    picture = Picture("/f/1/", 'Plán "domu"', "Půdorys <1>", "Město", 100, 50)
    html = shown(FIRST, "/1/", {"plan": picture})
    assert 'src="/f/1/" alt="Plán &quot;domu&quot;" width="100" height="50"' in html
    assert "<strong>Obrázek 1</strong> Půdorys &lt;1&gt; <span>Zdroj: Město</span>" in html


def test_a_figure_that_is_not_there_says_so():
    assert "plan" in shown(FIRST, "/1/")
    assert "<img" not in shown(FIRST, "/1/")


def test_chapters_on_one_page_have_ids_of_their_own_and_deeper_headings():
    html = SafeString(markup.render("## Nájem\n\nSlovo.[^1]\n\n[^1]: Ano.", prefix="uvod-"))
    page = numbering.on_one_page(html, "uvod")
    assert '<h3 id="uvod-najem">Nájem</h3>' in page
    assert 'id="uvod-note-1"' in page
    assert 'href="#uvod-note-1"' in page
