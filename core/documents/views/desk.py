"""The pages on which people work on documents of every kind: the desk's, and those of other areas.

Each view takes the kind that its address is of; core.documents.urls binds them and marks who may.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.detector import justifications
from core.detector.finds import open_finds
from core.documents import actions
from core.documents.choices import OPEN, State
from core.documents.forms import CareForm, PlanForm, RemarkForm, WithdrawForm
from core.documents.kind import Kind
from core.documents.law.forms import SettleForm
from core.documents.law.kind import may_keep
from core.documents.law.models import Recheck
from core.documents.law.queries import marks_of
from core.documents.models import Document, Edition
from core.views.paging import page_of
from core.views.verbs import UNPROCESSABLE, back_to, run_verb, see_version, status_of, version_of

# No edition has a number that a small integer does not hold.
MOST_EDITIONS = 32_000


@require_safe
def listed(request: HttpRequest, kind: Kind) -> HttpResponse:
    """All editions that somebody works on or reads, newest first."""
    editions = kind.edition.objects.visible_to(request.user)
    rows = kind.list_rows(editions) if kind.list_rows else editions.for_desk()
    filters = kind.filters(request.GET, rows, reader=request.user) if kind.filters else None
    page = page_of(filters.qs if filters else rows, request)
    context = {
        "kind": kind,
        "prefix": kind.url_name(),
        "filters": filters,
        "page": page,
        "table": [(row, [(label, value(row)) for label, value in kind.columns]) for row in page.items],
        "may_start": kind.can_start_from_list and request.user.has(kind.may.write),
        **kind.list_context(request),
    }
    return render(request, kind.list_template, context)


@require_POST
def new_edition(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Begin the next edition and go on to write it."""
    document = _document(request, kind, pk)
    verb = partial(actions.new_edition, document, by=request.user)
    return _do(request, kind, document, verb, to="edit")


# The page -----------------------------------------------------------------------


@require_safe
def page(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """One document: the edition being worked on (or `?edition=`), and what can be done with it."""
    return show_page(request, kind, _document(request, kind, pk))


def show_page(
    request: HttpRequest,
    kind: Kind,
    document: Document,
    *,
    reasons: Any = (),
    conflict: Edition | None = None,
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    """Show the page of a document, with the `forms` that were sent from it by their names in templates."""
    rows = document.editions.select_related("author", "returned_by", "publish_by")
    editions = list(rows.order_by("-number"))
    edition = _chosen(request, editions)
    edition.document = document
    if conflict and "remark_form" in forms:
        see_version(forms["remark_form"], edition)
    context = {
        "kind": kind,
        "prefix": kind.url_name(),
        "heading_facts": [],
        "facts": [fact for fact in kind.form(edition=edition).facts(edition.words()) if fact[1]],
        "document": document,
        "edition": edition,
        "editions": editions,
        "before": next((row for row in editions if row.number == edition.number - 1), None),
        "refusals": reasons,
        "conflict": conflict,
        "remark_form": RemarkForm(initial={"version": edition.version}),
        "plan_form": PlanForm(initial={"version": edition.version}),
        **_check(kind, edition),
        **_may(request, kind, edition),
        **_care(kind, document),
        "rechecks": _rechecks(request, kind, edition),
        **kind.page_context(request, edition),
        **forms,
    }
    return render(request, "documents/page.html", context, status=status)


def _chosen(request: HttpRequest, editions: list[Edition]) -> Edition:
    if not editions:
        raise Http404
    number = request.GET.get("edition", "") if request.method == "GET" else ""
    return next((row for row in editions if str(row.number) == number), editions[0])


def _check(kind: Kind, edition: Edition) -> dict[str, Any]:
    """Return the finds of the check while somebody can still do something about them."""
    if not kind.check or edition.state not in OPEN:
        return {"is_checked": False}
    finds, reasons = kind.check.finds(edition), justifications.justified(edition)
    hits = open_finds(finds, reasons)
    edit_url = reverse(kind.url_name("edit"), args=[edition.document_id])
    return {
        "is_checked": True,
        "hits": hits,
        "kept": [{"hit": one, "why": reasons[one.key]} for one in finds if one.key in reasons],
        "small_places": kind.check.small_places(edition),
        "edit_urls": {
            one.key: kind.check.where(edition, one) or f"{edit_url}#id_{one.field}" for one in hits
        },
        "justify_url": reverse(kind.url_name("justify"), args=[edition.document_id]),
    }


def _may(request: HttpRequest, kind: Kind, edition: Edition) -> dict[str, Any]:
    user, may = request.user, kind.may
    is_draft, is_in_review = edition.state == State.DRAFT, edition.state == State.IN_REVIEW
    return {
        "may_write": user.has(may.write),
        "may_approve": bool(may.approve) and user.has(may.approve),
        "may_withdraw": bool(may.withdraw) and user.has(may.withdraw),
        "against_submitting": actions.reasons_against_submitting(edition) if is_draft else [],
        "against_publishing": (
            actions.reasons_against_publishing(edition, by=user) if is_in_review and may.approve else []
        ),
        "against_new_edition": actions.reasons_against_new_edition(edition.document),
        "against_withdrawing": actions.reasons_against_withdrawing(edition),
    }


def _care(kind: Kind, document: Document) -> dict[str, Any]:
    """Return who looks after a document, what readers say of it, and the forms for both."""
    if kind.area != "desk":
        return {"care_form": None, "feedback": None}
    care = CareForm(initial={"owner": document.owner_id, "deputy": document.deputy_id}, people=_people())
    feedback = document.feedback if kind.has_feedback and document.slug else None
    if feedback:
        feedback = {**feedback.helpful(), "mistakes": list(feedback.mistakes()[:50])}
    return {"care_form": care, "feedback": feedback}


def _rechecks(request: HttpRequest, kind: Kind, edition: Edition) -> list[tuple[Recheck, SettleForm | None]]:
    """Return what is to be checked in a text, each with the form to say that it is still right."""
    marks = marks_of(edition) if kind.area == "desk" else []
    return [(row, SettleForm.of(row) if may_keep(request.user) else None) for row in marks]


def _people() -> Any:
    return get_user_model().objects.staff()


@require_safe
def compare(request: HttpRequest, kind: Kind, pk: int, number: int) -> HttpResponse:
    """An edition beside the one before it, word by word."""
    document = _document(request, kind, pk)
    after = get_object_or_404(document.editions, number=min(number, MOST_EDITIONS))
    before = get_object_or_404(document.editions, number=after.number - 1)
    after.document = document
    context = {"kind": kind, "document": document, "before": before, "after": after}
    context["texts"] = kind.form(edition=after).differences(before.words(), after.words())
    return render(request, "documents/compare.html", context)


# Verbs --------------------------------------------------------------------------


@require_POST
def justify(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Keep a find in the text, with a reason."""
    edition = open_edition(request, kind, pk)
    key, reason = request.POST.get("find", ""), request.POST.get("reason", "")[:300]
    verb = partial(actions.justify, edition, key=key, reason=reason, by=request.user)
    return _do(request, kind, edition.document, verb, done=_("The reason is written down."))


@require_POST
def submit(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Send the draft to a second person."""
    edition = open_edition(request, kind, pk)
    verb = partial(actions.submit, edition, version=version_of(request), by=request.user)
    return _do(request, kind, edition.document, verb, done=kind.wording.submitted)


@require_POST
def publish(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Make the reviewed text public."""
    edition = open_edition(request, kind, pk)
    verb = partial(actions.publish, edition, version=version_of(request), by=request.user)
    return _do(request, kind, edition.document, verb, done=kind.wording.published)


@require_POST
def plan(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Let the reviewed text be published by itself, or with `stop` no longer so."""
    edition = open_edition(request, kind, pk)
    if "stop" in request.POST:
        verb = partial(actions.stop_publishing, edition, version=version_of(request), by=request.user)
        done = _("It will not be published by itself.")
        return _do(request, kind, edition.document, verb, done=done)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return show_page(request, kind, edition.document, plan_form=form, status=UNPROCESSABLE)
    verb = partial(actions.plan_publishing, edition, **form.cleaned_data, by=request.user)
    done = _("It will be published by itself.")
    return _do(request, kind, edition.document, verb, done=done, plan_form=form)


@require_POST
def send_back(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Return the text to its author with a remark."""
    edition = open_edition(request, kind, pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return show_page(request, kind, edition.document, remark_form=form, status=UNPROCESSABLE)
    verb = partial(actions.send_back, edition, **form.cleaned_data, by=request.user)
    done = _("The text is back with its author.")
    return _do(request, kind, edition.document, verb, done=done, remark_form=form)


def withdraw(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Ask why, then take the published text away."""
    document = _document(request, kind, pk)
    edition = get_object_or_404(document.editions.published())
    edition.document = document
    find = partial(kind.check.finds_in, document) if kind.check else lambda _texts: []
    form = WithdrawForm(request.POST or None, initial={"version": edition.version}, find=find)

    def show(*, reasons: Any = (), conflict: Edition | None = None, status: int = 200) -> HttpResponse:
        for reason in reasons:
            form.add_error("reason", reason)
        if conflict:
            see_version(form, conflict)
            changed = _("A colleague has changed this text meanwhile. Look at it before you withdraw it.")
            form.add_error(None, changed)
        context = {"kind": kind, "document": document, "edition": edition, "form": form}
        return render(request, "documents/withdraw.html", context, status=status)

    if not form.is_valid():
        return show(status=status_of(form))
    words = {name: form.cleaned_data[name] for name in ("reason", "reason_en", "version")}
    verb = partial(actions.withdraw, edition, **words, kept=form.kept_finds, by=request.user)
    done = _("The text is withdrawn. Its address says why.")
    return run_verb(request, verb, to=page_url(kind, pk), show=show, done=done)


@require_POST
def look_after(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Say who looks after the document, and who does while they are away."""
    document = _document(request, kind, pk)
    form = CareForm(request.POST, people=_people())
    if not form.is_valid():
        return show_page(request, kind, document, care_form=form, status=UNPROCESSABLE)
    verb = partial(actions.look_after, document, **form.cleaned_data, by=request.user)
    return _do(request, kind, document, verb, done=_("It is written down who looks after it."))


@require_POST
def settle(request: HttpRequest, kind: Kind, pk: int, feedback: int) -> HttpResponse:
    """Mark a reported mistake as dealt with."""
    document = _document(request, kind, pk)
    row = get_object_or_404(document.feedback.mistakes(), pk=feedback)
    to, settled = f"{page_url(kind, pk)}#feedback", _("A colleague has settled it already.")
    verb = partial(actions.settle_feedback, document, row.pk, by=request.user)
    return run_verb(request, verb, to=to, show=back_to(request, to), changed=settled)


def _do(
    request: HttpRequest,
    kind: Kind,
    document: Document,
    verb: Callable[[], Any],
    *,
    done: Any = "",
    to: str = "",
    **forms: Any,
) -> HttpResponse:
    show = partial(show_page, request, kind, document, **forms)
    return run_verb(request, verb, to=reverse(kind.url_name(to), args=[document.pk]), show=show, done=done)


def page_url(kind: Kind, pk: int) -> str:
    """Return where people work on a document."""
    return reverse(kind.url_name(), args=[pk])


def _document(request: HttpRequest, kind: Kind, pk: int) -> Document:
    return get_object_or_404(kind.document.objects.visible_to(request.user), pk=pk)


def open_edition(request: HttpRequest, kind: Kind, pk: int) -> Edition:
    """Return the newest edition, the one that can be worked on."""
    document = _document(request, kind, pk)
    edition = document.editions.select_related("submitted_by").order_by("-number").first()
    if edition is None:
        raise Http404
    edition.document = document
    return edition
