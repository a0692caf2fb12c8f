"""Markdown as the data of a PDF."""

import json

from core.documents.parts import markup, numbering
from core.documents.pdf.nodes import DEEPEST, Around, chapter_nodes, nodes


def test_links_lead_to_whole_addresses_and_only_to_safe_ones():
    found = nodes("[a](/cs/visits/) [b](https://example.org) [c](javascript:alert(1))")
    inline = found[0]["inner"][0]["inner"]
    assert [node["url"] for node in inline if node["kind"] == "link"] == [
        "http://localhost:8000/cs/visits/",
        "https://example.org",
    ]


def test_what_is_too_deep_or_too_long_is_shown_without_its_frame():
    quoted = json.dumps(nodes(">" * 15 + " citát"), ensure_ascii=False)
    assert (quoted.count('"quote"'), quoted.count("citát")) == (DEEPEST, 1)
    [paragraph] = nodes("[dlouhý](https://example.org/" + "a" * 8100 + ")")
    assert "link" not in json.dumps(paragraph)
    assert "dlouhý" in json.dumps(paragraph, ensure_ascii=False)


CHAPTER = """## Krok {#krok}

Text[^1] viz [](#kdo).

Tabulka: Kdo {#kdo}

| Kdo | Co |
| --- | --- |
| obec | byt |

![](figure:plan) ![](figure:nic)

![](figure:plan)

::: box Příklad
- [ ] jedna
:::

[^1]: Zákon

    a dál.
"""


def chapter():
    known = numbering.labels([("uvod", markup.outline(CHAPTER))])
    pictures = {"plan": {"file": "a.png", "alternative": "Plán", "caption": "", "width": 50}}
    return chapter_nodes(CHAPTER, Around("uvod", known=known, pictures=pictures))


def kinds(found):
    return [node["kind"] for node in found]


def test_a_chapter_is_made_of_what_it_says():
    assert kinds(chapter()) == ["heading", "paragraph", "table", "paragraph", "item", "box"]


def test_a_note_stands_where_its_mark_is():
    [_heading, paragraph, *_rest] = chapter()
    inline = paragraph["inner"][0]["inner"]
    [note] = [node for node in inline if node["kind"] == "note"]
    assert "Zákon" in json.dumps(note, ensure_ascii=False)
    assert "a dál." in json.dumps(note, ensure_ascii=False)


def test_a_table_has_its_number_and_as_many_cells_as_columns_want():
    table = chapter()[2]
    assert (table["number"], table["caption"], table["columns"]) == ("Tabulka 1", "Kdo", 2)
    assert (len(table["head"]), len(table["rows"])) == (2, 2)


def test_a_figure_that_is_not_there_is_left_out():
    assert "figure:nic" not in json.dumps(chapter())


def test_a_checklist_is_one():
    assert kinds(chapter()[-1]["inner"]) == ["checklist"]
