import pytest
from django.utils.text import slugify

from core import search
from core.loading import Report
from studies.choices import Kind, Language
from studies.library import loading
from studies.models import Category, Document

RECORDS = loading.SHIPPED.records
CZECH = loading.SHIPPED.texts
DOCUMENTS = [
    pytest.param(record, id=slugify(record["title_en"])[:40])
    for record in [*RECORDS["library"], *RECORDS["related_outside_the_library"]]
]
CATEGORIES = [pytest.param(record, id=record["slug"]) for record in RECORDS["library_categories"]]


@pytest.fixture
def report(db):
    return loading.load()


def assert_both(row, name, text):
    assert getattr(row, f"{name}_en") == (text or "")
    assert getattr(row, f"{name}_cs") == (CZECH[text] if text else "")


def test_all_records_are_there(report):
    assert Document.objects.filter(in_library=True).count() == 10
    assert Document.objects.filter(in_library=False).count() == 4
    assert Category.objects.count() == 5


@pytest.mark.parametrize("record", DOCUMENTS)
def test_every_value_of_a_document_is_loaded(report, record):
    row = Document.objects.get(slug=slugify(record["title_en"])[:120])
    assert row.title_en == record["title_en"]
    assert row.title_cs == (record["title_cs"] or CZECH.get(record["title_en"], ""))
    assert row.kind == record.get("kind", "")
    assert_both(row, "author", record["author"])
    assert row.is_own is record.get("is_own")
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
    assert set(Document.objects.values_list("kind", flat=True)) <= {"", *Kind.values}
    assert set(Document.objects.values_list("language", flat=True)) <= {"", *Language.values}


def test_loading_again_changes_nothing(report):
    assert report == Report(created=19)
    Category.objects.filter(slug="analyses").update(name_cs="Rozbory", name_en="Papers")
    rows = list(Document.objects.order_by("pk").values())
    assert loading.load() == Report(unchanged=19)
    assert list(Document.objects.order_by("pk").values()) == rows
    assert Category.objects.get(slug="analyses").name_cs == "Rozbory"


def test_documents_are_found(report):
    hit = search.find("Analýza FAWOS", scope=search.PUBLIC, kinds=["library"]).hits[0]
    assert hit.url == Document.objects.get(title_cs="Analýza FAWOS").get_absolute_url()


def texts_in(value):
    """Yield every text in a record."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts_in(part)


def test_every_czech_text_belongs_to_a_record():
    assert set(CZECH) - set(texts_in(RECORDS)) == set()
