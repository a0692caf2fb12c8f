"""Loading of the materials and documents that the portal ships with; loading again changes nothing.

Two files in data/: the records with their sources, and our Czech translation
of their English texts. What the files no longer have stays.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from core import search
from core.loading import Report, Shipped, bring, partial
from studies.models import Audience, Category, Document, Material

DATA = Path(__file__).parent / "data"
SHIPPED = Shipped(DATA / "materials.yaml", DATA / "materials_cs.yaml")

MATERIAL_KEYS = {
    "slug", "status", "title_cs", "title_en", "title_note", "kind", "audience", "authors", "publisher",
    "year", "updated", "pages", "abstract", "topics", "language", "related", "note", "source",
}  # fmt: skip
DOCUMENT_KEYS = {
    "title_cs", "title_en", "kind", "author", "year", "updated", "language", "category", "file_size",
    "note", "source",
}  # fmt: skip
# What the documents call a shelf where that is not its English name. The bulletin stands on none.
SHELVES = {"strategies": "strategies", "workshop materials": "workshop-materials", "newsletter": ""}


@transaction.atomic
def load(shipped: Shipped = SHIPPED) -> Report:
    """Bring materials, shelves and documents in line with the files.

    Raises ValueError for a value that nobody loads and for a text without its Czech.
    """
    materials = shipped.records["materials"]
    report = Report()
    # In the order in which the materials name them.
    audiences = dict.fromkeys(name for record in materials for name in record["audience"])
    for position, name in enumerate(audiences, start=1):
        row = Audience.objects.filter(slug=slugify(name)).first() or Audience()
        report += bring(row, {"slug": slugify(name), "position": position, **shipped.both("name", name)})
    for position, record in enumerate(materials, start=1):
        report += _load_material(record, position, shipped)
    for position, record in enumerate(shipped.records["library_categories"], start=1):
        report += _load_category(record, position, shipped)
    shelves = {row.name_en.lower(): row for row in Category.objects.all()}
    shelves |= {name: Category.objects.filter(slug=slug).first() for name, slug in SHELVES.items()}
    for values in _documents(shipped, shelves):
        row = Document.objects.filter(slug=values["slug"]).first() or Document()
        report += bring(row, values)
    search.put_many(map(document_of, Material.objects.for_list()), scope=search.PUBLIC)
    return report


def _load_material(record: dict[str, Any], position: int, shipped: Shipped) -> Report:
    shipped.refuse_unknown(record, MATERIAL_KEYS)
    row = Material.objects.filter(slug=record["slug"]).first() or Material()
    report = bring(row, _material(record, position, shipped))
    row.audience.set(Audience.objects.filter(slug__in=map(slugify, record["audience"])))
    return report


def _material(record: dict[str, Any], position: int, shipped: Shipped) -> dict[str, Any]:
    updated_on, precision = partial(record.get("updated"))
    return {
        "slug": record["slug"],
        "position": position,
        "tie": record["status"],
        **_title(record, shipped),
        **shipped.both("title_note", record.get("title_note")),
        "kind": _code(record["kind"]),
        **shipped.both_lists("authors", record["authors"]),
        **shipped.both("publisher", record["publisher"]),
        "year": record["year"],
        "updated_on": updated_on,
        "updated_precision": precision,
        "pages": record["pages"],
        **shipped.both("abstract", record["abstract"]),
        **shipped.both_lists("topics", record["topics"]),
        "language": record["language"],
        **shipped.both("related", record.get("related")),
        **shipped.both("note", record.get("note")),
        "source": record["source"],
    }


def _title(record: dict[str, Any], shipped: Shipped) -> dict[str, str]:
    """Return both titles; where only a working title is known, the Czech one is our translation of it."""
    english = record["title_en"]
    return {"title_cs": record["title_cs"] or shipped.texts.get(english) or "", "title_en": english}


def _load_category(record: dict[str, Any], position: int, shipped: Shipped) -> Report:
    shipped.refuse_unknown(record, {"slug", "name_cs", "name_en", "split", "source"})
    row = Category.objects.filter(slug=record["slug"]).first() or Category()
    values = {
        "slug": record["slug"],
        "position": position,
        "name_cs": record["name_cs"],
        "name_en": record["name_en"],
        **shipped.both("split", record["split"]),
        "source_cs": shipped.texts.get(record["source"], record["source"]),
        "source_en": record["source"],
    }
    return bring(row, values)


def _documents(shipped: Shipped, shelves: dict[str, Category | None]) -> Iterator[dict[str, Any]]:
    held, elsewhere = shipped.records["library"], shipped.records["related_outside_the_library"]
    for position, record in enumerate([*held, *elsewhere], start=1):
        shipped.refuse_unknown(record, DOCUMENT_KEYS)
        category = shelves[record["category"]] if "category" in record else None
        yield {
            "slug": slugify(record["title_en"])[:120],
            "position": position,
            "in_library": position <= len(held),
            **_title(record, shipped),
            "category_id": category and category.pk,
            "kind": _code(record.get("kind") or ""),
            **shipped.both("author", record["author"]),
            "year": record["year"],
            "updated_year": record.get("updated"),
            "language": record.get("language") or "",
            **shipped.both("file_size", record.get("file_size")),
            **shipped.both("note", record.get("note")),
            "source": record["source"],
        }


def _code(kind: str) -> str:
    return kind.replace(" ", "_")


def document_of(material: Material) -> search.Document:
    """Return how a material is found, with its audience fetched."""
    texts = [*material.authors_cs, *material.topics_cs, *material.topics_en, material.publisher_cs]
    audience = [name for group in material.audience.all() for name in (group.name_cs, group.name_en)]
    return search.Document(
        "material",
        material.pk,
        url_name="material",
        url_arg=material.slug,
        title_cs=material.title_cs,
        title_en=material.title_en,
        lead_cs=material.abstract_cs,
        lead_en=material.abstract_en,
        text="\n".join(filter(None, [*texts, *audience])),
    )
