from datetime import date

import pytest
from django.utils import timezone, translation

from core import search
from core.audit.terms import merge
from core.loading import Report, Shipped, partial
from studies.choices import Language, PlanState, Tie
from studies.models import Audience, Material
from studies.pages.filters import KINDS
from studies.plan import loading
from tests.factories.accounts import UserFactory

RECORDS = loading.SHIPPED.records
CZECH = loading.SHIPPED.texts
MATERIALS = [pytest.param(record, id=record["slug"]) for record in RECORDS["materials"]]


@pytest.fixture
def report(db):
    return loading.load()


def changed(**materials):
    """Return the shipped records with some values of the first material changed."""
    shipped = Shipped(loading.DATA / "materials.yaml", loading.DATA / "materials_cs.yaml")
    shipped.records["materials"][0].update(materials)
    return shipped


def assert_both(row, name, text):
    assert getattr(row, f"{name}_en") == (text or "")
    assert getattr(row, f"{name}_cs") == (CZECH[text] if text else "")


def assert_both_lists(row, name, texts):
    assert getattr(row, f"{name}_en") == texts
    assert getattr(row, f"{name}_cs") == [CZECH[text] for text in texts]


def test_all_records_are_there(report):
    assert Material.objects.count() == RECORDS["meta"]["claimed_total"] == 13
    assert list(Material.objects.order_by("place").values_list("place", flat=True)) == list(range(1, 14))
    assert Material.objects.filter(tie=Tie.CONFIRMED).count() == RECORDS["meta"]["found_confirmed"] == 6
    assert Material.objects.filter(tie=Tie.PROBABLE).count() == RECORDS["meta"]["found_probable"] == 3
    assert Material.objects.filter(tie="").count() == RECORDS["meta"]["missing"] == 4
    assert Material.objects.filter(state=PlanState.PUBLISHED).count() == 8
    assert Material.objects.filter(state=PlanState.ANNOUNCED).count() == 5


def test_all_were_promised_by_2020_and_a_place_without_a_text_has_no_title(report):
    promised = set(Material.objects.values_list("planned_on", "planned_precision"))
    assert promised == {(date(2020, 1, 1), "year")}
    for row in Material.objects.filter(tie=""):
        assert (row.title, row.language, row.state) == ("", "", PlanState.ANNOUNCED)
        assert row.is_late


@pytest.mark.parametrize("record", MATERIALS)
def test_every_value_of_a_material_is_loaded(report, record):
    row = Material.objects.get(slug=record["slug"])
    assert row.tie == record.get("tie", "")
    assert (row.place, row.state) == (record["place"], record["state"])
    assert row.title_en == (record["title_en"] or "")
    assert row.title_cs == (record["title_cs"] or CZECH.get(record["title_en"], ""))
    assert_both(row, "title_note", record.get("title_note"))
    assert row.kind == (record["kind"] or "")
    assert {group.name_en: group.name_cs for group in row.audience.all()} == {
        name: CZECH[name] for name in record["audience"]
    }
    assert_both_lists(row, "authors", record["authors"])
    assert_both(row, "publisher", record["publisher"])
    assert row.year == record["year"]
    assert (row.updated_on, row.updated_precision) == partial(record.get("updated"))
    assert row.pages == record["pages"]
    assert_both(row, "abstract", record["abstract"])
    assert_both_lists(row, "topics", record["topics"])
    assert row.language == (record["language"] or "")
    assert_both(row, "related", record.get("related"))
    assert_both(row, "note", record.get("note"))
    assert row.source == record["source"]


def test_all_codes_are_known(report):
    kinds = Material.objects.exclude(kind="").values_list("kind", flat=True)
    assert set(kinds) <= {kind.value for kind in KINDS}
    assert set(Material.objects.values_list("language", flat=True)) <= {"", *Language.values}


def test_audiences_come_in_the_order_of_the_records(report):
    assert list(Audience.objects.values_list("slug", flat=True)[:3]) == [
        "municipalities",
        "ministries",
        "researchers",
    ]


def test_partial_dates_say_how_exact_they_are(report):
    found = Material.objects.exclude(updated_on=None).values_list("slug", "updated_on", "updated_precision")
    assert set(found) == {
        ("metodika-spoluprace-organu", date(2022, 6, 1), "month"),
        ("priprava-projektu", date(2021, 9, 2), "day"),
    }


def test_loading_again_changes_nothing(report):
    assert report == Report(created=13 + Audience.objects.count())
    rows = list(Material.objects.order_by("pk").values())
    assert loading.load() == Report(unchanged=13 + Audience.objects.count())
    assert list(Material.objects.order_by("pk").values()) == rows
    assert search.PublicEntry.objects.filter(kind="material").count() == 13


def test_what_changed_in_the_file_is_written(report):
    pk = Material.objects.get(slug="prehled-systemu-evropa").pk
    audience = ["municipalities", "ministries", "researchers", "social workers of municipalities"]
    assert loading.load(changed(pages=82, audience=audience)).updated == 1
    row = Material.objects.get(pk=pk)
    assert row.pages == 82
    assert [group.name_en for group in row.audience.all()] == audience


def test_a_newer_release_leaves_alone_what_was_changed_here(report):
    mayors, others = Audience.objects.get(slug="mayors"), Audience.objects.get(slug="municipalities")
    Audience.objects.filter(slug="researchers").update(name_cs="vědci", retired_at=timezone.now())
    merge(mayors, into=others, version=1, by=UserFactory())
    newer = changed()
    newer.texts.update(researchers="badatelé", ministries="rezorty")
    loading.load(newer)
    names = dict(Audience.objects.values_list("slug", "name_cs"))
    assert (names["researchers"], names["ministries"]) == ("vědci", "rezorty")
    assert not Audience.objects.get(slug="researchers").is_in_use
    assert not Material.objects.filter(audience=mayors).exists()


def test_whom_a_material_is_for_follows_the_file_until_it_is_changed_here(report):
    row, others = Material.objects.get(slug="prehled-systemu-evropa"), Audience.objects.get(slug="regions")
    row.audience.set([others])
    loading.load(changed(audience=["municipalities"]))
    assert list(row.audience.all()) == [others]


def test_a_database_of_before_gets_the_plan_and_keeps_what_was_changed(report):
    """The former release knew nine materials, none with a place, a state of its own or a promise."""
    Material.objects.filter(tie="").delete()
    unknown = {"place": None, "state": "announced", "planned_on": None, "planned_precision": ""}
    for row in Material.objects.all():
        row.shipped = {**{name: row.shipped[name] for name in row.shipped if name != "audience"}, **unknown}
        row.save()
    Material.objects.update(**unknown)
    Material.objects.filter(slug="priprava-projektu").update(state="drafted")
    assert loading.load().updated == 9
    states = dict(Material.objects.values_list("place", "state"))
    assert (len(states), states[1], states[7], states[13]) == (13, "published", "drafted", "announced")


def test_a_value_that_nobody_loads_is_refused(db):
    with pytest.raises(ValueError, match=r"prehled-systemu-evropa: nobody loads \['isbn'\]"):
        loading.load(changed(isbn="80-1"))
    assert Material.objects.count() == 0


def texts_in(value):
    """Yield every text in a record."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts_in(part)


def test_every_czech_text_belongs_to_a_record():
    assert set(CZECH) - set(texts_in(RECORDS)) == set()


@pytest.mark.parametrize(
    "words", ["segregace lokalit", "segregation", "Sýkora", "starostové", "Labour Office"]
)
def test_materials_are_found(report, words):
    assert search.find(words, scope="public", kinds=["material"]).count >= 1


def test_a_material_is_found_by_its_title_in_each_language(report):
    for title in (
        "Metodika sociální práce v sociálním bydlení",
        "Methodology of social work in social housing",
    ):
        with translation.override("cs"):
            hit = search.find(title, scope="public").hits[0]
        assert (hit.kind, hit.url) == ("material", "/cs/materials/metodika-socialni-prace/")
