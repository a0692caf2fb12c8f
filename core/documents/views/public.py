"""Published documents, for everybody. Nobody here has an account; reading sets no cookie."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from core.documents import actions
from core.documents.choices import Helpful, State
from core.documents.forms import MistakeForm
from core.documents.kind import Kind
from core.documents.law.queries import marks_of
from core.documents.models import Document, Edition
from core.outbox import mail
from core.views import limits
from core.views.paging import page_of

MISTAKES_PER_HOUR = 10


def edition_at(kind: Kind, slug: str) -> Edition:
    """Return the published or withdrawn edition at an address; raises Http404 when there is none."""
    edition = kind.edition.objects.at_address().for_page().filter(document__slug=slug).first()
    if edition is None:
        raise Http404
    return edition


@require_safe
def listed(request: HttpRequest, kind: Kind) -> HttpResponse:
    """What is published of a kind, newest first."""
    rows = kind.edition.objects.published().for_list()
    filters = kind.public_filters(request.GET, rows) if kind.public_filters else None
    page = page_of(filters.qs if filters else rows, request, order="published_at")
    return render(request, kind.public_list_template, {"kind": kind, "filters": filters, "page": page})


@require_safe
def page(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    """One document; a withdrawn one says so with 410, one that was never published is not there."""
    edition = edition_at(kind, slug)
    if edition.state == State.WITHDRAWN:
        return gone(request, kind, edition)
    context = {"kind": kind, "edition": edition, "addresses": _addresses(edition), "marks": marks_of(edition)}
    context |= {"thanks": request.GET.get("thanks", ""), **kind.public_context(request, edition)}
    return render(request, kind.public_template, context)


def gone(request: HttpRequest, kind: Kind, edition: Edition) -> HttpResponse:
    """Say that a text was withdrawn, when and why; not a word of it: it may be the reason."""
    context = {"kind": kind, "edition": edition, **kind.gone_context(request, edition)}
    response = render(request, kind.gone_template, context, status=410)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _addresses(edition: Edition) -> dict[str, str]:
    """Return the full address of each language that the text exists in, and the one to be quoted."""
    addresses = {}
    for language in edition.languages:
        with override(language):
            addresses[language] = mail.absolute(edition.document.get_absolute_url())
    return {**addresses, "canonical": addresses[edition.shown_language]}


@require_POST
def helpful(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    """Was it helpful? Yes or no."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise PermissionDenied
    edition = _readable(kind, slug)
    answer = request.POST.get("helpful", "")
    if answer in Helpful.values and limits.take(f"helpful-{kind.name}-{edition.document_id}", request, 1):
        actions.record_feedback(edition.document, helpful=answer, by=None)
    return redirect(f"{edition.get_absolute_url()}?thanks=helpful#feedback")


def mistake(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    """Report what is wrong with a text."""
    edition = _readable(kind, slug)
    form = MistakeForm(request.POST or None)
    if form.is_valid() and (request.POST.get("website") or _keep_mistake(request, edition.document, form)):
        return redirect(f"{edition.get_absolute_url()}?thanks=mistake#feedback")
    context = {"kind": kind, "edition": edition, "form": form}
    status = 429 if form.non_field_errors() else 200
    return render(request, "documents/mistake.html", context, status=status)


def _keep_mistake(request: HttpRequest, document: Document, form: MistakeForm) -> bool:
    if not limits.take("mistake", request, MISTAKES_PER_HOUR):
        too_many = _("Too many reports came from your network in the last hour. Please try it later.")
        form.add_error(None, too_many)
        return False
    actions.record_feedback(document, mistake=form.cleaned_data["mistake"], by=None)
    return True


def _readable(kind: Kind, slug: str) -> Edition:
    return get_object_or_404(kind.edition.objects.published().for_page(), document__slug=slug)
