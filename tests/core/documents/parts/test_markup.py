"""Chapters are read as they were meant, and nothing that was typed into one becomes anything else."""

import pytest
from django.utils.html import escape

from core.documents.parts import markup
from core.documents.parts.markup import Outline, Place

TABLE = "Tabulka: Kdo co má {#kdo}\n\n| Kdo | Co |\n| --- | --- |\n| obec | **byt** |\n"


def test_a_table_has_the_caption_above_it_heads_of_columns_and_is_scrolled_by_keys():
    html = markup.render(TABLE)
    assert '<caption data-table="kdo" id="caption-kdo">Kdo co má</caption>' in html
    assert '<th scope="col">Kdo</th>' in html
    assert "<td><strong>byt</strong></td>" in html
    assert 'tabindex="0" role="region" aria-labelledby="caption-kdo"' in html
    assert "Tabulka:" not in html


def test_a_table_without_a_caption_is_counted_all_the_same():
    places = markup.outline("| a |\n| --- |\n| 1 |\n\ntext\n\n| b |\n| --- |\n| 2 |").places
    assert [(place.kind, place.key) for place in places] == [("table", "t1"), ("table", "t2")]


def test_notes_lead_to_the_text_and_back_and_are_told_apart_by_their_chapter():
    html = markup.render("Text[^a] a znovu[^a].\n\n[^a]: Zákon č. 108/2006 Sb.", prefix="uvod-")
    assert 'href="#uvod-note-1" id="uvod-mark-1" role="doc-noteref"' in html
    assert 'id="uvod-mark-1-1"' in html
    assert '<li id="uvod-note-1">' in html
    assert 'href="#uvod-mark-1" role="doc-backlink"' in html


def test_no_heading_leaves_out_a_level_and_each_has_a_name_of_its_own():
    html = markup.render("#### Hluboko\n\n# Nahoře\n\n###### Dole\n\n# Nahoře {#jinde}\n\n# Nahoře")
    assert '<h2 id="hluboko">' in html
    assert '<h2 id="nahore">' in html
    assert '<h3 id="dole">' in html
    assert '<h2 id="jinde">Nahoře</h2>' in html
    assert '<h2 id="nahore-2">' in html


def test_a_list_whose_items_all_begin_with_a_box_is_a_checklist():
    assert '<ul class="checklist">\n<li>jedna</li>' in markup.render("- [ ] jedna\n- [x] dvě")
    assert "checklist" not in markup.render("- [ ] jedna\n- dvě")


def test_a_box_has_its_title():
    html = markup.render("::: box Příklad <z> praxe\nText.\n:::")
    assert '<div class="box">\n<p class="box-title">Příklad &lt;z&gt; praxe</p>' in html


def test_a_figure_stands_outside_of_paragraphs():
    assert markup.render("![](figure:plan)") == '<figure data-figure="plan" id="figure-plan"></figure>'


def test_other_pictures_are_none():
    assert "img" not in markup.render("![x](https://example.org/a.png) ![](figure:../../etc)")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "::: box <img src=x onerror=alert(1)>\na\n:::",
        'Tabulka: " onload="x <svg/onload=alert(1)>\n\n| a |\n| --- |\n| <b onclick=x> |',
        '# a {#b" onclick="x}',
        '[](#"><script>x</script>)',
        '![](figure:a"onerror=x)',
        "x[^<script>]\n\n[^<script>]: <script>y</script>",
    ],
)
def test_nothing_that_was_typed_becomes_html(attack):
    html = markup.render(attack)
    for sign in (
        "<script",
        "<svg",
        "<img",
        "<b ",
        " onclick=",
        " onload=",
        " onerror=",
        'javascript:alert(1)"',
    ):
        assert sign not in html.replace(escape(sign), "")


@pytest.mark.parametrize(
    "bomb",
    [">" * 5000 + " a", "*" * 20_000, "[^1]" * 5000 + "\n\n[^1]: a", "::: box\n" * 2000, "[a](" * 3000],
)
def test_a_text_made_to_break_the_parser_is_read_all_the_same(bomb):
    assert isinstance(markup.render(bomb), str)


def test_the_outline_names_what_a_chapter_holds_and_where_it_refers_to():
    text = f"## Úvod\n\nViz [](#kdo) a [to](https://example.org).\n\n{TABLE}\n\n![](figure:plan)"
    held = markup.outline(text)
    assert held == Outline(
        [Place("heading", "uvod", "Úvod", 2), Place("table", "kdo", "Kdo co má"), Place("figure", "plan")],
        ["kdo"],
    )
    assert Outline.of(held.as_json()) == held
    assert Outline.of({}) == Outline()


def test_blocks_are_what_the_whole_is_made_of():
    box = "::: box Box\ntext\n\ntext\n:::"
    text = f"## Úvod\n\nText[^1].\n\n- a\n- b\n\n{TABLE}\n{box}\n\n[^1]: Pozn.\n\n[^2]: Nic."
    found = markup.blocks(text)
    heads = [block.strip()[:8] for block in found]
    assert heads == ['<h2 id="', "<p>Text<", "<ul>\n<li", "<div cla", "<div cla", "<div cla"]
    assert "".join(found).replace("\n", "") == markup.render(text).replace("\n", "")
