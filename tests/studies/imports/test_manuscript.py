"""Markdown is divided into chapters by its highest headings."""

import pytest

from studies.imports.manuscript import (
    LONGEST_CHAPTER,
    MOST_CHAPTERS,
    CannotRead,
    Picture,
    manuscript_of,
)


def chapters(text):
    return [(chapter.heading, chapter.text) for chapter in manuscript_of(text, [], []).chapters]


def test_the_highest_heading_begins_a_chapter_and_lower_ones_move_up():
    assert chapters("Před\n\n### **A**\n\na\n\n##### B\n\nb\n\n### C") == [
        ("Začátek", "Před"),
        ("A", "a\n\n### B\n\nb"),
        ("C", ""),
    ]


def test_a_text_without_headings_is_one_chapter():
    assert chapters("a\n\nb") == [("Začátek", "a\n\nb")]


def test_notes_go_with_their_marks_and_those_without_one_go():
    text = "# A\n\nx[^1]\n\n# B\n\ny[^2] z[^1]\n\n[^1]: První\n    dál\n\n[^2]: Druhá\n\n[^3]: Nikde"
    assert chapters(text) == [
        ("A", "x[^1]\n\n[^1]: První\n    dál"),
        ("B", "y[^2] z[^1]\n\n[^2]: Druhá\n\n[^1]: První\n    dál"),
    ]


def test_pictures_that_nobody_shows_are_left_out():
    pictures = [Picture("a", b"", "image/png"), Picture("b", b"", "image/png")]
    assert manuscript_of("![](figure:b)", pictures, []).pictures == pictures[1:]


@pytest.mark.parametrize(
    "text", ["", " \n ", "# A\n" * (MOST_CHAPTERS + 1), "# A\n\n" + "a" * (LONGEST_CHAPTER + 1)]
)
def test_what_is_empty_or_too_long_is_refused(text):
    with pytest.raises(CannotRead):
        manuscript_of(text, [], [])
