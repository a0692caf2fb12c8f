"""The comparison: what stands in a cell, who sees it, and what it costs."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from municipalities.choices import Approach, Unit
from municipalities.models import Population
from tests.factories.figures import IndicatorFactory, IndicatorValueFactory
from tests.factories.municipalities import (
    MembershipFactory,
    MunicipalityFactory,
    ProgrammeFactory,
    RegionFactory,
)
from tests.reading import not_known

pytestmark = pytest.mark.django_db


def get(client, query="", name="comparison", language="en", status=200):
    with translation.override(language):
        address = reverse(name)
    response = client.get(f"{address}?{query}")
    assert response.status_code == status
    return response


def cells(client, query="", **options):
    """Return the texts of the first table, by municipality."""
    section = get(client, query, **options).context["comparison"].sections[0]
    with translation.override(options.get("language", "en")):
        return {line.municipality.name: [cell.text for cell in line.cells] for line in section.lines}


@pytest.fixture
def flats():
    return IndicatorFactory(slug="flats", name_cs="Byty", name_en="Flats")


@pytest.fixture
def housed():
    return IndicatorFactory(
        slug="housed", name_cs="Domácnosti", name_en="Households", unit=Unit.HOUSEHOLDS, counts_people=True
    )


@pytest.fixture
def brno():
    return MunicipalityFactory(name="Brno", slug="brno", pilot=True, population=380681, population_year=2019)


def value(place, indicator, year, number, **fields):
    return IndicatorValueFactory(
        municipality=place,
        indicator=indicator,
        on=fields.pop("on", date(year, 12, 31)),
        value=number,
        **fields,
    )


def test_the_newest_value_of_a_year_stands_there_and_unknown_is_no_zero(client, flats, brno):
    other = MunicipalityFactory(name="Chomutov", pilot=True)
    value(brno, flats, 2018, 5, on=date(2018, 3, 1))
    value(brno, flats, 2018, 9, on=date(2018, 11, 1))
    value(other, flats, 2019, 0)
    assert cells(client) == {"Brno": ["9", "–"], "Chomutov": ["–", "0"]}
    assert "It is not a zero." in get(client).content.decode()


def test_names_stand_in_czech_order(client, flats):
    for name in ("Zlín", "Čáslav", "Cheb", "Chomutov", "Hodonín", "Cvikov"):
        value(MunicipalityFactory(name=name, pilot=True), flats, 2019, 1)
    assert list(cells(client)) == ["Cvikov", "Čáslav", "Hodonín", "Cheb", "Chomutov", "Zlín"]


def test_small_numbers_are_hidden_from_the_public_everywhere(client, housed):
    tiny = MunicipalityFactory(name="Vír", slug="vir", pilot=True, population=1000)
    big = MunicipalityFactory(name="Most", slug="most", pilot=True, population=1000)
    value(tiny, housed, 2019, 3, source_cs="Tři domácnosti", source_en="Three households")
    value(big, housed, 2019, 8)
    for query in ("indicator=housed", "indicator=housed&per=1000", "indicator=housed&per=1000&sort=-2019"):
        assert cells(client, query)["Vír"] == ["fewer than 5"]
        html = get(client, query).content.decode()
        assert "Three households" not in html
        assert not re.search(r">\s*3(\.00)?\s*[<(]", html)
        text = b"".join(get(client, query, "comparison-csv").streaming_content).decode()
        assert "fewer than 5" in text
        assert "Three households" not in text
        assert ";3" not in text
        book = load_workbook(BytesIO(get(client, query, "comparison-xlsx").content))
        shown = {row[0]: row[8] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
        assert shown["Vír"] == "fewer than 5"
        assert shown["Most"] == 8


def test_hidden_numbers_cannot_be_told_by_their_order(client, housed):
    for name, number in (("A", 4), ("B", 1), ("C", 3), ("D", 7), ("E", 0)):
        value(MunicipalityFactory(name=name, pilot=True), housed, 2019, number)
    assert "".join(cells(client, "sort=2019")) == "ABCED"
    assert "".join(cells(client, "sort=-2019")) == "DABCE"


def test_the_desk_sees_small_numbers_marked_and_no_cache_keeps_them(client, log_in, housed, brno):
    value(brno, housed, 2019, 3)
    desk, _user = log_in("consultant")
    response = get(desk)
    assert "3" in cells(desk)["Brno"][0]
    assert "fewer than five: not shown to the public" in response.content.decode()
    assert (
        "fewer than five: not shown to the public"
        in b"".join(get(desk, name="comparison-csv").streaming_content).decode()
    )
    for answer in (
        response,
        get(client),
        get(desk, name="comparison-xlsx"),
        get(desk, name="comparison-csv"),
    ):
        assert answer["Cache-Control"] == "no-store, private"
        assert "Cookie" in answer["Vary"]
    assert cells(client)["Brno"] == ["fewer than 5"]


def test_an_official_sees_the_small_numbers_of_their_own_municipality_only(client, housed, brno):
    other = MunicipalityFactory(name="Most", pilot=True)
    value(brno, housed, 2019, 3)
    value(other, housed, 2019, 2)
    client.force_login(MembershipFactory(municipality=brno).user)
    assert cells(client) == {"Brno": ["3"], "Most": ["fewer than 5"]}


def test_a_figure_of_a_project_page_says_so_beside_its_footnote(client, flats, brno):
    most = MunicipalityFactory(name="Most", pilot=True)
    value(brno, flats, 2019, 50, is_of_project_page=True)
    value(most, flats, 2019, 8)
    told = "source: only the page of the project"
    page = get(client).content.decode()
    assert re.search(rf'>1</a></sup>\s*<small class="d-block">{told}</small>', page)
    assert page.count(told) == 1
    table = b"".join(get(client, name="comparison-csv").streaming_content).decode()
    assert [line.split(";")[0] for line in table.splitlines() if told in line] == ["Brno"]


def test_zero_and_what_counts_no_people_is_not_hidden(client, flats, housed, brno):
    value(brno, housed, 2019, 0)
    value(brno, flats, 2019, 2)
    assert cells(client, "indicator=housed") == {"Brno": ["0"]}
    assert cells(client, "indicator=flats") == {"Brno": ["2"]}


def test_values_for_each_thousand_say_by_which_inhabitants(client, flats, brno):
    Population.objects.create(municipality=brno, year=2015, value=377000)
    Population.objects.create(municipality=brno, year=2019, value=380681)
    value(brno, flats, 2016, 377)
    value(brno, flats, 2020, 115)
    assert cells(client, "per=1000") == {"Brno": ["1.00", "0.30"]}
    line = get(client, "per=1000").context["comparison"].sections[0].lines[0]
    assert [(people.year, people.value) for people in line.divided_by] == [(2015, 377000), (2019, 380681)]


def test_a_cost_is_not_divided_and_an_unknown_population_gives_no_number(client, flats, brno):
    cost = IndicatorFactory(slug="cost", unit=Unit.CROWNS, per_inhabitants=False)
    empty = MunicipalityFactory(name="Nikde", pilot=True, population=None, population_year=None)
    value(brno, cost, 2019, 90000)
    value(empty, flats, 2019, 3)
    assert cells(client, "per=1000&indicator=cost")["Brno"] == ["90,000"]
    assert (
        "This figure is not divided by inhabitants."
        in get(client, "per=1000&indicator=cost").content.decode()
    )
    assert cells(client, "per=1000&indicator=flats")["Nikde"] == ["–"]


def test_a_corrected_value_stands_there_for_the_day_it_was_known_on(client, flats, brno):
    entered = datetime(2020, 3, 5, 22, 30, tzinfo=UTC)
    corrected = datetime(2021, 6, 1, 12, tzinfo=UTC)
    old = value(brno, flats, 2019, 12, entered_at=entered, superseded_at=corrected)
    value(brno, flats, 2019, 21, entered_at=corrected, replaces=old)
    assert cells(client)["Brno"] == ["21"]
    # 22.30 UTC is half an hour before midnight in Prague: the whole day counts.
    assert cells(client, "known=2020-03-05")["Brno"] == ["12"]
    assert cells(client, "known=2021-06-01")["Brno"] == ["21"]
    assert cells(client, "known=2020-03-04&since=2019&until=2019")["Brno"] == []
    assert cells(client, "known=9999-12-31")["Brno"] == ["21"]


def test_municipalities_are_chosen_by_filters_and_by_name(client, flats, brno):
    south = RegionFactory(nuts3="CZ031", slug="jihocesky-kraj", name_cs="Jihočeský kraj", name_en="South")
    vir = MunicipalityFactory(name="Vír", pilot=True, population=700, region=south)
    MunicipalityFactory(name="Lhota", slug="lhota")
    ProgrammeFactory(municipality=vir, approaches=[Approach.SOCIAL_WORK])
    for query, names in {
        "": ["Brno", "Vír"],
        "approach=social_work": ["Vír"],
        "size=from-100000": ["Brno"],
        "region=jihocesky-kraj": ["Vír"],
        "region=jihocesky-kraj&place=lhota": ["Lhota", "Vír"],
        "alone=on&place=lhota&place=lhota&place=%00&place=nowhere": ["Lhota"],
        "region=nowhere&size=x&approach=x&since=abc": ["Brno", "Vír"],
        "alone=on": [],
    }.items():
        assert [row.name for row in get(client, query).context["comparison"].municipalities] == names
    assert "No municipality fits" in get(client, "alone=on").content.decode()


def test_the_address_is_tidy_and_takes_up_what_is_added(client, flats, brno):
    MunicipalityFactory(name="Lhota", slug="lhota")
    response = get(client, "indicator=flats&since=&until=&per=&known=&add=Lhota&place=brno", status=302)
    assert response["Location"] == "/en/municipalities/compare/?indicator=flats&place=brno&place=lhota"


def test_a_name_that_is_not_clear_is_asked_back(client, flats, brno):
    for number in (1, 2):
        MunicipalityFactory(name="Veselíčko", slug=f"veselicko-{number}", code=f"52042{number}")
    html = get(client, "add=Veselíčko").content.decode()
    assert "Which one do you mean?" in html
    assert 'value="520421"' in html
    assert "We do not know a municipality of this name" in get(client, "add=qqqq").content.decode()


def test_wrong_years_are_explained_and_left_out(client, flats, brno):
    value(brno, flats, 2019, 7)
    html = get(client, "since=2020&until=2018").content.decode()
    assert "The last year is before the first one." in html
    assert cells(client, "since=0&until=99999999999999")["Brno"] == ["7"]
    assert cells(client, "indicator=nothing&sort=password")["Brno"] == ["7"]


def test_more_years_than_fit_are_cut_and_said(client, flats, brno):
    value(brno, flats, 2018, 115)
    response = get(client, "since=2000&until=2025")
    assert response.context["comparison"].asked_years == list(range(2016, 2026))
    assert "Ten years fit side by side." in response.content.decode()


def test_each_indicator_shows_its_own_newest_years(client, flats, housed, brno):
    value(brno, flats, 2018, 115)
    for year in range(2019, 2025):
        value(brno, housed, year, year)
    response = get(client, "indicator=flats&indicator=housed&sort=2018")
    shown = {section.indicator.slug: section for section in response.context["comparison"].sections}
    assert shown["flats"].years == [2018]
    assert shown["housed"].years == [2020, 2021, 2022, 2023, 2024]
    assert (shown["flats"].has_older, shown["housed"].has_older) == (False, True)
    assert response.content.decode().count("Older values are known, too") == 1


def test_one_number_of_inhabitants_is_no_range(client, flats, brno):
    assert "<span>380,681 inhabitants</span>" in get(client).content.decode()
    MunicipalityFactory(name="Most", pilot=True, population=10, population_year=2019)
    assert "from 10 to 380,681 inhabitants" in get(client).content.decode()


def test_the_newest_value_of_each_municipality_is_among_the_years(client, flats, brno):
    value(brno, flats, 2017, 100)
    value(brno, flats, 2018, 115)
    other = MunicipalityFactory(name="Most", pilot=True)
    for year in range(2019, 2025):
        value(other, flats, year, year)
    (section,) = get(client).context["comparison"].sections
    assert section.years == [2018, 2020, 2021, 2022, 2023, 2024]
    assert section.has_older


def test_who_has_no_value_in_these_years_is_counted_and_has_no_row(client, flats, brno):
    for name in "ABCDEF":
        value(MunicipalityFactory(name=name, pilot=True), flats, 2023, 1)
    value(brno, flats, 2018, 115)
    response = get(client, "since=2022")
    html = response.content.decode()
    assert "1 municipality has no value." in html
    assert "Brno</a></th>" not in html
    [section] = response.context["comparison"].sections
    assert len(section.chart.groups) == 6
    assert "has no value" not in get(client).content.decode()


def test_years_without_a_value_are_no_columns(client, flats, brno):
    value(brno, flats, 2018, 115)
    [section] = get(client, "since=2015&until=2020").context["comparison"].sections
    assert section.years == [2018]


def test_two_values_are_no_chart(client, flats, brno):
    value(brno, flats, 2018, 115)
    value(brno, flats, 2019, 120)
    assert "<svg height" not in get(client).content.decode()
    value(brno, flats, 2020, 130)
    assert "<svg height" in get(client).content.decode()


def test_an_indicator_without_values_is_said_once(client, flats, housed, brno):
    value(brno, flats, 2018, 115)
    html = get(client, "indicator=flats&indicator=housed").content.decode()
    assert not_known(html) == [housed.name]
    assert 'id="of-housed"' not in html


def test_columns_sort_and_the_unknown_stay_last(client, flats, brno):
    value(brno, flats, 2019, 5)
    value(MunicipalityFactory(name="Most", pilot=True, population=10), flats, 2019, 50)
    MunicipalityFactory(name="Aš", pilot=True, population=20)
    assert list(cells(client, "sort=2019")) == ["Brno", "Most", "Aš"]
    assert list(cells(client, "sort=-2019")) == ["Most", "Brno", "Aš"]
    assert list(cells(client, "sort=-name")) == ["Most", "Brno", "Aš"]
    assert list(cells(client, "sort=inhabitants")) == ["Most", "Aš", "Brno"]


def test_each_value_leads_to_its_source(client, flats, brno):
    value(brno, flats, 2018, 5, source_en="https://a.example/x ; https://b.example/y")
    value(brno, flats, 2019, 6, source_en="https://a.example/x ; https://b.example/y")
    html = get(client).content.decode()
    assert html.count('href="#source-1"') == 2
    assert html.count('id="source-1"') == 1
    assert 'href="https://b.example/y"' in html


def test_without_values_and_without_indicators_the_page_says_so(client, brno):
    assert "Nothing is measured yet" in get(client).content.decode()
    IndicatorFactory()
    assert "for these years" in get(client).content.decode()


def test_the_files_hold_what_the_page_shows(client, flats, brno):
    flats.definition_en = "=HYPERLINK(1)"
    flats.save()
    value(brno, flats, 2018, Decimal("12.00"), on=date(2018, 3, 1), precision="month", source_en="=cmd")
    value(brno, flats, 2019, 30)
    text = b"".join(get(client, name="comparison-csv").streaming_content).decode()
    lines = text.splitlines()
    assert len(lines) == 3
    assert lines[1].startswith(
        f"Brno;{brno.code};Olomouc Region;380681;2019;2018;Flats;flats;12;2018-03;'=cmd;"
    )
    book = load_workbook(BytesIO(get(client, name="comparison-xlsx").content))
    first = [cell.value for cell in book.worksheets[0][2]]
    assert first[:11] == [
        "Brno", brno.code, "Olomouc Region", 380681, 2019, 2018, "Flats", "flats", 12, "2018-03", "'=cmd",
    ]  # fmt: skip
    assert book.worksheets[0][3][9].value.date() == date(2019, 12, 31)
    assert book.worksheets[1][2][2].value == "'=HYPERLINK(1)"


QUERIES = 5


@pytest.mark.parametrize(("places", "years", "indicators"), [(1, 1, 1), (16, 5, 10)])
def test_the_page_costs_the_same_whatever_is_compared(
    client, django_assert_num_queries, places, years, indicators
):
    fill(places, years, indicators)
    query = "&".join(f"indicator=i{number}" for number in range(indicators))
    with django_assert_num_queries(QUERIES):
        response = get(client, f"{query}&per=1000&since=2016&until={2015 + years}")
    sections = response.context["comparison"].sections
    assert (
        sum(len(line.cells) for section in sections for line in section.lines) == places * years * indicators
    )


def fill(places, years, indicators):
    rows = [IndicatorFactory(slug=f"i{number}") for number in range(indicators)]
    for place in MunicipalityFactory.create_batch(places, pilot=True):
        for year in range(2016, 2016 + years):
            Population.objects.create(municipality=place, year=year, value=1000 + year)
            for indicator in rows:
                value(place, indicator, year, 10 + year % 7)


def test_what_is_shown_because_nobody_chose_is_no_filter_to_take_away(client, flats):
    removes = "Remove the filter"
    assert removes not in get(client).content.decode()
    assert removes in get(client, "indicator=flats").content.decode()
