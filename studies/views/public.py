"""The public pages of the expert materials."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import public
from core.loading.sources import Sources
from core.templatetags import ui
from core.views.paging import page_of
from studies import queries
from studies.filters import MaterialFilter
from studies.models import Document, Material


@public
@require_safe
def materials(request: HttpRequest) -> HttpResponse:
    """The plan of thirteen, the materials that were found, and the library's other documents."""
    found = MaterialFilter(request.GET, Material.objects.for_list())
    context = {
        "plan": queries.plan(),
        "announced": queries.announced(),
        "filter": found,
        "page": page_of(found.qs, request),
        "shelves": queries.library(),
        "elsewhere": Document.objects.for_list().filter(in_library=False),
        "sources": Sources(),
    }
    return render(request, "studies/materials.html", context)


@public
@require_safe
def material(request: HttpRequest, slug: str) -> HttpResponse:
    """One material: what it is about, and each fact that is known of it."""
    row = get_object_or_404(Material.objects.for_list(), slug=slug)
    context = {"material": row, "facts": facts_of(row), "sources": Sources()}
    return render(request, "studies/material.html", context)


def facts_of(row: Material) -> list[dict[str, Any]]:
    """Return the facts about a material; what nobody has verified has an empty value."""
    exact = "" if row.title_note else format_html('<span lang="cs">{}</span>', row.title_cs)
    facts = [
        (_("Tie to the project"), row.tie_means),
        (_("Exact title"), exact),
        (_("For whom"), ", ".join(group.name for group in row.audience.all())),
        (_("Kind"), row.get_kind_display()),
        (_("Authors"), ", ".join(row.authors)),
        (_("Publisher"), row.publisher),
        (capfirst(_("year")), str(row.year or "")),
        (_("Updated"), row.updated_on and ui.partial_date(row.updated_on, row.updated_precision)),
        (_("Number of pages"), row.pages and ui.number(row.pages)),
        (_("Language"), row.get_language_display()),
        (_("Topics"), ", ".join(row.topics)),
    ]
    notes = {_("Exact title"): row.title_note.rstrip(".")}
    return [{"term": term, "value": value, "note": notes.get(term, "")} for term, value in facts]
