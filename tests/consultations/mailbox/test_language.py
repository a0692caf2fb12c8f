"""Which language a text is written in."""

import pytest

from consultations.mailbox.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "cs"),
        ("Dobrý den, prosím o radu.", "cs"),
        ("Dobry den, prosim o radu.", "cs"),
        ("ok", "cs"),
        ("We would like to ask how the flats are given.", "en"),
        ("Dobrý den, prosím o článek „The State of Housing“, jak jsme se domluvili.", "cs"),
    ],
)
def test_czech_unless_clearly_english(text, language):
    assert language_of(text) == language
