"""What of programmes everybody may have beside the municipality's page."""

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import public
from core.files import attachments
from municipalities.models import Programme


@public
@require_safe
def concept(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """Serve the document of a local concept: of a public programme to all, of a draft to those who see it."""
    rows = Programme.objects.published() | Programme.objects.visible_to(request.user)
    rows = rows.exclude(concept_file=None).select_related("concept_file")
    return attachments.serve(get_object_or_404(rows, municipality__slug=slug, pk=pk).concept_file, request)
