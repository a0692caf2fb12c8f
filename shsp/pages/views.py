"""The pages of the site, as the public reads them: the published edition, with today's facts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import public
from core.loading.sources import Sources
from shsp.centre.loading import centre_facts
from shsp.context_processors import Portal
from shsp.models import PageEdition
from shsp.pages.facts import with_facts
from shsp.pages.queries import current
from shsp.views import centre_rows, project_rows


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the Centre and its project are, each fact with its source."""
    portal = Portal(request)
    context = {
        "centre": centre_rows(portal),
        "project": project_rows(portal),
        "figures": {figure["slug"]: figure for figure in centre_facts()["figures"]},
        "sources": Sources(),
    }
    return _page(request, "pages/about.html", current("about"), context)


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What becomes of personal data."""
    return _page(request, "pages/site_page.html", current("privacy"))


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that Act 99/2019 asks for: of which day it is, and when it was last looked at."""
    edition = current("accessibility")
    first = PageEdition.objects.filter(document=edition.document_id, number=1).first() or edition
    return _page(request, "pages/accessibility.html", edition, {"stated_at": first.published_at})


def _page(
    request: HttpRequest, template: str, edition: PageEdition, more: dict[str, Any] | None = None
) -> HttpResponse:
    html = with_facts(edition.in_language("text_html", edition.shown_language))
    return render(request, template, {"edition": edition, "html": html, **(more or {})})
