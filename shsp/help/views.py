"""Where to turn when one's housing is at risk: three questions in the address, then who helps near."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.access import public
from shsp.help.forms import HelpForm
from shsp.help.page import HelpPage
from shsp.help.places import places
from shsp.help.queries import content
from shsp.help.texts import READINGS, Reading, Texts


@public
@require_safe
def help_now(request: HttpRequest, reading: str = "") -> HttpResponse:
    """The guided page; useful without any answer."""
    texts = Texts(_reading(reading), content())
    form = HelpForm(request.GET if request.GET else None, texts=texts)
    page = HelpPage(texts, **form.answers())
    context = {"texts": texts, "form": form, "page": page, "readings": _readings(texts.reading, page.query)}
    return _unkept(request, render(request, "pages/help/help.html", context))


@public
@require_safe
def help_places(request: HttpRequest, reading: str = "") -> HttpResponse:
    """Finding one's municipality on the map, or in the lists that say the same."""
    texts = Texts(_reading(reading), content())
    back = reverse(texts.reading.page)
    context = {"texts": texts, "places": places(request.GET, page=back), "back": back}
    return _unkept(request, render(request, "pages/help/places.html", context))


def _reading(key: str) -> Reading:
    return READINGS[key or ("cs" if get_language() == "cs" else "en")]


def _readings(chosen: Reading, query: str) -> list[dict[str, object]]:
    """Return the ways to read this very page, with what was answered."""
    found = []
    for reading in READINGS.values():
        address = reverse(reading.page)
        if reading.page == "help-now":
            address = f"/{reading.language}/" + address.split("/", 2)[2]
        url = f"{address}?{query}" if query else address
        found.append({"reading": reading, "url": url, "is_chosen": reading == chosen})
    return found


def _unkept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Leave nothing of what was answered in a browser that others use, nor on the way to it."""
    if request.GET:
        response.headers["Cache-Control"] = "no-store, private"
    return response
