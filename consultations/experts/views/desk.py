"""Questions to experts outside, at the desk: a tab of the request, and a page for each question."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, View, requires
from accounts.permissions import Permission
from consultations.choices import ExpertState
from consultations.desk.views.request import case_of
from consultations.experts import actions
from consultations.experts.forms import ExpertForm, ProlongForm
from consultations.models import ContactFile, ExpertQuestion
from consultations.requests.actions import readings
from core.detector.finds import open_finds
from core.outbox import mail
from core.views.verbs import UNPROCESSABLE, run_verb, see_version, version_of

# How many questions and readings a request's tab shows; more than a handful are hardly ever asked.
MOST = 50


@requires(Permission.VIEW_REQUESTS)
@require_safe
def questions(request: UserRequest, reference: str) -> HttpResponse:
    """All questions to experts about one request, and the second readings of its answers."""
    case = case_of(request, reference)
    context = {
        "case": case,
        "questions": ExpertQuestion.objects.visible_to(request.user).filter(request=case).for_list()[:MOST],
        "readings": case.readings.visible_to(request.user).for_list().order_by("-pk")[:MOST],
        "against_writing": actions.reasons_against_writing(case, by=request.user),
        "against_asking": readings.reasons_against_asking_reading(case, by=request.user),
    }
    return render(request, "consultations/experts/desk/list.html", context)


@requires(Permission.ANSWER_REQUEST)
def edit(request: UserRequest, reference: str, pk: int | None = None) -> HttpResponse:
    """Write a question to an expert, or change a draft; what a colleague saved meanwhile stands beside it."""
    question = None if pk is None else _question(request, reference, pk)
    case, by = question.request if question else case_of(request, reference), request.user
    initial = ExpertForm.initial_of(question) if question else ExpertForm.initial_for(case)
    form = ExpertForm(request.POST or None, case=case, initial=initial)

    def verb() -> ExpertQuestion:
        if question is None:
            return actions.write(case, **form.words, by=by)
        actions.edit(question, **form.cleaned_data, by=by)
        return question

    def show(*, conflict: ExpertQuestion | None = None, status: int = 200) -> HttpResponse:
        context = {"case": case, "form": form, "question": question, "theirs": conflict}
        if question:
            context["reasons"] = actions.reasons_against_editing(question, by=by)
            context["hits"] = open_finds(actions.finds_in(question), question.kept_finds)
        else:
            context |= {"reasons": actions.reasons_against_writing(case, by=by), "hits": []}
        context["contacts"] = case.contacts.for_timeline()[:MOST]
        return render(request, "consultations/experts/desk/write.html", context, status=status)

    return run_verb(request, verb, to=lambda row: row.get_desk_url(), show=show, form=form)


@requires(Permission.VIEW_REQUESTS)
@require_safe
def question(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """One question: what the expert sees, what became of it, and what can be done."""
    return _page(request, _question(request, reference, pk))


def _question(request: UserRequest, reference: str, pk: int) -> ExpertQuestion:
    case = case_of(request, reference)
    rows = ExpertQuestion.objects.visible_to(request.user).select_related("written_by", "sent_by", "told_as")
    found = get_object_or_404(rows, request=case, pk=pk)
    found.request = case
    return found


def _page(
    request: UserRequest,
    question: ExpertQuestion,
    *,
    reasons: list[str] | None = None,
    conflict: Any = None,
    prolong_form: ProlongForm | None = None,
    status: int = 200,
) -> HttpResponse:
    if conflict is not None:
        question = _question(request, question.request.reference, question.pk)
        if prolong_form:
            see_version(prolong_form, question)
    is_draft, told = question.state == ExpertState.DRAFT, question.told_as
    finds, stays = actions.finds_in(question) if is_draft else [], question.kept_finds
    context = {
        "case": question.request,
        "question": question,
        "files": question.files.select_related("file__attachment").order_by("number"),
        "hits": open_finds(finds, stays),
        "kept": [{"hit": one, "why": stays[one.key]["reason"]} for one in finds if one.key in stays],
        "link": "" if is_draft else mail.absolute(question.get_link()),
        "told_files": list(map(_file, told.files.select_related("attachment"))) if told else [],
        "refusals": reasons or [],
        "has_changed": conflict is not None,
        "prolong_form": prolong_form or ProlongForm(initial=ProlongForm.initial_of(question)),
        **_may(question, request.user),
    }
    return render(request, "consultations/experts/desk/question.html", context, status=status)


def _may(question: ExpertQuestion, user: Any) -> dict[str, list[str]]:
    verbs = {
        "against_editing": actions.reasons_against_editing,
        "against_sending": actions.reasons_against_sending,
        "against_reminding": actions.reasons_against_reminding,
        "against_prolonging": actions.reasons_against_prolonging,
        "against_renewing": actions.reasons_against_renewing_link,
        "against_revoking": actions.reasons_against_revoking,
    }
    return {name: reasons(question, by=user) for name, reasons in verbs.items()}


def _file(file: ContactFile) -> dict[str, Any]:
    attachment = file.attachment
    return {"name": attachment.name, "size": attachment.size, "url": reverse("desk-file", args=[file.pk])}


def _do(
    request: UserRequest,
    row: ExpertQuestion,
    verb: Callable[..., None],
    done: str | Promise,
    *,
    to: str = "",
    prolong_form: ProlongForm | None = None,
    **said: Any,
) -> HttpResponse:
    """Run a verb, with what was `said`, on the version that was seen."""
    return run_verb(
        request,
        partial(verb, row, version=version_of(request), by=request.user, **said),
        to=to or row.get_desk_url(),
        show=partial(_page, request, row, prolong_form=prolong_form),
        done=done,
    )


def _view(verb: Callable[..., None], done: Promise) -> View:
    """Return the view that does a verb for which nothing is filled in."""

    @requires(Permission.ANSWER_REQUEST)
    @require_POST
    def view(request: UserRequest, reference: str, pk: int) -> HttpResponse:
        return _do(request, _question(request, reference, pk), verb, done)

    return view


send = _view(
    actions.send, gettext_lazy("The link is on its way to the expert. The question itself is in no message.")
)
remind = _view(actions.remind, gettext_lazy("The expert is reminded."))
renew_link = _view(
    actions.renew_link, gettext_lazy("A new link is on its way to the expert; the old one no longer works.")
)


@requires(Permission.ANSWER_REQUEST)
@require_POST
def keep(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Keep a find in the question, with a reason."""
    row, done = _question(request, reference, pk), _("The reason is written down.")
    key, reason = _line(request, "find", 40), _line(request, "reason", 300)
    return _do(request, row, actions.keep_find, done, key=key, reason=reason)


def _line(request: UserRequest, name: str, longest: int) -> str:
    return request.POST.get(name, "").replace("\x00", "")[:longest]


@requires(Permission.ANSWER_REQUEST)
@require_POST
def prolong(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Give the expert more time."""
    row = _question(request, reference, pk)
    form = ProlongForm(request.POST)
    if not form.is_valid():
        return _page(request, row, prolong_form=form, status=UNPROCESSABLE)
    done = _("The expert has more time, and knows of it.")
    return _do(request, row, actions.prolong, done, prolong_form=form, **form.words)


@requires(Permission.ANSWER_REQUEST)
def revoke(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Ask whether the question is really to be taken back, and do it."""
    row = _question(request, reference, pk)
    if request.method == "POST":
        return _do(request, row, actions.revoke, _("The question is taken back; its link no longer works."))
    reasons = actions.reasons_against_revoking(row, by=request.user)
    context = {"case": row.request, "question": row, "reasons": reasons}
    return render(request, "consultations/experts/desk/revoke.html", context)


@requires(Permission.ANSWER_REQUEST)
@require_POST
def discard(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Throw a draft away."""
    row = _question(request, reference, pk)
    to = reverse("desk-experts", args=[row.request.reference])
    return _do(request, row, actions.discard, _("The draft is gone."), to=to)
