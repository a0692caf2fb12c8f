"""Published summaries, for everybody. Nobody here has an account; reading sets no cookie."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.access import public
from consultations.choices import Helpful
from consultations.models import Summary, SummaryEdition
from consultations.summaries import actions
from consultations.summaries.filters import SummaryFilter
from consultations.summaries.forms import MistakeForm
from core.documents.publishing import State
from core.outbox import mail
from core.views import limits
from core.views.paging import page_of

RELATED = 3
MISTAKES_PER_HOUR = 10


@public
@require_safe
def summaries(request: HttpRequest) -> HttpResponse:
    """The list: `?topic= &audience= &q= &page=`."""
    filters = SummaryFilter(request.GET, SummaryEdition.objects.published().for_list())
    page = page_of(filters.qs, request, order="published_at")
    return render(request, "consultations/summaries/list.html", {"filters": filters, "page": page})


@public
@require_safe
def summary(request: HttpRequest, slug: str) -> HttpResponse:
    """One summary; a withdrawn one says so with 410, one that was never published is not there."""
    edition = SummaryEdition.objects.at_address().for_page().filter(document__slug=slug).first()
    if edition is None:
        raise Http404
    if edition.state == State.WITHDRAWN:
        return _gone(request, edition)
    context = {
        "edition": edition,
        "related": _related(edition),
        "addresses": _addresses(edition),
        "thanks": request.GET.get("thanks", ""),
    }
    return render(request, "consultations/summaries/detail.html", context)


def _gone(request: HttpRequest, edition: SummaryEdition) -> HttpResponse:
    # Not a word of the text: it may be the reason for the withdrawal.
    context = {"edition": edition, "related": _related(edition)}
    response = render(request, "consultations/summaries/withdrawn.html", context, status=410)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _related(edition: SummaryEdition) -> list[SummaryEdition]:
    """Return the newest other summaries on the same topic."""
    rows = SummaryEdition.objects.published().for_list().filter(topic=edition.topic_id)
    return list(rows.exclude(document=edition.document_id)[:RELATED])


def _addresses(edition: SummaryEdition) -> dict[str, str]:
    """Return the full address of each language that the text exists in, and the one to be quoted."""
    addresses = {}
    for language in edition.languages:
        with override(language):
            addresses[language] = mail.absolute(edition.document.get_absolute_url())
    return {**addresses, "canonical": addresses[edition.shown_language]}


# What readers say ---------------------------------------------------------------


# No cookie is needed for this: it counts once an hour for a network, and changes nothing else.
@csrf_exempt
@require_POST
@public
def helpful(request: HttpRequest, slug: str) -> HttpResponse:
    """Was it helpful? Yes or no."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise PermissionDenied
    row = _readable(slug)
    answer = request.POST.get("helpful", "")
    if answer in Helpful.values and limits.take(f"helpful-{row.pk}", request, 1):
        actions.record_feedback(row, helpful=answer, by=None)
    return redirect(f"{row.get_absolute_url()}?thanks=helpful#feedback")


@public
def mistake(request: HttpRequest, slug: str) -> HttpResponse:
    """Report what is wrong with a summary."""
    row = _readable(slug)
    form = MistakeForm(request.POST or None)
    if form.is_valid() and (form.is_trapped or _keep_mistake(request, row, form)):
        return redirect(f"{row.get_absolute_url()}?thanks=mistake#feedback")
    context = {"edition": row.editions.published().get(), "form": form}
    status = 429 if form.non_field_errors() else 200
    return render(request, "consultations/summaries/mistake.html", context, status=status)


def _keep_mistake(request: HttpRequest, row: Summary, form: MistakeForm) -> bool:
    if not limits.take("mistake", request, MISTAKES_PER_HOUR):
        form.add_error(
            None, _("Too many reports came from your network in the last hour. Please try it later.")
        )
        return False
    actions.record_feedback(row, mistake=form.cleaned_data["mistake"], by=None)
    return True


def _readable(slug: str) -> Summary:
    return get_object_or_404(Summary, slug=slug, editions__state=State.PUBLISHED)
