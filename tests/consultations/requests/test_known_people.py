"""What in a summary's text could tell who asked."""

from datetime import date

import pytest

from consultations.models import Participant, SummaryOrigin
from consultations.summaries.queries import finds_in_summary
from core.detector.finds import Kind
from core.documents import markdown
from municipalities.places.small_places import small_places_in
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    ContactFactory,
    PersonFactory,
    SummaryEditionFactory,
    SupportRequestFactory,
)
from tests.factories.law import cite
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db


def edition_with(request=None, **texts):
    """Return a draft with some texts, linked to a request."""
    if "answer_cs" in texts:
        texts["answer_html_cs"] = markdown.render(texts["answer_cs"])
    edition = SummaryEditionFactory(**texts)
    SummaryOrigin.objects.create(
        summary=edition.document, request=request or SupportRequestFactory(answered=True)
    )
    return edition


def seen(edition):
    """Return kind, words and field of each find."""
    return [(hit.kind, hit.found, hit.field) for hit in finds_in_summary(edition)]


def test_an_ordinary_text_holds_nothing():
    assert seen(edition_with()) == []


@pytest.mark.parametrize(
    "field",
    [
        "question_cs",
        "question_en",
        "short_answer_cs",
        "short_answer_en",
        "answer_cs",
        "answer_en",
        "change_note_en",
    ],
)
def test_the_requester_is_found_in_each_text_in_any_ending(field):
    assert seen(edition_with(**{field: "Radili jsme paní Novákové."})) == [(Kind.NAME, "Novákové", field)]


def test_a_provision_is_read_too():
    edition = edition_with()
    cite(edition, "Rozsudek ve věci Nováková", date(2026, 1, 1))
    assert seen(edition) == [(Kind.NAME, "Nováková", "provision_0_citation")]


def test_a_name_broken_by_marks_or_invisible_signs_is_found():
    edition = edition_with(answer_cs="Pro Nov**ákov**ou a Nová\u200bkovi.")
    assert [found for _kind, found, _field in seen(edition)] == ["Novákovou", "Novákovi"]


def test_everybody_on_the_request_is_looked_for():
    request = SupportRequestFactory(
        official=True,
        answered=True,
        requester__name="Ing. Karel Šebek",
        requester__user=UserFactory(name="Ota Vávra"),
    )
    Participant.objects.create(request=request, person=PersonFactory(name="Blanka Dvořáčková"))
    ContactFactory(request=request, person=PersonFactory(name="Jiří Krejčí"))
    request.created_by.name = "Olga Hájková"
    request.created_by.save()
    words = [
        "Karla",
        "Šebka",
        "Blance",
        "Dvořáčkové",
        "Jiřímu",
        "Krejčímu",
        "Olze",
        "Hájkové",
        "Otou",
        "Vávrou",
    ]
    edition = edition_with(request, short_answer_cs=" ".join(words))
    assert [found for _kind, found, _field in seen(edition)] == words


def test_nobody_else_is_known():
    SupportRequestFactory(requester__name="Petr Němec")
    edition = edition_with(short_answer_cs="Němce se to netýká, Petra Němce také ne.")
    assert seen(edition) == [(Kind.PERSON, "Petra Němce", "short_answer_cs")]


def test_the_phone_of_the_requester_is_found_however_it_is_spaced():
    request = SupportRequestFactory(answered=True, requester__phone="+420777123456")
    assert seen(edition_with(request, short_answer_cs="Tel. 77 71 23 45 6")) == [
        (Kind.PHONE, "77 71 23 45 6", "short_answer_cs")
    ]


def test_the_address_of_a_link_is_read():
    edition = edition_with(answer_cs="[pište](mailto:jana.x@obec.example.cz)")
    assert (Kind.EMAIL, "jana.x@obec.example.cz", "answer_cs") in seen(edition)


@pytest.mark.parametrize(("population", "is_found"), [(400, True), (4999, True), (None, True), (5000, False)])
def test_a_small_municipality_of_the_request_is_found_in_any_ending(population, is_found):
    place = MunicipalityFactory(name="Velké Losiny", population=population)
    request = SupportRequestFactory(answered=True, municipality=place)
    found = seen(edition_with(request, short_answer_cs="Ve Velkých Losinách je byt."))
    assert found == ([(Kind.PLACE, "Velkých Losinách", "short_answer_cs")] if is_found else [])


def test_another_small_municipality_is_only_a_warning():
    MunicipalityFactory(name="Kladruby", search_name="kladruby", population=600)
    MunicipalityFactory(name="Ostrava", search_name="ostrava", population=280000)
    edition = edition_with(short_answer_cs="Podobně to dělají v Kladrubech a v Ostravě.")
    assert seen(edition) == []
    assert small_places_in(edition.all_texts().values()) == ["Kladruby"]


def test_a_longer_name_is_another_place():
    MunicipalityFactory(name="Horní Lhota", population=9)
    place = MunicipalityFactory(name="Lhota", population=9)
    request = SupportRequestFactory(answered=True, municipality=place)
    edition = edition_with(request, short_answer_cs="V Horní Lhotě to jde, ve Lhotě ne.")
    assert [found for _kind, found, _field in seen(edition)] == ["Lhotě"]


def test_the_words_around_a_find_are_shown():
    edition = edition_with(short_answer_cs="A" * 60 + " paní Nováková " + "B" * 60)
    [hit] = finds_in_summary(edition)
    assert hit.excerpt == "…" + "A" * 34 + " paní Nováková " + "B" * 39 + "…"
    assert hit.field == "short_answer_cs"


def test_the_cost_does_not_grow_with_the_people(django_assert_num_queries):
    request = SupportRequestFactory(answered=True)
    for name in ("Jan Malý", "Eva Malá", "Ota Velký"):
        Participant.objects.create(request=request, person=PersonFactory(name=name))
    edition = edition_with(request)
    with django_assert_num_queries(5):
        finds_in_summary(edition)


def test_texts_are_looked_through_in_the_order_of_the_form():
    names = ["question", "short_answer", "answer", "change_note"]
    assert list(SummaryEditionFactory().all_texts()) == [
        f"{name}_{code}" for code in ("cs", "en") for name in names
    ]
