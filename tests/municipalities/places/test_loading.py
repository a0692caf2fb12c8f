from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from core import search
from core.loading import Report
from municipalities.choices import EXPLAINED, Approach
from municipalities.models import Municipality, Population, Programme, ProgrammeFact, Region
from municipalities.places import loading
from municipalities.programmes.actions import office, programmes
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory

DATA = loading.read()
PILOTS = [pytest.param(pilot, id=pilot["slug"]) for pilot in DATA.pilots]
NOTES = (
    "start_note", "end_note", "total_cost_note", "own_share_note", "flats_note", "concept_note", "unverified",
)  # fmt: skip
AMOUNTS = ("total_cost_czk", "grant_czk", "eu_grant_czk", "national_public_czk", "own_share_czk")


def few() -> loading.Data:
    """Return the data with the pilots' rows of the register and three more."""
    codes = {pilot["lau2_code"] for pilot in DATA.pilots} | {"549975", "500011", "500020"}
    return replace(DATA, register=[row for row in DATA.register if row["lau2_code"] in codes])


@pytest.fixture(scope="class")
def report(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield loading.load()
        search.PublicEntry.objects.filter(kind="municipality").delete()
        for model in (ProgrammeFact, Programme, Population, Municipality, Region):
            model.objects.all().delete()


class TestAll:
    """The whole register, loaded once."""

    @pytest.fixture(autouse=True)
    def _loaded(self, report, db):
        return

    def test_the_register_and_the_two_districts_are_there(self, report):
        assert Municipality.objects.count() == 6260
        assert Municipality.objects.pilots().count() == 16
        assert Region.objects.count() == 14
        assert Population.objects.count() == 3 * 6258
        assert report == Report(created=6260 + 14 + 3 * 6258 + 16 + ProgrammeFact.objects.count())

    def test_loading_again_writes_nothing(self, report):
        with CaptureQueriesContext(connection) as queries:
            again = loading.load()
        assert again == Report(unchanged=report.created)
        assert [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []

    def test_slugs_are_unique_and_tell_namesakes_apart(self):
        slugs = Municipality.objects.in_bulk(["520420", "549975", "554782"], field_name="code")
        assert {code: row.slug for code, row in slugs.items()} == {
            "520420": "veselicko",
            "549975": "veselicko-pisek",
            "554782": "praha",
        }
        assert Municipality.objects.filter(name="Nová Ves", slug="nova-ves").count() == 0
        assert all(slug.endswith(code) for slug, code in self._twins())

    def _twins(self):
        return Municipality.objects.filter(name="Březina", district="Brno-venkov").values_list("slug", "code")

    def test_the_capital_is_found_by_its_english_name(self):
        assert "554782" in {row.code for row in Municipality.objects.named("prague")}
        assert any(hit.url.endswith("/praha/") for hit in search.find("Prague", scope=search.PUBLIC).hits)

    def test_two_prague_districts_share_the_code_of_prague(self):
        rows = Municipality.objects.filter(lau2_code="554782").order_by("code")
        assert [(row.code, row.name, row.is_pilot) for row in rows] == [
            ("500186", "Praha 7", True),
            ("547361", "Praha 14", True),
            ("554782", "Praha", False),
        ]

    def test_only_the_veselicko_of_prerov_is_a_pilot(self):
        rows = Municipality.objects.filter(name="Veselíčko").order_by("code")
        assert [(row.code, row.district, row.is_pilot) for row in rows] == [
            ("520420", "Přerov", True),
            ("549975", "Písek", False),
        ]

    def test_the_newest_figure_stands_on_the_municipality(self):
        prague = Municipality.objects.get(code="554782")
        assert (prague.population, prague.population_year) == (1384732, 2024)

    @pytest.mark.parametrize("pilot", PILOTS)
    def test_a_pilot_is_as_the_data_have_it(self, pilot):
        row = Municipality.objects.select_related("region").get(slug=pilot["slug"])
        assert row.is_pilot
        assert row.code == (pilot["city_district_code"] or pilot["lau2_code"])
        same = {"lau2_code": "lau2_code", "name": "name", "kind": "kind", "district": "district_cs"}
        same |= {"district_code": "district_code"}
        assert {name: getattr(row, name) for name in same} == {name: pilot[key] for name, key in same.items()}
        assert (row.region.nuts3, row.region.name_cs, row.region.name_en) == (
            pilot["nuts3"],
            pilot["region_cs"],
            pilot["region_en"],
        )
        assert (row.name_en or None, row.orp or None) == (pilot["name_en"], pilot["orp"])
        assert (row.latitude, row.longitude) == (
            Decimal(str(pilot["latitude"])),
            Decimal(str(pilot["longitude"])),
        )
        assert (row.website, row.source) == (pilot["website"], pilot["source"])
        assert row.sources_en["website"] == pilot["website_source"]
        assert (row.note_en or None) == (pilot.get("disambiguation") or pilot.get("lau2_note"))
        if pilot["city_district_code"]:
            assert row.sources_en["code"] == pilot["city_district_code_source"]

    @pytest.mark.parametrize("pilot", PILOTS)
    def test_its_population_is_as_the_data_have_it(self, pilot):
        row = Municipality.objects.get(slug=pilot["slug"])
        known = dict(row.populations.values_list("year", "value"))
        assert known.get(2018) == pilot["population_2018"]
        assert known.get(2019) == pilot["population_2019"]
        assert row.population == known.get(2024)

    @pytest.mark.parametrize("pilot", PILOTS)
    def test_its_programme_is_as_the_data_have_it(self, pilot):
        row, found = Programme.objects.get(municipality__slug=pilot["slug"]), pilot["programme"]
        assert (row.name_cs or row.name_en or None) in (
            found["name"],
            loading.SHIPPED.texts.get(found["name"]),
        )
        assert (row.concept_title_en or row.concept_title_cs or None) == found["concept_title"]
        assert (row.registration_number or None) == found["registration_number"]
        assert (row.start, row.end) == (found["start"] or "", found["end"] or "")
        assert (row.concept_approved or None) == found["concept_approved"]
        assert {name: getattr(row, name) for name in AMOUNTS} == {
            name: None if found.get(name) is None else Decimal(str(found[name])) for name in AMOUNTS
        }
        assert row.approaches == found["approaches"]
        assert row.target_groups_en == found["target_groups"]
        assert (row.flats_count, row.households_supported) == (
            found["flats_count"],
            found["households_supported"],
        )
        notes = {
            "start_note": found.get("start_note"),
            "end_note": found.get("end_note"),
            "total_cost_note": found.get("total_cost_note"),
            "own_share_note": found.get("own_share_note"),
            "flats_note": found["flats_note"],
            "concept_note": found.get("concept_note"),
            "unverified": pilot.get("unverified"),
        }
        assert {name: getattr(row, f"{name}_en") or None for name in notes} == notes
        assert row.source == pilot["source"]

    @pytest.mark.parametrize("pilot", PILOTS)
    def test_its_facts_are_as_the_data_have_them(self, pilot):
        facts = ProgrammeFact.objects.filter(programme__municipality__slug=pilot["slug"])
        assert [(fact.text_en, fact.source_en) for fact in facts] == [
            (fact["text"], fact["source"]) for fact in pilot["programme"]["facts"]
        ]

    @pytest.mark.parametrize("pilot", PILOTS)
    def test_nothing_of_it_is_without_a_czech_text(self, pilot):
        row = Programme.objects.get(municipality__slug=pilot["slug"])
        for name in NOTES:
            assert bool(getattr(row, f"{name}_cs")) == bool(getattr(row, f"{name}_en")), name
        assert all(fact.text_cs and fact.text_cs != fact.text_en for fact in row.facts.all())
        assert [loading.SHIPPED.texts[group] for group in row.target_groups_en] == row.target_groups_cs

    def test_search_finds_a_pilot_by_what_it_did_and_a_village_by_its_name(self):
        assert "Brno" in [hit.title for hit in search.find("SozialMarie", scope="public").hits]
        first = search.find("veselicko", scope="public", kinds=["municipality"]).hits[0]
        assert (first.title, first.lead) == ("Veselíčko", "Přerov, Olomoucký kraj")


@pytest.mark.django_db
def test_what_changed_is_written_and_told():
    data = few()
    loading.load(data)
    changed = [
        {**row, "population_2024": "5000"} if row["lau2_code"] == "500011" else row for row in data.register
    ]
    assert loading.load(replace(data, register=changed)).updated == 2
    assert Municipality.objects.get(code="500011").population == 5000


@pytest.mark.django_db
def test_a_fact_that_is_gone_from_the_data_goes():
    data = few()
    loading.load(data)
    before = ProgrammeFact.objects.filter(programme__municipality__slug="vir").count()
    pilots = [
        {**pilot, "programme": {**pilot["programme"], "facts": []}} if pilot["slug"] == "vir" else pilot
        for pilot in data.pilots
    ]
    assert loading.load(replace(data, pilots=pilots)).updated == before == 1
    assert not ProgrammeFact.objects.filter(programme__municipality__slug="vir").exists()


@pytest.mark.django_db
def test_loading_keeps_what_people_added():
    loading.load(few())
    membership = MembershipFactory(municipality=Municipality.objects.get(slug="brno"))
    loading.load(few())
    membership.refresh_from_db()
    assert membership.municipality.slug == "brno"


@pytest.mark.django_db
def test_a_programme_that_a_person_changed_is_left_alone_with_its_facts():
    loading.load(few())
    row = Programme.objects.select_related("municipality").get(municipality__slug="brno")
    programmes.edit(row, words={"name_cs": "Vlastní název"}, version=1, by=UserFactory())
    row.facts.filter(position=1).update(text_cs="Vlastní věta")
    pilots = [
        {**pilot, "programme": {**pilot["programme"], "registration_number": "X", "facts": []}}
        for pilot in DATA.pilots
        if pilot["slug"] in ("brno", "vir")
    ]
    loading.load(replace(few(), pilots=pilots))
    row.refresh_from_db()
    assert (row.name_cs, row.registration_number, row.facts.count()) == ("Vlastní název", "", 7)
    assert row.facts.first().text_cs == "Vlastní věta"
    assert Programme.objects.get(municipality__slug="vir").registration_number == "X"


@pytest.mark.django_db
def test_a_website_that_the_municipality_gave_stays():
    loading.load(few())
    row = Municipality.objects.get(slug="vir")
    words = {"email": "", "phone": "", "note": "", "website": "https://novy.vir.example"}
    office.change_office(row, **words, seen=None, by=UserFactory())
    assert loading.load(few()).updated == 0
    row.refresh_from_db()
    assert (row.website, "website" in row.sources_cs) == ("https://novy.vir.example", False)


def test_every_approach_of_the_data_is_known_with_its_sentence():
    translation.activate("en")
    assert {str(key): str(text) for key, text in EXPLAINED.items()} == loading.SHIPPED.records["meta"][
        "approach_tags"
    ]
    used = {key for pilot in DATA.pilots for key in pilot["programme"]["approaches"]}
    assert used <= set(Approach.values)


def test_every_translation_is_of_a_text_in_the_data():
    texts = (loading.DATA / "municipalities.yaml").read_text(encoding="utf-8")
    assert [english for english in loading.SHIPPED.texts if english not in texts] == []


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["mayor", "programme"])
def test_a_key_that_nobody_loads_stops_the_loading(key):
    unknown = {"mayor": "?", "programme": {**DATA.pilots[0]["programme"], "mayor": "?"}}
    pilots = [{**DATA.pilots[0], key: unknown[key]}, *DATA.pilots[1:]]
    with pytest.raises(ValueError, match="mayor"):
        loading.load(replace(few(), pilots=pilots))
