"""The expert's own page behind a personal link: no account, and nothing of the case but what was chosen.

Fetching an address here does nothing and shows nothing: scanners of mail fetch every
address. A button opens the question, and the browser may then read it while its session lasts.
"""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import public
from consultations.choices import ExpertState
from consultations.experts import actions
from consultations.experts.forms import ExpertAnswerForm, ExpertDeclineForm
from consultations.intake.conversation import ShownFile
from consultations.models import ExpertFile, ExpertQuestion
from core.files.attachments import serve
from core.links import views as links
from core.links.sessions import is_let_in, let_in
from core.views.verbs import run_verb, template_page

behind_link = links.behind_link(
    lambda: ExpertQuestion.objects.select_related("request__assignee", "sent_by"),
    over="consultations/experts/over.html",
)


@public
@behind_link
def page(request: HttpRequest, question: ExpertQuestion) -> HttpResponse:
    """A button; behind it the question and a box for the answer."""
    if request.method == "POST":
        # Whoever sends a form has pressed a button: nothing typed is lost when a session has ended meanwhile.
        _let_in(request, question)
        return redirect(question.get_link()) if "open" in request.POST else _answer(request, question)
    if is_let_in(request, question):
        return _page(request, question, ExpertAnswerForm(is_legal=question.is_legal))
    return links.ask_to_open(
        request,
        heading=_("A question waits for you"),
        lead=_("The Contact Centre for social housing asks for your expert opinion."),
        button=_("Open the question"),
        until=question.expires_on,
    )


def _let_in(request: HttpRequest, question: ExpertQuestion) -> None:
    if let_in(request, question):
        actions.open_question(question)


def _answer(request: HttpRequest, question: ExpertQuestion) -> HttpResponse:
    form = ExpertAnswerForm(request.POST, request.FILES, is_legal=question.is_legal)

    def verb() -> None:
        actions.answer(question, **{name: form.cleaned_data[name] for name in ("text", "interest", "files")})

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
    rows = question.files.select_related("file__attachment").order_by("number")
    found = ((row, reverse("expert-file", args=[question.link_token, row.pk])) for row in rows)
    return [ShownFile(row.name, row.file.attachment.size, url) for row, url in found]


@public
@require_safe
@behind_link
def file(request: HttpRequest, question: ExpertQuestion, pk: int) -> HttpResponseBase:
    """One of the chosen files, for whoever has pressed the button and has not declined."""
    if not is_let_in(request, question) or question.state == ExpertState.DECLINED:
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
    form = ExpertDeclineForm(request.POST or None)
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
