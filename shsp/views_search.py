"""The two search boxes: everybody's, and the desk's own."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import public, requires
from accounts.permissions import Permission
from consultations.models import Person, SupportRequest
from consultations.requests import search as requests_search
from core import search
from core.templatetags.ui import changed_query
from core.views.paging import PER_PAGE, whole_number

# What can be found, in the order of the facets: how many of them, and what one is called.
KINDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "summary": (_("Answers"), capfirst(_("answer"))),
    "municipality": (_("Municipalities"), _("Municipality")),
    "practice": (_("Good practice"), _("Practice")),
    "lesson": (_("Dropped practice"), _("Dropped practice")),
    "material": (_("Materials"), _("Material")),
    "visit": (_("Study visits"), _("Study visit")),
    "host": (_("Hosts"), _("Host")),
    "page": (_("Pages"), _("Page")),
}
# Among the requesters of how many found requests the desk looks for people, and how many it shows.
REQUESTS_LOOKED_AT = 200
PEOPLE_SHOWN = 5


@dataclass(frozen=True)
class ResultPage:
    """One page of what was found, as the pager needs it."""

    results: search.Results
    number: int

    @property
    def has_previous(self) -> bool:
        """Whether a page stands before this one."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether one more page follows."""
        return self.number * PER_PAGE < self._reachable

    @property
    def count_label(self) -> str:
        """How many there are: of the kind that is shown, counted as far as counting goes."""
        return self.results.count_label

    @cached_property
    def _reachable(self) -> int:
        return min(self.results.count, search.MOST_FOUND)


@dataclass(frozen=True)
class Facet:
    """A kind to narrow the results to; `current` marks the one in force."""

    label: str | Promise
    count: str
    url: str
    current: bool


@dataclass(frozen=True)
class FoundPerson:
    """Somebody who asks, with the newest of the requests that were found."""

    person: Person
    request: SupportRequest


@public
@require_safe
def search_public(request: HttpRequest) -> HttpResponse:
    """Find published answers, municipalities and pages."""
    asked, kind, number = request.GET.get("q", "").strip(), request.GET.get("kind", ""), _page_number(request)
    kinds = [kind] if kind in KINDS else []
    results = _find(asked, scope=search.PUBLIC, kinds=kinds, number=number)
    context = {
        "asked": asked[:200],
        "results": results,
        "rows": [(hit, KINDS[hit.kind][1]) for hit in results.hits if hit.kind in KINDS],
        "facets": facets(request, results, kinds),
        "page": ResultPage(results, number),
    }
    return render(request, "search/public.html", context)


@requires(Permission.VIEW_REQUESTS)
@require_safe
def search_desk(request: HttpRequest) -> HttpResponse:
    """Find requests and people, or go straight to the request whose reference was typed."""
    asked, number = request.GET.get("q", "").strip(), _page_number(request)
    visible = SupportRequest.objects.visible_to(request.user)
    if named := visible.with_reference(asked).first():
        return redirect(named.get_desk_url())
    results = _find(asked, scope=search.DESK, kinds=[requests_search.KIND], number=number)
    rows = visible.for_list().in_bulk([hit.object_id for hit in results.hits])
    context = {
        "asked": asked[:200],
        "results": results,
        "requests": [rows[hit.object_id] for hit in results.hits if hit.object_id in rows],
        "people": people_found(asked, request.user) if number == 1 and results.hits else [],
        "page": ResultPage(results, number),
    }
    return render(request, "search/desk.html", context)


def facets(request: HttpRequest, results: search.Results, kinds: list[str]) -> list[Facet]:
    """Return the kinds that were found, with "everything" first; none where there is nothing to choose."""
    found = {kind: count for kind in KINDS if (count := results.kinds.get(kind, 0))}
    if len(found) < 2 and not kinds:
        return []
    every = Facet(capfirst(_("everything")), _count(sum(found.values())), _narrowed(request, None), not kinds)
    rows = [
        Facet(KINDS[kind][0], _count(count), _narrowed(request, kind), kind in kinds)
        for kind, count in found.items()
    ]
    return [every, *rows]


def people_found(asked: str, user: Any) -> list[FoundPerson]:
    """Return requesters whom the words themselves name: by name, address, phone or organisation.

    They are looked for among the newest requests found, within what `user` may see.
    """
    newest = search.ids(asked, kind=requests_search.KIND, scope=search.DESK, limit=REQUESTS_LOOKED_AT)
    rows = (
        SupportRequest.objects.visible_to(user)
        .filter(pk__in=newest)
        .select_related("requester")
        .order_by("-pk")
    )
    found: dict[str, FoundPerson] = {}
    for row in rows.defer("sensitive_note", "link_token"):
        identity = requests_search.identity(row.requester)
        if identity not in found and search.holds(identity, asked):
            found[identity] = FoundPerson(row.requester, row)
    return list(found.values())[:PEOPLE_SHOWN]


def _find(asked: str, *, scope: str, kinds: list[str], number: int) -> search.Results:
    return search.find(asked, scope=scope, kinds=kinds, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)


def _page_number(request: HttpRequest) -> int:
    # Reckoned here, so that it follows the door's own limit.
    return max(1, min(whole_number(request.GET.get("page")) or 1, search.MOST_FOUND // PER_PAGE))


def _narrowed(request: HttpRequest, kind: str | None) -> str:
    return changed_query(request.GET, {"kind": kind, "page": None})


def _count(number: int) -> str:
    if number > search.MOST_FOUND:
        return number_format(search.MOST_FOUND, force_grouping=True) + "+"
    return number_format(number, force_grouping=True)
