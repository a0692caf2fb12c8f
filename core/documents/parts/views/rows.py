"""The rows that the pages of parts are about; each raises Http404 for what is not there."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from core.documents.kind import Kind
from core.documents.parts.pages import PartPage
from core.documents.views.desk import open_edition, page_url


def page_named(kind: Kind, part: str) -> PartPage:
    """Return the page of a kind of part by its name in addresses."""
    for page in kind.part_pages:
        if page.name == part:
            return page
    raise Http404


def held_page(kind: Kind, edition: Any, part: str) -> PartPage:
    """Return the page of a part that is held."""
    page = page_named(kind, part)
    if not page.is_held(edition):
        raise Http404
    return page


def row_of(edition: Any, page: PartPage, number: int) -> Any:
    """Return a part of an edition."""
    rows = getattr(edition, page.rows).filter(**page.narrower)
    row = get_object_or_404(rows.select_related("holder") if page.is_held(edition) else rows, pk=number)
    row.edition = edition
    return row


def newest(request: HttpRequest, kind: Kind, pk: int) -> Any:
    """Return the edition of a document that can be worked on."""
    return open_edition(request, kind, pk)


def back(kind: Kind, pk: int, page: PartPage) -> str:
    """Return where a kind of part stands on the page of its document."""
    return f"{page_url(kind, pk)}#{page.name}"
