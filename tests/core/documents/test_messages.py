"""Messages in the smaller part of Markdown: as HTML, and as a plain letter."""

import pytest

from core.documents.messages import as_html, as_letter, quoted


def test_bold_lists_and_links_are_drawn_and_lines_stay_lines():
    shown = as_html("Dobrý den,\n**hned** zavolejte:\n\n- na úřad\n- [sem](https://example.cz/a)")
    assert shown == (
        "<p>Dobrý den,<br>\n<strong>hned</strong> zavolejte:</p>\n<ul>\n<li>na úřad</li>\n"
        '<li><a href="https://example.cz/a" rel="noopener noreferrer">sem</a></li>\n</ul>\n'
    )


@pytest.mark.parametrize(
    "text",
    ["3. prosince přijďte", "15. 1. 2026 podejte žádost", "# není nadpis", "5 * 3 * 2", "+420 476 448 111"],
)
def test_what_only_looks_like_markdown_stays_as_it_is(text):
    assert as_html(text) == f"<p>{text}</p>\n"
    assert as_letter(text) == text


def test_an_address_is_a_link_whatever_signs_it_holds():
    shown = as_html("Viz https://mpsv.cz/a_b_c*d*.")
    assert (
        '<a href="https://mpsv.cz/a_b_c*d*" rel="noopener noreferrer">https://mpsv.cz/a_b_c*d*</a>.' in shown
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>",
        "<img src=x onerror=x>",
        "[x](javascript:alert(1))",
        "[x](//evil.example)",
        "![x](https://evil.example/x.png)",
    ],
)
def test_nothing_that_runs_or_loads_comes_out(text):
    shown = as_html(text).lower()
    assert not any(bad in shown for bad in ("<script", "<img", 'href="javascript', 'href="//'))


def test_a_letter_has_no_marks_and_shows_where_its_links_lead(settings):
    settings.BASE_URL = "https://portal.example"
    text = (
        "**Co dělat**\n\n1. podejte [žádost](https://example.cz)\n2. volejte <https://b.cz>\n\n- a\n- b\n\n"
        "> citace\n> dál\n\n[Pomoc](/cs/help/) [pište](mailto:a@b.cz)"
    )
    assert as_letter(text) == (
        "Co dělat\n\n1. podejte žádost (https://example.cz)\n2. volejte https://b.cz\n\n- a\n- b\n\n"
        "> citace\n> dál\n\nPomoc (https://portal.example/cs/help/) pište (mailto:a@b.cz)"
    )


def test_a_quotation_marks_every_line():
    assert quoted(" Kde bydlet?\n\nDěkuji. ") == "> Kde bydlet?\n> \n> Děkuji."
