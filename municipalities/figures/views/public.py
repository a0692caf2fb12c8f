"""The public page of all figures of a municipality, and of what was known on a past day."""

from datetime import date

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import public
from core.loading.sources import Sources
from core.views.paging import page_of
from core.views.tables import csv_response
from municipalities.figures import numbers, queries
from municipalities.figures.forms import KnownOnForm
from municipalities.models import Municipality
from municipalities.places.queries import municipality_of

PER_PAGE = 100


@public
@require_safe
def values(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all figures by indicator and date, corrected ones too; `?known_on=` asks for a past day."""
    place = municipality_of(slug)
    form = KnownOnForm(request.GET)
    known_on = _known_on(form)
    page = page_of(queries.all_of(place, known_on=known_on), request, per_page=PER_PAGE)
    context = {
        "municipality": place,
        "form": form,
        "known_on": known_on,
        "page": page,
        "groups": queries.by_indicator(page.items, to_public=True),
        "sources": Sources(),
    }
    return render(request, "municipalities/figures/public_list.html", context)


@public
@require_safe
def values_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Give all that the page shows as one table."""
    place = get_object_or_404(Municipality, slug=slug)
    rows = queries.all_of(place, known_on=_known_on(KnownOnForm(request.GET)))
    return csv_response(f"figures-{place.slug}", numbers.table_header(), numbers.table_rows(rows))


def _known_on(form: KnownOnForm) -> date | None:
    return form.cleaned_data["known_on"] if form.is_valid() else None
