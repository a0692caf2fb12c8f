from datetime import date

import pytest
from django.utils import timezone, translation
from django.utils.text import slugify

from core import search
from core.audit.terms import merge
from core.loading import Report, Shipped, partial
from studies import loading
from studies.choices import Kind, Language, Tie
from studies.models import Audience, Category, Document, Material
from tests.factories.accounts import UserFactory

RECORDS = loading.SHIPPED.records
CZECH = loading.SHIPPED.texts
MATERIALS = [pytest.param(record, id=record["slug"]) for record in RECORDS["materials"]]
DOCUMENTS = [
    pytest.param(record, id=slugify(record["title_en"])[:40])
    for record in [*RECORDS["library"], *RECORDS["related_outside_the_library"]]
]
CATEGORIES = [pytest.param(record, id=record["slug"]) for record in RECORDS["library_categories"]]


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
    assert Material.objects.count() == 9
    assert Material.objects.filter(tie=Tie.CONFIRMED).count() == RECORDS["meta"]["found_confirmed"] == 6
    assert Material.objects.filter(tie=Tie.PROBABLE).count() == RECORDS["meta"]["found_probable"] == 3
    assert Document.objects.filter(in_library=True).count() == 10
    assert Document.objects.filter(in_library=False).count() == 4
    assert Category.objects.count() == 5


@pytest.mark.parametrize("record", MATERIALS)
def test_every_value_of_a_material_is_loaded(report, record):
    row = Material.objects.get(slug=record["slug"])
    assert row.tie == record["tie"]
    assert row.title_en == record["title_en"]
    assert row.title_cs == (record["title_cs"] or CZECH[record["title_en"]])
    assert_both(row, "title_note", record.get("title_note"))
    assert row.kind == record["kind"]
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
    assert row.language == record["language"]
    assert_both(row, "related", record.get("related"))
    assert_both(row, "note", record.get("note"))
    assert row.source == record["source"]


@pytest.mark.parametrize("record", DOCUMENTS)
def test_every_value_of_a_document_is_loaded(report, record):
    row = Document.objects.get(slug=slugify(record["title_en"])[:120])
    assert row.title_en == record["title_en"]
    assert row.title_cs == (record["title_cs"] or CZECH.get(record["title_en"], ""))
    assert row.kind == record.get("kind", "")
    assert_both(row, "author", record["author"])
    assert row.year == record["year"]
    assert row.updated_year == record.get("updated_year")
    assert row.language == record.get("language", "")
    assert_both(row, "file_size", record.get("file_size"))
    assert_both(row, "note", record.get("note"))
    assert row.source == record["source"]


@pytest.mark.parametrize("record", CATEGORIES)
def test_every_value_of_a_shelf_is_loaded(report, record):
    row = Category.objects.get(slug=record["slug"])
    assert (row.name_cs, row.name_en) == (record["name_cs"], record["name_en"])
    assert_both(row, "split", record["split"])
    assert row.source_en == record["source"]
    assert row.source_cs == CZECH.get(record["source"], record["source"])


def test_documents_stand_on_their_shelves(report):
    shelves = {}
    for row in Document.objects.filter(in_library=True).select_related("category"):
        shelves.setdefault(row.category and row.category.slug, []).append(row.slug[:20])
    assert {slug: len(rows) for slug, rows in shelves.items()} == {
        "analyses": 4,
        "methodologies": 1,
        "strategies": 2,
        "workshop-materials": 2,
        None: 1,
    }


def test_all_codes_are_known(report):
    assert set(Material.objects.values_list("kind", flat=True)) <= set(Kind.values)
    assert set(Document.objects.exclude(kind="").values_list("kind", flat=True)) <= set(Kind.values)
    assert set(Document.objects.exclude(language="").values_list("language", flat=True)) <= set(
        Language.values
    )


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
    assert report == Report(created=28 + Audience.objects.count())
    rows = list(Material.objects.order_by("pk").values())
    assert loading.load() == Report(unchanged=28 + Audience.objects.count())
    assert list(Material.objects.order_by("pk").values()) == rows
    assert search.PublicEntry.objects.filter(kind="material").count() == 9


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
