"""The shelves of the library, as a kind of words that the Centre keeps."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core import search
from core.audit.words import last_place
from core.views.own_words import Kind, with_slug
from studies.library.forms import ShelfForm
from studies.library.loading import found_document
from studies.models import Category, Document


def _find_anew(shelf: Category) -> None:
    """Documents are found by the name of the shelf they stand on."""
    rows: Any = Document.objects.in_use().for_list().filter(category=shelf)
    search.put_many(map(found_document, rows), scope=search.PUBLIC)


def _reasons_against_retiring(shelf: Category) -> list[str]:
    documents: Any = Document.objects.filter(category=shelf)
    return [gettext("Documents stand on it. Put them on another one first.")] if documents.in_use() else []


SHELVES = Kind(
    name="shelf",
    plural="shelves",
    model=Category,
    form=ShelfForm,
    permission=Permission.MANAGE_MATERIALS,
    heading=_("Shelves of the library"),
    lead=_("By them readers find what stands in the library. A shelf without documents is shown to nobody."),
    new=_("Add a shelf"),
    edit=_("Shelf of the library"),
    begin=with_slug(Category, "name_en", position=lambda: last_place(Category)),
    against_retiring=_reasons_against_retiring,
    after=_find_anew,
)
