"""Values: read as typed, told to the public, entered, corrected, taken back, asked for by date."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core import audit
from core.forms.fields import PartialDate
from core.states import Conflict, Refused
from municipalities.choices import Unit
from municipalities.figures import loading, numbers, queries
from municipalities.figures.actions import values as actions
from municipalities.models import Indicator, IndicatorValue
from municipalities.timeline import queries as timeline
from tests.factories.accounts import UserFactory
from tests.factories.figures import IndicatorFactory, IndicatorValueFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
YEAR_END = PartialDate(date(2024, 12, 31), "day")
WORDS = {"source_cs": "https://www.example.org/"}


def enter(place: Any, indicator: Any, value: Any = 12, **changes: Any) -> IndicatorValue:
    given = {"date": YEAR_END, **WORDS, "by": UserFactory(), **changes}
    return actions.enter_value(place, indicator=indicator, value=Decimal(value), **given)


def correct(row: IndicatorValue, value: Any, **changes: Any) -> IndicatorValue:
    given = {"date": YEAR_END, **WORDS, "reason": "Překlep", "by": UserFactory(), **changes}
    return actions.correct_value(row, value=Decimal(value), **given)


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", "12"), (" 1\u00a0234,5 ", "1234.5"), ("0.25", "0.25"), ("-3", "-3"), ("dvanáct", None),
     ("1e3", None), ("٣", None), ("9" * 13, None), ("", None), ("1,2,3", None)],
)  # fmt: skip
def test_a_number_is_read_as_people_type_it(text, value):
    assert numbers.parsed(text) == (None if value is None else Decimal(value))


def test_a_value_is_written_with_the_places_it_has_and_small_counts_are_not_told():
    workers = Indicator(unit=Unit.WORKERS, places=2)
    people = Indicator(unit=Unit.PEOPLE, counts_people=True)

    assert numbers.shown(Decimal("2.50"), workers) == "2,5"
    assert numbers.typed(Decimal("1200.00"), people) == "1200"
    told = [
        numbers.display_value(IndicatorValue(indicator=people, value=Decimal(n)), to_public=True)
        for n in (0, 1, 4, 5)
    ]
    assert told == ["0", "méně než 5", "méně než 5", "5"]
    assert numbers.display_value(IndicatorValue(indicator=people, value=Decimal(4)), to_public=False) == "4"


class TestVerbs:
    def test_a_corrected_value_stays_for_whoever_asks_what_was_known_before(self):
        place, indicator = MunicipalityFactory(), IndicatorFactory()
        with time_machine.travel("2026-01-10 12:00"):
            first = enter(place, indicator, 21)
        with time_machine.travel("2026-03-01 12:00"):
            second = correct(first, 12)

        first.refresh_from_db()
        assert (first.superseded_reason_cs, second.replaces) == ("Překlep", first)
        asked = [
            place.values.known_at(queries.end_of(date(2026, *day))).values_list("value", flat=True).first()
            for day in ((1, 9), (1, 10), (2, 28), (3, 1))
        ]
        assert asked == [None, 21, 21, 12]
        assert queries.newest(place, until=date(2024, 12, 30)) == {}
        assert [row.pk for row in queries.chain_of(first)] == [second.pk, first.pk]
        assert [entry.verb for entry in audit.entries_of(second)] == ["figure.correct"]

    def test_a_value_taken_back_holds_no_longer_and_its_date_is_free_again(self):
        row = enter(MunicipalityFactory(), IndicatorFactory())

        actions.take_back_value(row, reason="Jiná obec", by=UserFactory())

        assert not IndicatorValue.objects.current().exists()
        assert IndicatorValue.objects.get().superseded_reason_cs == "Jiná obec"
        enter(row.municipality, row.indicator, 3)

    def test_what_cannot_be_right_is_refused_with_each_reason(self):
        place, housed = MunicipalityFactory(), IndicatorFactory(name_en="Housed")
        kept = IndicatorFactory(at_most=housed)
        enter(place, housed, 5)
        tomorrow = PartialDate(timezone.localdate() + timedelta(days=1), "day")

        with override("en"):
            attempts = {
                "cannot be more than 5": lambda: enter(place, kept, 6),
                "from zero up": lambda: enter(place, kept, -1),
                "whole number": lambda: enter(place, kept, "1.5"),
                "has not come yet": lambda: enter(place, kept, 1, date=tomorrow),
                "value for this date already": lambda: enter(place, housed, 5),
                "Your role": lambda: enter(place, kept, 1, by=UserFactory(official=True)),
                "Write why": lambda: correct(IndicatorValue.objects.get(), 4, reason=" "),
            }
            for words, attempt in attempts.items():
                with pytest.raises(Refused, match=words):
                    attempt()
        assert IndicatorValue.objects.count() == 1

    def test_of_two_who_correct_at_once_the_second_meets_the_first(self):
        row = enter(MunicipalityFactory(), IndicatorFactory())
        theirs = IndicatorValue.objects.get(pk=row.pk)
        correct(row, 13)

        with pytest.raises(Conflict):
            correct(theirs, 14, date=PartialDate(date(2023, 12, 31), "day"))
        assert IndicatorValue.objects.current().get().value == 13

    def test_the_address_of_a_source_is_the_same_in_both_languages(self):
        place, indicator = MunicipalityFactory(), IndicatorFactory()
        page, book = {"source_cs": "https://example.org"}, {"source_cs": "účetní závěrka"}
        assert enter(place, indicator, **page).source_en == "https://example.org"
        assert enter(place, IndicatorFactory(), **book).source_en == ""


class TestLoading:
    @pytest.fixture
    def data(self):
        MunicipalityFactory(slug="chomutov", pilot=True)
        read = loading.read()
        return {**read, "values": [row for row in read["values"] if row["municipality"] == "chomutov"]}

    def test_it_brings_ten_indicators_and_the_values_and_changes_nothing_again(self, data):
        assert loading.load(data).created == 15
        again = loading.load(data)

        assert (again.created, again.updated, again.unchanged) == (0, 0, 15)
        told = IndicatorValue.objects.filter(indicator__slug="flats").order_by("on")
        assert [(row.on.isoformat(), row.precision, row.value) for row in told] == [
            ("2019-03-01", "month", 12),
            ("2020-01-01", "month", 28),
            ("2023-03-01", "month", 34),
        ]
        assert all(row.source_cs and row.note_cs and row.note_en for row in IndicatorValue.objects.all())

    def test_planned_places_are_no_flats_and_a_project_page_is_marked(self):
        for slug in {row["municipality"] for row in loading.read()["values"]}:
            MunicipalityFactory(slug=slug)
        loading.load()

        flats = IndicatorValue.objects.filter(indicator__slug="flats")
        assert [row.value for row in flats.filter(municipality__slug="brno")] == [50]
        marked = IndicatorValue.objects.filter(is_of_project_page=True).order_by("municipality__slug")
        assert [(row.municipality.slug, row.indicator.slug, row.value) for row in marked] == [
            ("brno", "flats", 50),
            ("chomutov", "flats", 34),
            ("veselicko", "flats", 4),
        ]

    def test_what_a_person_corrected_or_took_back_or_renamed_stays(self, data):
        loading.load(data)
        corrected, taken = IndicatorValue.objects.order_by("pk")[:2]
        new = correct(corrected, 11, date=PartialDate(corrected.on, corrected.precision))
        actions.take_back_value(taken, reason="Nejasné", by=UserFactory())
        Indicator.objects.filter(slug="flats").update(name_cs="Byty jinak")

        loading.load(data)

        held = IndicatorValue.objects.current()
        assert held.filter(pk=new.pk).exists()
        assert not held.filter(indicator=taken.indicator, on=taken.on).exists()
        assert Indicator.objects.get(slug="flats").name_cs == "Byty jinak"

    def test_what_the_file_corrects_supersedes(self, data):
        loading.load(data)
        mended = [{**data["values"][0], "value": 13}, *data["values"][1:]]

        assert loading.load({**data, "values": mended}).updated == 1
        row = IndicatorValue.objects.get(value=13)
        assert row.replaces.superseded_reason_cs
        assert loading.load({**data, "values": mended}).updated == 0

    def test_every_shipped_value_belongs_to_a_known_municipality_and_indicator(self):
        data = loading.read()
        slugs = {row["slug"] for row in data["indicators"]}
        assert len(slugs) == 10
        for row in data["values"]:
            assert row["indicator"] in slugs
            assert row["source"].startswith("http")
            assert row["note"]["cs"]
            assert row["note"]["en"]


class TestPublic:
    def test_the_page_of_a_municipality_shows_the_newest_with_date_unit_and_source(self, client):
        place = MunicipalityFactory(pilot=True)
        people = IndicatorFactory(name_cs="Domácnosti", unit=Unit.HOUSEHOLDS, counts_people=True)
        IndicatorValueFactory(municipality=place, indicator=people, on=date(2018, 1, 1), value=90)
        IndicatorValueFactory(
            municipality=place, indicator=people, on=date(2019, 3, 1), precision="month", value=4
        )

        html = client.get(place.get_absolute_url()).content.decode()

        assert "méně než 5" in html
        assert "březen 2019" in html
        assert "https://www.example.org/figure" in html
        assert 'figure-number">90<' not in html

    def test_where_no_figure_is_known_none_is_shown(self):
        assert queries.of_municipality(MunicipalityFactory(pilot=True)) is None
        assert queries.of_municipality(MunicipalityFactory()) is None

    def test_the_history_shows_what_was_corrected_and_what_was_known_on_a_day(self, client):
        place, indicator = MunicipalityFactory(pilot=True), IndicatorFactory()
        with time_machine.travel("2026-01-10 12:00"):
            row = enter(place, indicator, 2100)
        with time_machine.travel("2026-03-01 12:00"):
            correct(row, 1200)
        url = reverse("municipality-figures", args=[place.slug])

        now = client.get(url).content.decode()
        then = client.get(f"{url}?known_on=2026-02-01").content.decode()
        before = client.get(f"{url}?known_on=2026-01-01").content.decode()

        assert "1\u00a0200" in now
        assert "2\u00a0100" in now
        assert "Opraveno" in now
        assert "Překlep" in now
        assert "<del>2\u00a0100</del>" in now
        assert "2\u00a0100" in then
        assert "<del>" not in then
        assert "1\u00a0200" not in then
        assert "Ten den portál žádné údaje neznal" in before
        assert client.get(f"{url}?known_on=3026-01-01").status_code == 200

    def test_they_are_taken_away_as_a_table_as_known_on_a_day(self, client):
        place, indicator = MunicipalityFactory(pilot=True), IndicatorFactory(counts_people=True)
        with time_machine.travel("2026-01-10 12:00"):
            row = enter(place, indicator, 3)
        with time_machine.travel("2026-03-01 12:00"):
            correct(row, 1200)
        url = reverse("municipality-figures-csv", args=[place.slug])

        def table(query=""):
            return b"".join(client.get(url + query).streaming_content).decode().splitlines()[1:]

        new, old = table()
        assert ";31. prosince 2024;1200;" in new
        assert ";méně než 5;" in old
        assert "Překlep" in old
        assert len(table("?known_on=2026-02-01")) == 1
        assert table("?known_on=2026-01-01") == []

    def test_its_cost_does_not_grow_with_the_values(self, client, django_assert_num_queries):
        place, indicator = MunicipalityFactory(pilot=True), IndicatorFactory()
        url = reverse("municipality-figures", args=[place.slug])
        for count in (1, 3):
            while place.values.count() < count:
                with time_machine.travel("2026-01-10 12:00"):
                    year = PartialDate(date(2020 + place.values.count(), 1, 1), "year")
                    row = enter(place, indicator, 5, date=year)
                correct(row, 6, date=year)
            with django_assert_num_queries(2):
                client.get(url)
            with django_assert_num_queries(3):
                queries.of_municipality(place)


class TestDesk:
    def test_a_consultant_enters_corrects_and_takes_back_in_the_browser(self, log_in):
        client, _user = log_in("consultant")
        place, indicator = MunicipalityFactory(), IndicatorFactory()
        words = {"date": "2019", "value": "1 200", "source_cs": "účetní závěrka"}

        client.post(reverse("desk-figure-new", args=[place.slug]), {**words, "indicator": indicator.pk})
        row = IndicatorValue.objects.get()
        assert (row.value, row.precision, row.on) == (1200, "year", date(2019, 1, 1))
        correction = {**words, "value": "1 300", "reason": "Chyběly dva domy"}
        client.post(reverse("desk-figure-correct", args=[place.slug, row.pk]), correction)
        new = IndicatorValue.objects.current().get()
        page = client.get(reverse("desk-figure", args=[place.slug, new.pk])).content.decode()
        assert "Chyběly dva domy" in page
        late = client.post(reverse("desk-figure-correct", args=[place.slug, row.pk]), correction)
        assert late.status_code == 409
        assert "Chyběly dva domy" in late.content.decode()
        assert 'value="1 300"' in late.content.decode()
        client.post(reverse("desk-figure-take-back", args=[place.slug, new.pk]), {"reason": "Omyl"})
        assert not IndicatorValue.objects.current().exists()

    def test_bad_input_stays_in_the_form_with_the_reason_beside_it(self, log_in):
        client, _user = log_in("consultant")
        place, indicator = MunicipalityFactory(), IndicatorFactory()
        words = {"indicator": indicator.pk, "date": "31. 2. 2019", "value": "asi dvacet", "source_cs": "x"}

        html = client.post(reverse("desk-figure-new", args=[place.slug]), words).content.decode()

        assert "Napište číslo" in html
        assert 'value="asi dvacet"' in html
        assert 'value="31. 2. 2019"' in html
        assert not IndicatorValue.objects.exists()


def test_the_timeline_tells_values_by_their_date_to_the_desk_and_to_the_places_own():
    membership = MembershipFactory()
    place = membership.municipality
    for year in (2019, 2020, 2021):
        IndicatorValueFactory(municipality=place, on=date(year, 1, 1), precision="year", value=3)
    now = timezone.now()

    told = timeline.entries(place, reader=membership.user, before=now, limit=2, kind="figures")

    assert [entry.when for entry in told] == ["2021", "2020"]
    assert told[0].title.endswith(": 3 byty")
    assert "example.org" in told[0].text
