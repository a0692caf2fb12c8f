"""Loading of the library that the portal ships with; loading again changes nothing.

Two files in data/: the records with their sources, and our Czech translation
of their English texts. What the files no longer have stays.
"""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from core import search
from core.loading import Report, Shipped, bring, by_slug
from studies.models import Category, Document

DATA = Path(__file__).parent / "data"
SHIPPED = Shipped(DATA / "library.yaml", DATA / "library_cs.yaml")

# What the records tell of a shelf and of a document.
SHELF = ("slug", "position", "name", "name_cs", "name_en", "split", "source")
DOCUMENT = (
    "slug", "position", "in_library", "is_own", "title", "title_cs", "title_en", "category", "kind", "author",
    "year", "updated_year", "language", "file_size", "note", "source",
)  # fmt: skip

# What the documents call a shelf where that is not its English name. The bulletin stands on none.
SHELVES = {"strategies": "strategies", "workshop materials": "workshop-materials", "newsletter": ""}


@transaction.atomic
def load(shipped: Shipped = SHIPPED) -> Report:
    """Bring shelves and documents in line with the files.

    Raises ValueError for a value that nobody loads and for a text without its Czech.
    """
    report = Report()
    for position, record in enumerate(shipped.records["library_categories"], start=1):
        names = {key: record[key] for key in ("name_cs", "name_en")}
        source = {
            "source_cs": shipped.texts.get(record["source"], record["source"]),
            "source_en": record["source"],
        }
        values = shipped.columns(Category, record, names=SHELF, position=position, **names, **source)
        report += bring(by_slug(Category, record["slug"]), values)
    report += _load_documents(shipped)
    search.put_many(map(found_document, Document.objects.in_use().for_list()), scope=search.PUBLIC)
    return report


def _load_documents(shipped: Shipped) -> Report:
    rows: Any = Category.objects.all()
    slugs = dict(rows.values_list("slug", "pk"))
    # By the names in the files: at the desk a shelf may be called anything.
    shelves = {one["name_en"].lower(): slugs[one["slug"]] for one in shipped.records["library_categories"]}
    shelves |= {name: slugs.get(slug) for name, slug in SHELVES.items()}
    held, elsewhere = shipped.records["library"], shipped.records["related_outside_the_library"]
    report = Report()
    for position, record in enumerate([*held, *elsewhere], start=1):
        slug, english = slugify(record["title_en"])[:120], record["title_en"]
        values = shipped.columns(
            Document,
            record,
            names=DOCUMENT,
            slug=slug,
            position=position,
            in_library=position <= len(held),
            category_id=shelves[record["category"]] if "category" in record else None,
            # Where only a working title is known, the Czech one is our translation of it.
            title_cs=record["title_cs"] or shipped.texts.get(english) or "",
            title_en=english,
        )
        report += bring(by_slug(Document, slug), values)
    return report


def found_document(document: Any) -> search.Document:
    """Return how a document of the library is found, with its shelf fetched."""
    shelf = document.category
    texts = [document.author_cs, document.author_en, *((shelf.name_cs, shelf.name_en) if shelf else ())]
    return search.Document(
        "library",
        document.pk,
        "library-document",
        str(document.pk),
        title_cs=document.title_cs,
        title_en=document.title_en,
        lead_cs=document.note_cs,
        lead_en=document.note_en,
        text="\n".join(filter(None, texts)),
    )
