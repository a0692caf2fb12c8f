"""The public comparison of municipalities, and its tables to take away."""

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import public
from core.loading.sources import Sources
from core.views.tables import Sheet, csv_response, xlsx_response
from municipalities.comparison import tables
from municipalities.comparison.forms import ComparisonForm
from municipalities.comparison.table import Comparison


@public
@require_safe
def comparison(request: HttpRequest) -> HttpResponseBase:
    """Show municipalities side by side: a chart and a table for each indicator."""
    form = ComparisonForm(request.GET)
    query = form.tidy()
    if form.is_valid() and _is_untidy(request, form):
        return _kept_apart(HttpResponseRedirect(_address("comparison", query)))
    compared = _compared(request, form)
    if compared.sort != "name":
        query["sort"] = compared.sort
    context = {
        "form": form,
        "comparison": compared,
        "sources": Sources(),
        "unknown": [
            {"term": section.indicator.name, "value": bool(section.shown) or ""}
            for section in compared.sections
        ],
        "others": [{"municipality": row, "url": _without(query, row.slug)} for row in form.others],
        "csv_url": _address("comparison-csv", query),
        "xlsx_url": _address("comparison-xlsx", query),
    }
    return _kept_apart(render(request, "municipalities/comparison/comparison.html", context))


@public
@require_safe
def comparison_csv(request: HttpRequest) -> HttpResponseBase:
    """Give exactly what the page shows as one table."""
    compared = _compared(request, ComparisonForm(request.GET))
    return _kept_apart(csv_response("comparison", tables.header(), list(tables.rows(compared))))


@public
@require_safe
def comparison_xlsx(request: HttpRequest) -> HttpResponseBase:
    """Give exactly what the page shows as a workbook, with a sheet of definitions."""
    compared = _compared(request, ComparisonForm(request.GET))
    values = Sheet(_("Values"), tables.header(), tables.rows(compared))
    definitions = Sheet(_("Definitions"), tables.definitions_header(), tables.definitions(compared))
    return _kept_apart(xlsx_response("comparison", [values, definitions]))


def _compared(request: HttpRequest, form: ComparisonForm) -> Comparison:
    return Comparison(form, request.user, request.GET.get("sort", ""))


def _is_untidy(request: HttpRequest, form: ComparisonForm) -> bool:
    """Tell whether the address holds what a form sends along for nothing, or a municipality to add."""
    names = [name for name in form.fields if name in request.GET]
    return any("" in request.GET.getlist(name) for name in names) or bool(form.given("add"))


def _address(name: str, query: Any) -> str:
    return f"{reverse(name)}?{query.urlencode()}" if query else reverse(name)


def _without(query: Any, slug: str) -> str:
    left = query.copy()
    left.setlist("place", [other for other in query.getlist("place") if other != slug])
    return _address("comparison", left)


def _kept_apart(response: HttpResponseBase) -> HttpResponseBase:
    """What the desk sees must not reach the public through a cache."""
    response.headers["Cache-Control"] = "no-store, private"
    patch_vary_headers(response, ["Cookie"])
    return response
