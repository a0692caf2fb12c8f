"""Published practices, who took them up, and what was learnt from them, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from accounts.access import public
from accounts.permissions import Permission
from core.documents.publishing import State
from core.outbox import mail
from core.views.paging import page_of
from municipalities.choices import AdoptionState
from municipalities.models import AdoptionStep, PracticeEdition
from municipalities.practices import page as practices_page
from municipalities.practices.filters import LessonFilter, PracticeFilter
from municipalities.practices.queries import lessons_of
from municipalities.practices.views.adoptions import whole_ledger


@public
@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """The list: `?q= &approach= &size= &region= &runs= &label= &page=`."""
    filters = PracticeFilter(request.GET, PracticeEdition.objects.published().for_list())
    page = page_of(filters.qs, request, order="published_at")
    return render(request, "municipalities/practices/list.html", {"filters": filters, "page": page})


@public
@require_safe
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """One practice; a withdrawn one says so with 410, one that was never published is not there."""
    edition = _at(slug)
    if edition.state == State.WITHDRAWN:
        return _gone(request, edition)
    user = request.user
    context = {
        "edition": edition,
        "text": practices_page.text_in(edition, edition.shown_language),
        "judgement": practices_page.judgement(edition),
        "ledger": practices_page.ledger(edition.document),
        "addresses": _addresses(edition),
        "may_mark": user.is_authenticated and user.has(Permission.SPEAK_FOR_MUNICIPALITY),
        "may_mark_for_others": user.is_authenticated and user.has(Permission.EDIT_MUNICIPALITY),
    }
    return render(request, "municipalities/practices/detail.html", context)


def _at(slug: str) -> PracticeEdition:
    """Return what is read at the address of a practice; raises Http404 when it was never published."""
    rows = PracticeEdition.objects.at_address().select_related("document__municipality__region")
    edition = rows.filter(document__slug=slug).first()
    if edition is None:
        raise Http404
    return edition


@public
@require_safe
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """Every municipality that has taken a practice up, and how far it is."""
    edition = _at(slug)
    if edition.state == State.WITHDRAWN:
        return _gone(request, edition)
    context = {"edition": edition, **whole_ledger(request, edition.document)}
    return render(request, "municipalities/practices/whole_ledger.html", context)


def _gone(request: HttpRequest, edition: PracticeEdition) -> HttpResponse:
    # Not a word of the text: it may be the reason for the withdrawal.
    context = {"edition": edition}
    response = render(request, "municipalities/practices/withdrawn.html", context, status=410)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _addresses(edition: PracticeEdition) -> dict[str, str]:
    """Return the full address of each language that the text exists in, and the one to be quoted."""
    addresses = {}
    for language in edition.languages:
        with override(language):
            addresses[language] = mail.absolute(edition.document.get_absolute_url())
    return {**addresses, "canonical": addresses[edition.shown_language]}


@public
@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """What was dropped and why, over all practices and municipalities: `?approach= &size= &region=`."""
    filters = LessonFilter(request.GET, AdoptionStep.objects.lessons())
    page = page_of(filters.qs, request)
    context = {
        "filters": filters,
        "page": page,
        "lessons": lessons_of(page.items),
        "dropped": AdoptionState.DROPPED.label,
    }
    return render(request, "municipalities/practices/lessons.html", context)
