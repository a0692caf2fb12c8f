"""The forms of one word of a name, and how words sound."""

import pytest

from core.detector.inflection import fold, forms_of, spoken


def test_a_letter_with_its_mark_apart_is_the_same_letter():
    decomposed = "Nova\u0301k"
    assert forms_of(decomposed).matches("Novákem")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Žluťoučký", "zlutoucky"),
        ("Łódź", "lodz"),
        ("Шевченко", "sevcenko"),
        ("Щербак", "scerbak"),
        ("Юлія", "julija"),
    ],
)
def test_a_folded_text_has_no_marks_and_no_cyrillic(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("horvath", "horvat"),
        ("shevchenko", "sevcenko"),
        ("schmidt", "smid"),
        ("weiss", "vajs"),
        ("yuliia", "julija"),
        ("kovacs", "kovac"),
    ],
)
def test_spellings_of_one_name_sound_alike(one, other):
    assert spoken(one) == spoken(other)


@pytest.mark.parametrize("word", ["horvát", "Horváta-", "Hora", "Orvát"])
def test_another_spelling_needs_a_capital_and_the_same_sounds(word):
    assert not forms_of("Horváth").matches(word)
