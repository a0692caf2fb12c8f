"""The expert's own page behind a personal link: no account, and nothing of the case but what was chosen.

Fetching an address here does nothing and shows nothing: scanners of mail fetch every
address. A button opens the question, and the browser may then read it while its session lasts.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import public
from consultations.choices import ExpertState
from consultations.experts.actions import answers as actions
from consultations.experts.forms import DeclineForm, ExpertAnswerForm
from consultations.intake.conversation import ShownFile
from consultations.intake.views.public import SECRET_ADDRESS, wrong_link
from consultations.models import ExpertFile, ExpertQuestion
from consultations.models.expert import LONGEST_WORDS
from core.files.attachments import serve
from core.views.verbs import run_verb, template_page

View = Callable[..., HttpResponse]

# Which questions this browser has opened: number -> digest of the link it was opened by.
OPENED = "expert_questions"
GONE = 410


def behind_link(view: View) -> View:
    """Give the view the question that the token in its address opens.

    A link that is over says what to do (410); one that never was is 404, too many of them 429.
    """

    @wraps(view)
    def opened(request: HttpRequest, token: str, **arguments: Any) -> HttpResponse:
        rows = ExpertQuestion.objects.select_related("request__assignee", "sent_by")
        question = rows.behind_link(token).first()
        if question is None:
            return wrong_link(request)
        if question.is_link_dead:
            # An answer that comes too late is given back to whoever wrote it.
            typed = request.POST.get("text", "")[:LONGEST_WORDS]
            context = {"is_revoked": question.state == ExpertState.REVOKED, "typed": typed}
            response = render(request, "consultations/experts/over.html", context, status=GONE)
        else:
            response = view(request, question, **arguments)
        for name, value in SECRET_ADDRESS.items():
            response.headers[name] = value
        return response

    return opened


@public
@behind_link
def page(request: HttpRequest, question: ExpertQuestion) -> HttpResponse:
    """A button; behind it the question and a box for the answer."""
    if request.method == "POST":
        # Whoever sends a form has pressed a button: nothing typed is lost when a session has ended meanwhile.
        _let_in(request, question)
        return redirect(question.get_link()) if "open" in request.POST else _answer(request, question)
    if not _is_let_in(request, question):
        return render(request, "consultations/experts/closed.html", {"question": question})
    return _page(request, question, _form(question))


def _let_in(request: HttpRequest, question: ExpertQuestion) -> None:
    if not _is_let_in(request, question):
        opened = request.session.get(OPENED, {})
        request.session[OPENED] = {**opened, str(question.pk): question.link_digest}
        actions.open_question(question)


def _is_let_in(request: HttpRequest, question: ExpertQuestion) -> bool:
    return request.session.get(OPENED, {}).get(str(question.pk)) == question.link_digest


def _form(question: ExpertQuestion, *args: Any) -> ExpertAnswerForm:
    return ExpertAnswerForm(*args, is_legal=question.is_legal)


def _answer(request: HttpRequest, question: ExpertQuestion) -> HttpResponse:
    form = _form(question, request.POST, request.FILES)

    def verb() -> None:
        words = form.cleaned_data
        actions.answer(question, text=words["text"], interest=form.chosen_interest, files=words["files"])

    def show(*, status: int) -> HttpResponse:
        if question.answer and question.answer == form.cleaned_data.get("text"):
            # The button was pressed twice.
            return redirect(question.get_link())
        return _page(request, question, form, status)

    return run_verb(request, verb, to=question.get_link(), show=show, form=form)


def _page(
    request: HttpRequest, question: ExpertQuestion, form: ExpertAnswerForm, status: int = 200
) -> HttpResponse:
    """Show the question with the form, or what became of it; a form that came back is always shown."""
    is_declined = question.state == ExpertState.DECLINED
    context = {
        "question": question,
        "is_declined": is_declined,
        "files": [] if is_declined else shown_files(question),
        "form": form if question.state == ExpertState.SENT or form.is_bound else None,
        "told_files": question.told_as.files.select_related("attachment") if question.told_as else [],
    }
    return render(request, "consultations/experts/page.html", context, status=status)


def shown_files(question: ExpertQuestion) -> list[ShownFile]:
    """Return the chosen files as the expert sees them, under names that tell nothing."""
    token, rows = question.link_token, question.files.select_related("file__attachment").order_by("number")
    return [
        ShownFile(row.name, row.file.attachment.size, reverse("expert-file", args=[token, row.pk]))
        for row in rows
    ]


@public
@require_safe
@behind_link
def file(request: HttpRequest, question: ExpertQuestion, pk: int) -> HttpResponse:
    """One of the chosen files, for whoever has pressed the button and has not declined."""
    if not _is_let_in(request, question) or question.state == ExpertState.DECLINED:
        return redirect(question.get_link())
    rows = ExpertFile.objects.select_related("file__attachment").filter(question=question)
    found = get_object_or_404(rows, pk=pk)
    attachment = found.file.attachment
    attachment.name = found.name
    return serve(attachment, request)


@public
@behind_link
def decline(request: HttpRequest, question: ExpertQuestion) -> HttpResponse:
    """Say that one will not answer, and why; one need not open the question for that."""
    form = DeclineForm(request.POST or None)
    context = {"question": question, "form": form, "reasons": actions.reasons_against_settling(question)}

    def go_on(_done: None) -> str:
        _let_in(request, question)
        return question.get_link()

    return run_verb(
        request,
        lambda: actions.decline(question, **form.cleaned_data),
        to=go_on,
        show=template_page(request, "consultations/experts/decline.html", context),
        form=form,
    )
