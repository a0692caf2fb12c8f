"""Places in any case: the longest name that stands there."""

import pytest

from core.detector.places import find_places


def found(text, *names):
    """Return the words that name a place, and the place."""
    return [(text[place.start : place.end], place.name) for place in find_places(text, names)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Obrnice", "Obrnice"),
        ("Obrnice", "Obrnic"),
        ("Obrnice", "Obrnicích"),
        ("Obrnice", "obrnický"),
        ("Křižánky", "Křižánkách"),
        ("Křižánky", "Křižánek"),
        ("Křižánky", "křižánecký"),
        ("Křižánky", "křižáneckého"),
        ("Veselíčko", "Veselíčku"),
        ("Velké Losiny", "Velkých Losinách"),
        ("Velké Losiny", "VELKÝM LOSINÁM"),
        ("Velké Losiny", "velkolosinská"),
        ("Lhota", "Lhotě"),
        ("Praha", "pražský"),
        ("Kladruby", "Kladrubech"),
        ("Ralsko", "Ralsku"),
        ("Ralsko", "ralského"),
        ("Vír", "Víru"),
        ("Horní Lhota", "Horní Lhotě"),
        ("Horní Lhota", "hornolhotský"),
        ("Pec pod Sněžkou", "Peci pod Sněžkou"),
        ("Svoboda nad Úpou", "Svobodě nad Úpou"),
        ("Nové Město na Moravě", "Novém Městě na Moravě"),
        ("Nové Město", "novoměstského"),
        ("Ves Touškov", "Vsi Touškov"),
    ],
)
def test_a_place_is_found_in_any_case(name, text):
    assert found(f"Úřad {text} odpověděl.", name) == [(text, name)]


@pytest.mark.parametrize(
    "text",
    ["Velké město a losi", "Horní byt a Lhota", "Nové Město, na Moravě", "Lhotský"],
)
def test_a_place_of_more_words_needs_all_of_them(text):
    names = ["Velké Losiny", "Horní Lhota", "Nové Město na Moravě", "Pec pod Sněžkou"]
    assert found(text, *names) == []


def test_the_longest_name_that_stands_there_counts():
    names = ["Lhota", "Horní Lhota", "Město", "Nové Město", "Nové Město na Moravě"]
    text = "V Horní Lhotě, ve Lhotě a v Novém Městě na Moravě."
    assert found(text, *names) == [
        ("Horní Lhotě", "Horní Lhota"),
        ("Lhotě", "Lhota"),
        ("Novém Městě na Moravě", "Nové Město na Moravě"),
    ]


def test_two_places_of_one_adjective_are_both_told():
    assert found("křižánecký", "Křižánky", "Křižany") == [
        ("křižánecký", "Křižánky"),
        ("křižánecký", "Křižany"),
    ]
