"""The one way to what is behind a personal link.

Fetching such an address changes nothing: scanners of mail fetch every address. What a link
confirms or opens for good, a button does.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from core.links.models import LinkQuerySet, PersonalLink
from core.views import limits

View = Callable[..., HttpResponseBase]

NOT_FOUND, GONE = 404, 410
# Of what somebody wrote so much is given back when their link is over.
LONGEST_TYPED = 20_000
# An address that holds a secret is not kept, not found by search engines, and not told to other sites.
# "no-referrer" would be stricter still, but then browsers send forms without their origin, which is refused.
SECRET_ADDRESS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "same-origin",
}


def behind_link(
    rows: Callable[[], LinkQuerySet[Any]], *, over: str = "links/over.html"
) -> Callable[[View], View]:
    """Give a view the one of `rows()` that the token in its address opens.

    A link that is over gets the page `over` (410), one that never was, too (404), and too many of
    those 429. The limit slows down whoever tries out links; a right one works whatever others
    in the same network do: with 256 bits it cannot be guessed.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, token: str, **arguments: Any) -> HttpResponseBase:
            return answer(request, rows().behind_link(token).first(), view, over=over, **arguments)

        return opened

    return decorate


def answer(
    request: HttpRequest, row: PersonalLink | None, view: View, *, over: str, **arguments: Any
) -> HttpResponseBase:
    """Show what a link opens by its view, or that it is over; kept by nobody on the way."""
    is_open = row is not None and not row.is_link_dead
    response = view(request, row, **arguments) if is_open else ended(request, over, row)
    for name, value in SECRET_ADDRESS.items():
        response.headers[name] = value
    return response


def ended(request: HttpRequest, template: str, link: PersonalLink | None = None) -> HttpResponse:
    """Answer by a page that says what to do; what was typed too late is given back to whoever wrote it."""
    if link is None and not limits.take("link", request, settings.LINK_TRIES_PER_HOUR):
        return render(request, "429.html", status=429)
    context = {"link": link, "typed": _typed(request)[:LONGEST_TYPED]}
    return render(request, template, context, status=NOT_FOUND if link is None else GONE)


def _typed(request: HttpRequest) -> str:
    """Return what somebody wrote: the field `text`, and answers to several questions."""
    texts = [request.POST[name] for name in request.POST if name == "text" or name.startswith("answer-")]
    return "\n\n".join(filter(None, texts))


def ask_to_open(request: HttpRequest, *, heading: str, lead: str, button: str, until: Any) -> HttpResponse:
    """Answer whoever has only fetched an address: who asks, and the button that opens (it posts `open`)."""
    context = {"heading": heading, "lead": lead, "button": button, "until": until}
    return render(request, "links/closed.html", context)
