from decimal import Decimal

import pytest
from django.utils import translation

from core.loading import Source, sources_of
from municipalities.models import Municipality
from municipalities.places import profile
from municipalities.places.profile import LocalText
from tests.factories.municipalities import MunicipalityFactory, ProgrammeFactFactory, ProgrammeFactory


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_several_sources_are_taken_apart():
    text = "https://www.brno.cz/a;b ; http://hf.example.org/x ; seed document"
    assert sources_of(text) == [
        Source("brno.cz", "https://www.brno.cz/a;b"),
        Source("hf.example.org", "http://hf.example.org/x"),
        Source("seed document"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("2017", '<time datetime="2017">2017</time>'),
        ("2017-03", '<time datetime="2017-03">March 2017</time>'),
        ("2017-03-01", '<time datetime="2017-03-01">1\u00a0March\u00a02017</time>'),
    ],
)
def test_a_date_shows_what_is_known_of_it(text, expected):
    assert profile.partial(text) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(None, ""), (Decimal("6000000.00"), "CZK 6,000,000"), (Decimal("694368.90"), "CZK 694,368.90")],
)
def test_money_shows_hellers_only_where_there_are_any(amount, expected):
    assert profile.money(amount) == expected


@pytest.mark.django_db
def test_a_text_of_the_other_language_is_marked_and_says_so():
    row = ProgrammeFactory(name_cs="Bydlení v obci", name_en=None)
    found = profile.local_text(row, "name")
    assert found == LocalText("Bydlení v obci", "cs")
    assert (
        profile.marked(found)
        == '<span lang="cs">Bydlení v obci</span> <span class="secondary">(in Czech)</span>'
    )


@pytest.mark.django_db
def test_what_is_not_known_has_no_value():
    page = profile.programme_page(ProgrammeFactory())
    assert {fact["value"] for fact in page["facts"]} == {""}
    assert (page["approaches"], page["groups"].text) == ([], "")
    assert {"Ended", "Total cost", "What they do", "Whom they help"} <= {
        one["term"] for one in page["unknown"]
    }


@pytest.mark.django_db
def test_zero_is_a_known_value():
    facts = profile.programme_page(ProgrammeFactory(flats_count=0))["facts"]
    assert [fact["value"] for fact in facts if fact["term"] == "Flats"] == ["0"]


@pytest.mark.django_db
def test_each_fact_stands_with_its_source():
    fact = ProgrammeFactFactory(source_en="https://a.example.org/ ; https://b.example.org/")
    (sentence,) = profile.programme_page(fact.programme)["sentences"]
    assert sentence["text"] == LocalText("The municipality has a flat.")
    assert [source.text for source in sentence["sources"]] == ["a.example.org", "b.example.org"]


@pytest.mark.django_db
def test_a_place_without_its_own_code_says_whose_it_is():
    row = MunicipalityFactory(lau2_code="554782", note_en="Code of Prague.", note_cs="Kód Prahy.")
    values = {fact["term"]: fact["value"] for fact in profile.place_facts(row)}
    assert values["LAU 2 code"] == '554782 <span class="d-block secondary">Code of Prague.</span>'
    assert values["Kind"] == ""


@pytest.mark.django_db
def test_each_municipality_says_which_one_has_extended_powers():
    seat = MunicipalityFactory(name="Bystřice nad Pernštejnem", slug="bystrice")
    village = MunicipalityFactory(served_by=seat)
    with translation.override("cs"):
        [fact] = [fact for fact in profile.place_facts(village) if "rozšířenou" in fact["term"]]
        assert fact["value"] == '<a href="/cs/municipalities/bystrice/">Bystřice nad Pernštejnem</a>'
        assert "Státní pokladny" in fact["source"]
        Municipality.objects.filter(pk=seat.pk).update(served_by=seat)
        own = profile.place_facts(Municipality.objects.get(pk=seat.pk))
        assert "Bystřice nad Pernštejnem" in [fact["value"] for fact in own]
        assert not any("rozšířenou" in fact["term"] for fact in profile.place_facts(MunicipalityFactory()))
