"""The two search boxes: everybody's, and the desk's own."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import public, requires
from accounts.permissions import Permission
from consultations.models import SupportRequest
from consultations.requests import search as requests_search
from consultations.requests.queries import rows_of
from core import search
from core.templatetags.ui import changed_query
from core.views.paging import whole_number

# What can be found, in the order of the facets: how many of them, and what one is called.
KINDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "summary": (_("Answers"), capfirst(_("answer"))),
    "municipality": (_("Municipalities"), _("Municipality")),
    "practice": (_("Good practice"), _("Practice")),
    "lesson": (_("Dropped practice"), _("Dropped practice")),
    "material": (_("Materials"), _("Material")),
    "material-chapter": (_("Chapters of materials"), _("Chapter of a material")),
    "library": (_("Library"), _("Document of the library")),
    "visit": (_("Study visits"), _("Study visit")),
    "visit-report": (_("Reports of visits"), _("Report of a study visit")),
    "host": (_("Hosts"), _("Host")),
    "page": (_("Pages"), _("Page")),
}
# Among the requesters of how many found requests the desk looks for people, and how many it shows.
REQUESTS_LOOKED_AT = 200
PEOPLE_SHOWN = 5


@dataclass(frozen=True)
class Facet:
    """A kind to narrow the results to; `current` marks the one in force."""

    label: str | Promise
    count: str
    url: str
    current: bool


@public
@require_safe
def search_public(request: HttpRequest) -> HttpResponse:
    """Find published answers, municipalities and pages."""
    asked, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    kinds = [kind] if kind in KINDS else []
    number = whole_number(request.GET.get("page")) or 1
    results = search.find(asked, scope=search.PUBLIC, kinds=kinds, number=number)
    context = {
        "asked": asked[:200],
        "results": results,
        "rows": [(hit, KINDS[hit.kind][1]) for hit in results.hits if hit.kind in KINDS],
        "facets": facets(request, results, kinds),
    }
    return render(request, "search/public.html", context)


@requires(Permission.VIEW_REQUESTS)
@require_safe
def search_desk(request: HttpRequest) -> HttpResponse:
    """Find requests and people, or go straight to the request whose reference was typed."""
    asked = request.GET.get("q", "").strip()
    visible = SupportRequest.objects.visible_to(request.user)
    if named := visible.with_reference(asked).first():
        return redirect(named.get_desk_url())
    number = whole_number(request.GET.get("page")) or 1
    results = search.find(asked, scope=search.DESK, kinds=[requests_search.KIND], number=number)
    rows = visible.for_list().in_bulk([hit.object_id for hit in results.hits])
    context = {
        "asked": asked[:200],
        "results": results,
        "requests": rows_of(rows[hit.object_id] for hit in results.hits if hit.object_id in rows),
        "people": people_found(asked, request.user) if number == 1 and results.hits else [],
    }
    return render(request, "search/desk.html", context)


def facets(request: HttpRequest, results: search.Results, kinds: list[str]) -> list[Facet]:
    """Return the kinds that were found, with "everything" first; none where there is nothing to choose."""
    found = {kind: count for kind in KINDS if (count := results.kinds.get(kind, 0))}
    if len(found) < 2 and not kinds:
        return []
    rows: list[tuple[str | Promise, int, str | None, bool]] = [
        (capfirst(_("everything")), sum(found.values()), None, not kinds),
        *((KINDS[kind][0], count, kind, kind in kinds) for kind, count in found.items()),
    ]
    return [
        Facet(label, search.counted(count), changed_query(request.GET, {"kind": kind, "page": None}), current)
        for label, count, kind, current in rows
    ]


def people_found(asked: str, user: Any) -> list[SupportRequest]:
    """Return requests of requesters whom the words themselves name: the newest of each found.

    By name, address, phone or organisation, among the newest requests found, within what `user` may see.
    """
    newest = search.ids(asked, kind=requests_search.KIND, scope=search.DESK, limit=REQUESTS_LOOKED_AT)
    rows = SupportRequest.objects.visible_to(user).filter(pk__in=newest).order_by("-pk")
    found: dict[str, SupportRequest] = {}
    for row in rows.select_related("requester").defer("sensitive_note", "link_token"):
        identity = requests_search.identity(row.requester)
        if identity not in found and search.holds(identity, asked):
            found[identity] = row
    return list(found.values())[:PEOPLE_SHOWN]
