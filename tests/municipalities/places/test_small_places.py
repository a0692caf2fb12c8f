"""Places so small that their name tells who asked."""

import pytest

from municipalities.places.small_places import is_small, longer_names, small_places_in
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("population", "small"), [(None, True), (4999, True), (5000, False)])
def test_a_place_is_small_when_few_live_there_or_nobody_knows(population, small):
    assert is_small(MunicipalityFactory(population=population)) is small


def test_longer_names_hold_a_name():
    for name in ("Lhota", "Horní Lhota", "Lhota u Příbrami", "Most"):
        MunicipalityFactory(name=name)
    assert longer_names(["Lhota"]) == ("Horní Lhota", "Lhota u Příbrami")
    assert longer_names([]) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bydlí v Horní Lhotě.", ["Horní Lhota"]),
        ("Bydlí v Peci pod Sněžkou i ve Svobodě nad Úpou.", ["Pec pod Sněžkou", "Svoboda nad Úpou"]),
        ("Horní Lhota chystá byty.", ["Horní Lhota"]),
        ("Pomohl křižánecký úřad.", ["Křižánky"]),
        ("Bydlí ve Lhotě.", ["Lhota"]),
        ("Lhota k podání uplyne.", []),
        ("Bydlí v Novém Městě na Moravě.", []),
        ("Podle českých zákonů.", []),
    ],
)
def test_the_longest_name_in_a_text_counts(text, names):
    for name in ("Lhota", "Horní Lhota", "Pec pod Sněžkou", "Svoboda nad Úpou", "Křižánky", "Česká", "Město"):
        MunicipalityFactory(name=name, population=300)
    MunicipalityFactory(name="Nové Město na Moravě", population=10000)
    assert small_places_in([text]) == names
