"""What a find is, what it is known by, and what is none."""

import pytest

from core.detector.finds import Kind, Known, find, find_people_of, open_finds
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db

NOVAK = Known(names=("Jan Novák",), phones=("777123456",), places=("Lhota",))


def only(text, known=NOVAK, field="answer"):
    """Return the one find in a text."""
    [one] = find({field: text}, known)
    return one


def test_a_find_says_where_it_stands():
    one = only("První věta. Radili jsme panu Novákovi s nájmem. Třetí věta.")
    assert (one.kind, one.found, one.field) == (Kind.NAME, "Novákovi", "answer")
    assert one.sentence == "Radili jsme panu Novákovi s nájmem."
    assert one.field == "answer"


def test_the_words_around_are_shown():
    one = only("A" * 60 + " kolega Novák " + "B" * 60)
    assert one.excerpt == "…" + "A" * 32 + " kolega Novák " + "B" * 39 + "…"


@pytest.mark.parametrize(
    "same", ["Radil  Novák, s nájmem.", "radil Novák s nájmem!", "Jiná věta. Radil Novák s nájmem. A další."]
)
def test_the_same_find_of_a_sentence_has_the_same_key(same):
    assert only(same).key == only("Radil Novák s nájmem.").key


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Radil Novák s dluhem.", "answer"),
        ("Radil Novákovi s nájmem.", "answer"),
        ("Radil Novák s nájmem.", "lead"),
    ],
)
def test_another_sentence_form_or_field_is_another_find(text, field):
    assert only(text, field=field).key != only("Radil Novák s nájmem.").key


def test_the_same_word_twice_in_a_sentence_is_one_find_and_in_two_are_two():
    assert len(find({"answer": "Novák je Novák."}, NOVAK)) == 1
    assert len(find({"answer": "Přišel Novák. Odešel Novák."}, NOVAK)) == 2


def test_what_is_kept_is_open_no_more():
    finds = find({"answer": "Přišel Novák. Odešel Novák."}, NOVAK)
    assert open_finds(finds, {finds[0].key}) == [finds[1]]


def test_only_what_depends_on_who_is_known():
    text = {"answer": "Novák ze Lhoty píše na x@example.cz."}
    assert [one.found for one in find_people_of(text, NOVAK)] == ["Novák", "Lhoty"]


def test_a_known_name_is_not_asked_about_twice_nor_a_name_that_is_signed():
    assert [one.kind for one in find({"answer": "Pan Novák přišel."}, NOVAK)] == [Kind.NAME]
    signed = Known(signed=("Ing. Eva Malá",))
    assert find({"answer": "Zdraví Eva Malá"}, signed) == []
    assert [one.found for one in find({"answer": "Zdraví Eva Nová"}, signed)] == ["Eva Nová"]


@pytest.mark.parametrize(
    "words", ["476 448 111", "+420 476 448 111", "urad@most.example.cz", "URAD@most.example.cz"]
)
def test_what_the_portal_shows_of_an_office_is_no_find(words):
    MunicipalityFactory(office_email="urad@most.example.cz", office_phone="+420476448111")
    assert find({"answer": f"Úřad: {words}."}, Known()) == []


def test_the_centres_own_address_is_no_find():
    assert find({"answer": "Pište na socialni.bydleni@mpsv.cz."}, Known()) == []


def test_what_is_known_of_two_is_joined():
    joined = NOVAK | Known(names=("Eva Malá", "Jan Novák"), other_places=("Horní Lhota",))
    assert joined.names == ("Jan Novák", "Eva Malá")
    assert (joined.phones, joined.other_places) == (("777123456",), ("Horní Lhota",))
