"""The public pages of the library."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import public
from core.files import attachments
from core.loading.sources import Sources
from core.views.paging import page_of
from studies.library.filters import LibraryFilter
from studies.library.queries import by_shelf
from studies.models import Document


@public
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The documents of the library shelf by shelf, and related ones from elsewhere."""
    found = LibraryFilter(request.GET, Document.objects.in_use().for_list())
    page = page_of(found.qs, request)
    context = {
        "filter": found,
        "page": page,
        "shelves": by_shelf(one for one in page.items if one.in_library),
        "elsewhere": [one for one in page.items if not one.in_library],
        "sources": Sources(),
    }
    return render(request, "studies/library/library.html", context)


@public
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document."""
    row = get_object_or_404(Document.objects.in_use().for_list(), pk=pk)
    return render(request, "studies/library/document.html", {"document": row, "sources": Sources()})


@public
@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The copy of a document that is offered."""
    row = get_object_or_404(Document.objects.in_use().for_list(), pk=pk, attachment__isnull=False)
    return attachments.serve(row.attachment, request)
