"""Loading of the thirteen materials that the project announced; loading again changes nothing.

Two files in data/: the records with their sources, and our Czech translation
of their English texts. What the files no longer have stays.

A place of the plan of which only the announcement tells has a material without a title.
"""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.text import slugify

from core import search
from core.loading import Report, Shipped, bring, by_slug, partial
from studies.models import Audience, Material, MaterialEdition

DATA = Path(__file__).parent / "data"
SHIPPED = Shipped(DATA / "materials.yaml", DATA / "materials_cs.yaml")

# What the records tell of a material.
MATERIAL = (
    "slug", "position", "place", "state", "tie", "title", "title_cs", "title_en", "title_note", "kind",
    "authors", "publisher", "year", "updated_on", "updated_precision", "pages", "abstract", "topics",
    "language", "related", "note", "source", "planned_on", "planned_precision",
)  # fmt: skip


@transaction.atomic
def load(shipped: Shipped = SHIPPED) -> Report:
    """Bring the materials, and whom they are for, in line with the files.

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
    search.put_many(map(found_material, Material.objects.published().for_list()), scope=search.PUBLIC)
    return report


def _load_material(record: dict[str, Any], position: int, shipped: Shipped) -> Report:
    row = by_slug(Material, record["slug"])
    updated_on, updated_precision = partial(record.get("updated"))
    planned_on, planned_precision = partial(record["planned"])
    english = record["title_en"]
    values = shipped.columns(
        Material,
        record,
        names=MATERIAL,
        taken=("audience", "updated", "planned"),
        position=position,
        updated_on=updated_on,
        updated_precision=updated_precision,
        planned_on=planned_on,
        planned_precision=planned_precision,
        # Where only a working title is known, the Czech one is our translation of it.
        title_cs=record["title_cs"] or shipped.texts.get(english) or "",
        title_en=english or "",
    )
    report = bring(row, values)
    _follow_audience(row, list(map(slugify, record["audience"])))
    return report


def _follow_audience(row: Material, slugs: list[str]) -> None:
    """Let those whom a material is for follow the files, as long as they stand as they were shipped."""
    before = row.shipped.get("audience")
    if before is None or set(row.audience.all()) == set(Audience.objects.led_to(*before)):
        row.audience.set(Audience.objects.led_to(*slugs))
    if before != slugs:
        row.shipped["audience"] = slugs
        row.save(update_fields=["shipped"])


def found_material(material: Any) -> search.Document:
    """Return how a material is found, with its audience fetched."""
    texts = [*material.authors_cs, *material.topics_cs, *material.topics_en, material.publisher_cs or ""]
    audience = [name for group in material.audience.all() for name in (group.name_cs, group.name_en)]
    edition = MaterialEdition.objects.published().filter(document__material=material).first()
    texts += edition.searched_texts() if edition else ()
    names = {}
    for language in ("cs", "en"):
        with translation.override(language):
            # A title in the other language alone is shown as one of that language.
            names[language] = "" if material.title_lang else material.name
    return search.Document(
        "material",
        material.pk,
        "material",
        material.slug,
        title_cs=names["cs"],
        title_en=names["en"],
        lead_cs=material.abstract_cs,
        lead_en=material.abstract_en,
        text="\n".join(filter(None, [*texts, *audience])),
    )
