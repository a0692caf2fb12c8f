"""Summaries at the desk: begun from a request, written, checked, published, withdrawn."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from consultations.choices import Helpful
from consultations.models import Contact, Feedback, Summary, SummaryEdition, SummaryOrigin, SupportRequest
from consultations.requests.known_people import known_of_document, texts_of
from consultations.summaries import actions, exchange
from consultations.summaries.filters import DeskSummaryFilter
from consultations.summaries.forms import LinkForm, SummaryForm
from core.detector import justifications
from core.detector.finds import find, open_finds
from core.documents import publishing
from core.documents.forms import RemarkForm, WithdrawForm
from core.documents.publishing import State
from core.states import Conflict, Refused, check_seen
from core.views.paging import page_of, whole_number
from core.views.verbs import CONFLICT, run_verb, see_version, version_of
from municipalities.places.small_places import small_places_in


@requires(Permission.VIEW_DESK)
@require_safe
def summaries(request: HttpRequest) -> HttpResponse:
    """All editions that somebody works on or reads, newest first."""
    rows = SummaryEdition.objects.visible_to(request.user).for_desk()
    filters = DeskSummaryFilter(request.GET, rows, reader=request.user)
    page = page_of(filters.qs, request)
    return render(request, "consultations/summaries/desk/list.html", {"filters": filters, "page": page})


# Writing ------------------------------------------------------------------------


@requires(Permission.WRITE_SUMMARY)
def start(request: HttpRequest) -> HttpResponse:
    """Begin a summary from the request named in `?request=`, or from the question in `?exchange=`."""
    if "exchange" in request.GET:
        return _start_from_exchange(request)
    reference = request.GET.get("request", "")
    source = get_object_or_404(SupportRequest.objects.visible_to(request.user).with_reference(reference))
    reasons = actions.reasons_against_source(source)
    form = SummaryForm(request.POST or None, initial=SummaryForm.initial_for(source))
    if form.is_valid() and not reasons:
        edition = actions.start_summary([source], text=form.to_text(), by=request.user)
        messages.success(request, _("The draft is saved."))
        return redirect(edition.document.get_desk_url())
    context = {
        "form": form,
        "sources": _conversations(request, [source]),
        "reasons": reasons,
        "edition": None,
        "exchange": None,
    }
    return render(request, "consultations/summaries/desk/edit.html", {**context, "theirs": []})


def _start_from_exchange(request: HttpRequest) -> HttpResponse:
    conversation = exchange.conversation(request.user, whole_number(request.GET["exchange"]))
    if conversation is None:
        raise Http404
    question = conversation["question"]
    reasons, status = exchange.reasons_against_source(question), 200
    form = SummaryForm(request.POST or None, initial=SummaryForm.initial_for_exchange(question))
    if form.is_valid():
        try:
            edition = actions.start_summary(
                [], text=form.to_text(), by=request.user, exchange_question=question
            )
        except Refused as refusal:
            reasons, status = refusal.reasons, CONFLICT
        else:
            messages.success(request, _("The draft is saved."))
            return redirect(edition.document.get_desk_url())
    context = {"form": form, "sources": [], "reasons": reasons, "edition": None, "theirs": []}
    context["exchange"] = conversation
    return render(request, "consultations/summaries/desk/edit.html", context, status=status)


@requires(Permission.WRITE_SUMMARY)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on the draft; when a colleague has saved meanwhile, both texts are shown and nothing is lost."""
    summary, edition = _open_edition(request, pk)
    form = SummaryForm(
        request.POST or None, initial=SummaryForm.initial_of(edition), is_first=edition.number == 1
    )
    reasons, theirs, status = publishing.reasons_against_editing(edition), [], 200
    if form.is_valid():
        try:
            actions.save_draft(
                edition, text=form.to_text(), version=form.cleaned_data["version"] or 0, by=request.user
            )
        except Refused as refusal:
            reasons, status = refusal.reasons, CONFLICT
        except Conflict as conflict:
            theirs, status = _differences(form, conflict.current), CONFLICT
            see_version(form, conflict.current)
        else:
            messages.success(request, _("The draft is saved."))
            return redirect(summary.get_desk_url())
    requests = SupportRequest.objects.filter(summary_origins__summary=summary)
    context = {"form": form, "edition": edition, "reasons": reasons, "theirs": theirs}
    context["sources"] = _conversations(request, requests)
    context["exchange"] = exchange.conversation(request.user, summary.exchange_question_id)
    return render(request, "consultations/summaries/desk/edit.html", context, status=status)


def _differences(form: SummaryForm, current: SummaryEdition) -> list[dict[str, str]]:
    """Return the texts in which a colleague's version differs from what was sent."""
    theirs = SummaryForm.initial_of(current)
    found = []
    for name in ("question", "short_answer", "answer", "change_note"):
        for language in ("cs", "en"):
            field = f"{name}_{language}"
            if field in form.fields and form.cleaned_data.get(field, "") != theirs[field]:
                mine = form.cleaned_data.get(field, "")
                found.append({"label": form.fields[field].label, "theirs": theirs[field], "mine": mine})
    return found


def _conversations(request: HttpRequest, sources: Any) -> list[dict[str, Any]]:
    """Return each request with what was said on it, to read beside the form."""
    sources = list(sources)
    contacts = Contact.objects.visible_to(request.user).filter(request__in=sources).for_timeline()
    told = {source.pk: [] for source in sources}
    for contact in contacts:
        told[contact.request_id].append(contact)
    return [{"request": source, "contacts": told[source.pk]} for source in sources]


@requires(Permission.WRITE_SUMMARY)
@require_POST
def new_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next edition and go on to write it."""
    summary = _summary(request, pk)
    return _do(
        request, summary, lambda: actions.new_edition(summary, by=request.user), to="desk-summary-edit"
    )


# The page -----------------------------------------------------------------------


@requires(Permission.VIEW_DESK)
@require_safe
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """One summary: the edition being worked on (or `?edition=`), what stands against it, what can be done."""
    return _page(request, _summary(request, pk))


def _page(
    request: HttpRequest,
    summary: Summary,
    *,
    reasons: list[str] | None = None,
    conflict: SummaryEdition | None = None,
    remark: RemarkForm | None = None,
    link: LinkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page again after something was not done, or for the first time."""
    editions = list(summary.editions.visible_to(request.user).select_related("author").order_by("-number"))
    edition = _chosen(request, editions)
    edition.document = summary
    if conflict and remark:
        see_version(remark, edition)
    context = {
        "summary": summary,
        "edition": edition,
        "editions": editions,
        "before": next((row for row in editions if row.number == edition.number - 1), None),
        "exchange": exchange.conversation(request.user, summary.exchange_question_id),
        "origins": summary.origins.select_related("request__municipality").order_by("pk"),
        "feedback": _feedback(summary),
        "refusals": reasons or [],
        "conflict": conflict,
        "remark_form": remark or RemarkForm(initial={"version": edition.version}),
        "link_form": link or LinkForm(),
        **_check(edition),
        **_may(request, summary, edition),
    }
    return render(request, "consultations/summaries/desk/detail.html", context, status=status)


def _chosen(request: HttpRequest, editions: list[SummaryEdition]) -> SummaryEdition:
    """Return the edition that the address names, else the newest."""
    if not editions:
        raise Http404
    number = request.GET.get("edition", "") if request.method == "GET" else ""
    return next((row for row in editions if str(row.number) == number), editions[0])


def _check(edition: SummaryEdition) -> dict[str, Any]:
    """Return the finds of the check, open and justified, while somebody can still do something about them."""
    if edition.state not in publishing.OPEN:
        return {"hits": [], "kept": [], "small_places": []}
    known, texts = known_of_document(edition.document), texts_of(edition)
    finds, reasons = find(texts, known), justifications.justified(edition)
    return {
        "hits": open_finds(finds, reasons),
        "kept": [{"hit": one, "why": reasons[one.key]} for one in finds if one.key in reasons],
        "small_places": [name for name in small_places_in(texts.values()) if name not in known.places],
    }


def _may(request: HttpRequest, summary: Summary, edition: SummaryEdition) -> dict[str, Any]:
    """Return what can be done now, each with the reasons against it."""
    user = request.user
    return {
        "may_write": user.has(Permission.WRITE_SUMMARY),
        "may_approve": user.has(Permission.APPROVE_SUMMARY),
        "may_withdraw": user.has(Permission.WITHDRAW_SUMMARY),
        "against_submitting": actions.reasons_against_submitting(edition)
        if edition.state == State.DRAFT
        else [],
        "against_publishing": (
            actions.reasons_against_publishing(edition, by=user) if edition.state == State.IN_REVIEW else []
        ),
        "against_new_edition": publishing.reasons_against_new_edition(summary.editions.all()),
    }


def _feedback(summary: Summary) -> dict[str, Any]:
    counts = summary.feedback.aggregate(
        yes=Count("pk", filter=Q(helpful=Helpful.YES)), no=Count("pk", filter=Q(helpful=Helpful.NO))
    )
    return {**counts, "mistakes": list(summary.feedback.mistakes()[:50])}


# Verbs --------------------------------------------------------------------------


@requires(Permission.WRITE_SUMMARY)
@require_POST
def justify(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a find in the text, with a reason."""
    summary, edition = _open_edition(request, pk)
    key, reason = request.POST.get("find", ""), request.POST.get("reason", "")[:300]
    return _do(
        request,
        summary,
        lambda: actions.justify_hit(edition, key=key, reason=reason, by=request.user),
        done=_("The reason is written down."),
    )


@requires(Permission.WRITE_SUMMARY)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the draft to a second person."""
    summary, edition = _open_edition(request, pk)
    return _do(
        request,
        summary,
        lambda: actions.submit(edition, version=version_of(request), by=request.user),
        done=_("The text is with a second person now."),
    )


@requires(Permission.APPROVE_SUMMARY)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the reviewed text public."""
    summary, edition = _open_edition(request, pk)
    return _do(
        request,
        summary,
        lambda: actions.publish(edition, version=version_of(request), by=request.user),
        done=_("The text is published. Those who asked are told by e-mail."),
    )


@requires(Permission.APPROVE_SUMMARY)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the text to its author with a remark."""
    summary, edition = _open_edition(request, pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, summary, remark=form)
    words = form.cleaned_data
    return _do(
        request,
        summary,
        lambda: actions.send_back(edition, **words, by=request.user),
        done=_("The text is back with its author."),
        remark=form,
    )


@requires(Permission.WITHDRAW_SUMMARY)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then take the published text away."""
    summary = _summary(request, pk)
    edition = get_object_or_404(summary.editions.published())
    edition.document = summary
    form = WithdrawForm(
        request.POST or None,
        initial={"version": edition.version},
        find=partial(actions.finds_in_reason, edition),
    )
    if form.is_valid():
        try:
            words = {name: form.cleaned_data[name] for name in ("reason", "reason_en")}
            check_seen(edition, form.cleaned_data["version"])
            actions.withdraw(edition, **words, kept=form.kept_finds, by=request.user)
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error("reason", reason)
        except Conflict:
            form.add_error(
                None, _("A colleague has changed this text meanwhile. Look at it before you withdraw it.")
            )
        else:
            messages.success(request, _("The text is withdrawn. Its address says why."))
            return redirect(summary.get_desk_url())
    return render(
        request,
        "consultations/summaries/desk/withdraw.html",
        {"summary": summary, "edition": edition, "form": form},
    )


@requires(Permission.VIEW_DESK)
@require_safe
def compare(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An edition beside the one before it, word by word."""
    summary = _summary(request, pk)
    after = get_object_or_404(summary.editions, number=number)
    before = get_object_or_404(summary.editions, number=number - 1)
    texts = [
        {
            "label": SummaryForm.base_fields[f"{name}_{language}"].label,
            "before": getattr(before, f"{name}_{language}") or "",
            "after": getattr(after, f"{name}_{language}") or "",
        }
        for language in ("cs", "en")
        for name in ("question", "short_answer", "answer")
    ]
    context = {"summary": summary, "before": before, "after": after}
    context["texts"] = [text for text in texts if text["before"] or text["after"]]
    return render(request, "consultations/summaries/desk/compare.html", context)


@requires(Permission.WRITE_SUMMARY)
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Link one more request that the summary answers."""
    summary = _summary(request, pk)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, summary, link=form)
    return _do(
        request,
        summary,
        lambda: actions.link_request(summary, request=form.cleaned_data["reference"], by=request.user),
        done=_("The request is linked."),
        link=form,
    )


@requires(Permission.WRITE_SUMMARY)
@require_POST
def unlink(request: HttpRequest, pk: int, origin: int) -> HttpResponse:
    """Take the link to a request back."""
    summary = _summary(request, pk)
    row = get_object_or_404(SummaryOrigin.objects.select_related("summary"), pk=origin, summary=summary)
    return _do(
        request, summary, lambda: actions.unlink_request(row, by=request.user), done=_("The link is gone.")
    )


@requires(Permission.WRITE_SUMMARY)
@require_POST
def settle(request: HttpRequest, pk: int, feedback: int) -> HttpResponse:
    """Mark a reported mistake as dealt with."""
    summary = _summary(request, pk)
    row = get_object_or_404(
        Feedback.objects.select_related("summary").mistakes(), pk=feedback, summary=summary
    )
    try:
        actions.settle_feedback(row, by=request.user)
    except Conflict:
        messages.info(request, _("A colleague has settled it already."))
    return redirect(f"{summary.get_desk_url()}#feedback")


def _do(
    request: HttpRequest,
    summary: Summary,
    verb: Callable[[], Any],
    *,
    done: str = "",
    to: str = "desk-summary",
    **again: Any,
) -> HttpResponse:
    show = partial(_page, request, summary, **again)
    return run_verb(request, verb, to=reverse(to, args=[summary.pk]), show=show, done=done)


def _summary(request: HttpRequest, pk: int) -> Summary:
    return get_object_or_404(Summary.objects.visible_to(request.user), pk=pk)


def _open_edition(request: HttpRequest, pk: int) -> tuple[Summary, SummaryEdition]:
    """Return a summary with the newest edition, the one that can be worked on."""
    summary = _summary(request, pk)
    edition = summary.editions.order_by("-number").first()
    if edition is None:
        raise Http404
    edition.document = summary
    return summary, edition
