"""The library shelf by shelf."""

from collections import defaultdict
from typing import Any

from studies.models import Category, Document


def by_shelf(documents: Any) -> list[tuple[Category | None, list[Document]]]:
    """Return documents on the shelves they stand on, in order, at the end what stands on none; two queries.

    A shelf that holds none of them is left out.
    """
    held = defaultdict(list)
    for document in documents:
        held[document.category_id].append(document)
    shelves: Any = [(shelf, held[shelf.pk]) for shelf in Category.objects.all() if held[shelf.pk]]
    return [*shelves, *([(None, held[None])] if held[None] else [])]
