"""Birth numbers, however they are written."""

import pytest

from core.detector.birth_numbers import birth_numbers, has_birth_number
from tests.core.detector.reading import found


@pytest.mark.parametrize("text", ["736028/5163", "7360285163", "531201/001", "736028 / 5163", "123456/7890"])
def test_a_birth_number_is_found(text):
    assert found(birth_numbers, f"Rodné číslo {text} nepište.") == [text]


@pytest.mark.parametrize(
    "text", ["736028 5163", "73 60 28 / 5163", "736028-5163", "7360285163", "736028/5163"]
)
def test_a_birth_number_is_known_however_it_is_written(text):
    assert has_birth_number(f"Moje číslo {text}.")


@pytest.mark.parametrize("text", ["736028 5164", "123456/7890", "602 123 456", "1234567890/0100"])
def test_a_number_with_wrong_digits_is_no_birth_number(text):
    assert not has_birth_number(f"Číslo {text}.")
