"""The public pages of the library."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import public
from core.loading.sources import Sources
from studies.library.queries import by_shelf
from studies.models import Document


@public
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The documents of the library shelf by shelf, and related ones from elsewhere."""
    documents = list(Document.objects.in_use().for_list())
    context = {
        "shelves": by_shelf(one for one in documents if one.in_library),
        "elsewhere": [one for one in documents if not one.in_library],
        "sources": Sources(),
    }
    return render(request, "studies/library/library.html", context)


@public
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document."""
    row = get_object_or_404(Document.objects.for_list(), pk=pk)
    return render(request, "studies/library/document.html", {"document": row, "sources": Sources()})
