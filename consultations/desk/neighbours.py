"""The list from which one came to a request, and what stands before and after the request there."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from accounts.models import User
from consultations.desk.filters import Order, RequestFilter
from consultations.desk.today import Day
from consultations.models import SupportRequest
from core.views.paging import neighbour

# What the address of a request's page calls the list.
PARAMETER = "list"
# All requests without a filter; an empty query is the desk today.
EVERYTHING = f"order={Order.NEWEST}"
MOST_LETTERS = 500


@dataclass(frozen=True)
class Origin:
    """Where one came from: the list of this query, or the desk today where it is empty."""

    query: str = ""

    @property
    def url(self) -> str:
        return f"{reverse('desk-requests')}?{self.query}" if self.query else reverse("desk")

    def address_of(self, case: SupportRequest, **said: object) -> str:
        """Return the address of a request's page that still knows the list; `said` goes along."""
        words = {**said, PARAMETER: self.query} if self.query else said
        return f"{case.get_desk_url()}?{urlencode(words)}" if words else case.get_desk_url()

    def neighbour(
        self, case: SupportRequest, *, reader: User, backwards: bool = False
    ) -> SupportRequest | None:
        """Return the request after this one as `reader` sees the list, or before it; None at its end.

        After a request that has left the list comes the first one.
        """
        visible = SupportRequest.objects.visible_to(reader)
        if self.query:
            rows = RequestFilter(QueryDict(self.query), visible.only("pk", "year"), reader=reader).qs
            return neighbour(rows, case, backwards=backwards)
        numbers = Day(reader).in_order
        at = numbers.index(case.pk) if case.pk in numbers else -1
        nearby = numbers[:at][-1:] if backwards and at > 0 else [] if backwards else numbers[at + 1 :][:1]
        return visible.only("pk", "year").filter(pk__in=nearby).first() if nearby else None


def origin_of(request: HttpRequest) -> Origin:
    """Return the list that the address names, else the page that led here; what is neither is the day."""
    if PARAMETER in request.GET:
        return Origin(_understood(request.GET[PARAMETER]))
    here = f"{request.scheme}://{request.get_host()}/"
    said = request.headers.get("Referer", "")
    if not said.startswith(here):
        return Origin()
    referer = urlsplit(said)
    if referer.path == reverse("desk-requests"):
        return Origin(_understood(referer.query) or EVERYTHING)
    return Origin(_understood(QueryDict(referer.query[:MOST_LETTERS]).get(PARAMETER, "")))


def _understood(query: str) -> str:
    """Return the filters that a query names, without pages and whatever else it says."""
    said = QueryDict(query[:MOST_LETTERS])
    known = {name: said[name] for name in RequestFilter.base_filters if said.get(name)}
    return urlencode(known)
