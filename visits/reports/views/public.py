"""The report of a visit, its PDF and its files, for everybody."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import public
from core.documents.choices import State
from core.documents.views import public as documents
from core.files import attachments
from visits.models import ReportEdition
from visits.reports.kind import REPORTS


@public
@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """What was learned on a visit; a withdrawn report says so with 410."""
    return documents.page(request, REPORTS, slug=slug)


@public
@require_safe
def report_pdf(request: HttpRequest, slug: str) -> FileResponse:
    """The same content as a PDF, once the worker has made it."""
    edition = _published(slug)
    if edition.pdf is None:
        raise Http404
    return attachments.serve(edition.pdf, request)


@public
@require_safe
def report_file(request: HttpRequest, slug: str, row: int) -> FileResponse:
    """A photo or a document of the published edition; of no other."""
    files = _published(slug).files.select_related("attachment")
    found = get_object_or_404(files, pk=row)
    if not found.is_public:
        raise Http404
    # A photo's own name may be that of somebody on it; a document's has been checked with the text.
    name = f"{slug}-{found.pk}" if found.is_photo else ""
    return attachments.serve(found.attachment, request, name=name)


def _published(slug: str) -> ReportEdition:
    """Return what readers see at the address now; raises Http404 when that is nothing, or was withdrawn."""
    edition: Any = documents.edition_at(REPORTS, slug)
    if edition.state != State.PUBLISHED:
        raise Http404
    return edition
