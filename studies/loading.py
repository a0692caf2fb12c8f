"""Loading of the materials and documents that the portal ships with; loading again changes nothing.

Two files in data/: the records with their sources, and our Czech translation
of their English texts. What the files no longer have stays.
"""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from core import search
from core.loading import Report, Shipped, bring, by_slug, partial
from studies.models import Audience, Category, Document, Material

DATA = Path(__file__).parent / "data"
SHIPPED = Shipped(DATA / "materials.yaml", DATA / "materials_cs.yaml")

# What the records tell of a material, a shelf and a document.
MATERIAL = (
    "slug", "position", "tie", "title", "title_cs", "title_en", "title_note", "kind", "authors", "publisher",
    "year", "updated_on", "updated_precision", "pages", "abstract", "topics", "language", "related", "note",
    "source",
)  # fmt: skip
SHELF = ("slug", "position", "name", "name_cs", "name_en", "split", "source")
DOCUMENT = (
    "slug", "position", "in_library", "title", "title_cs", "title_en", "category", "kind", "author", "year",
    "updated_year", "language", "file_size", "note", "source",
)  # fmt: skip

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
        row = by_slug(Audience, slugify(name))
        report += bring(row, {"position": position, **shipped.both("name", name)})
    for position, record in enumerate(materials, start=1):
        report += _load_material(record, position, shipped)
    for position, record in enumerate(shipped.records["library_categories"], start=1):
        names = {key: record[key] for key in ("name_cs", "name_en")}
        source = {
            "source_cs": shipped.texts.get(record["source"], record["source"]),
            "source_en": record["source"],
        }
        values = shipped.columns(Category, record, names=SHELF, position=position, **names, **source)
        report += bring(by_slug(Category, record["slug"]), values)
    report += _load_documents(shipped)
    search.put_many(map(document_of, Material.objects.for_list()), scope=search.PUBLIC)
    return report


def _load_material(record: dict[str, Any], position: int, shipped: Shipped) -> Report:
    row = by_slug(Material, record["slug"])
    updated_on, precision = partial(record.get("updated"))
    values = shipped.columns(
        Material,
        record,
        names=MATERIAL,
        taken=("audience", "updated"),
        position=position,
        updated_on=updated_on,
        updated_precision=precision,
        **_title(record, shipped),
    )
    report = bring(row, values)
    row.audience.set(Audience.objects.led_to(*map(slugify, record["audience"])))
    return report


def _title(record: dict[str, Any], shipped: Shipped) -> dict[str, str]:
    """Return both titles; where only a working title is known, the Czech one is our translation of it."""
    english = record["title_en"]
    return {"title_cs": record["title_cs"] or shipped.texts.get(english) or "", "title_en": english}


def _load_documents(shipped: Shipped) -> Report:
    shelves = {row.name_en.lower(): row.pk for row in Category.objects.all()}
    slugs = dict(Category.objects.values_list("slug", "pk"))
    shelves |= {name: slugs.get(slug) for name, slug in SHELVES.items()}
    held, elsewhere = shipped.records["library"], shipped.records["related_outside_the_library"]
    report = Report()
    for position, record in enumerate([*held, *elsewhere], start=1):
        slug = slugify(record["title_en"])[:120]
        values = shipped.columns(
            Document,
            record,
            names=DOCUMENT,
            slug=slug,
            position=position,
            in_library=position <= len(held),
            category_id=shelves[record["category"]] if "category" in record else None,
            **_title(record, shipped),
        )
        report += bring(by_slug(Document, slug), values)
    return report


def document_of(material: Material) -> search.Document:
    """Return how a material is found, with its audience fetched."""
    texts = [*material.authors_cs, *material.topics_cs, *material.topics_en, material.publisher_cs]
    audience = [name for group in material.audience.all() for name in (group.name_cs, group.name_en)]
    return search.Document(
        "material",
        material.pk,
        "material",
        material.slug,
        title_cs=material.title_cs,
        title_en=material.title_en,
        lead_cs=material.abstract_cs,
        lead_en=material.abstract_en,
        text="\n".join(filter(None, [*texts, *audience])),
    )
