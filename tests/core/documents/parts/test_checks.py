"""What a writer is told of a chapter."""

import pytest

from core.documents.parts.checks import Fault, faults


def said(text, known=("kdo",), figures=("plan",)):
    return list(faults(text, known=known, figures=figures))


@pytest.mark.parametrize(
    ("text", "word", "is_grave"),
    [
        ("# A\n\n#### B", "####", False),
        ("[](#nikam)", "#nikam", True),
        ("![](figure:jiny)", "jiny", True),
        ("Text ![](figure:plan)", "plan", True),
        ("[zde](https://example.org)", "zde", False),
        (" ".join(["slovo"] * 45) + ".", "45", False),
    ],
)
def test_it_names_what_is_wrong(text, word, is_grave):
    [found] = said(text)
    assert word in found.sentence
    assert found.is_grave is is_grave


def test_a_text_without_faults_has_none():
    assert said("## A\n\n### B\n\nViz [](#kdo), [zákon](https://example.org).\n\n![](figure:plan)") == []


def test_a_fault_is_not_grave_unless_it_says_so():
    assert Fault("x").is_grave is False


def test_tables_notes_and_lists_are_no_long_sentences():
    row = " ".join(["slovo"] * 15)
    text = f"{row}[^1]\n\n| A | B |\n|---|---|\n| {row} | {row} |\n\n- {row}\n- {row}\n- {row}\n\n[^1]: {row}"
    assert said(text) == []
