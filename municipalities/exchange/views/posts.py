"""The exchange: officials ask each other, the Contact Centre helps. Officials and staff share the pages."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.paging import page_of, whole_number
from core.views.verbs import Show, back_to, run_verb, template_page
from municipalities.exchange import tasks
from municipalities.exchange.actions import moderation
from municipalities.exchange.actions import posts as actions
from municipalities.exchange.forms import AnswerForm, PostForm, QuestionFilterForm, QuestionForm, ReportForm
from municipalities.exchange.queries import made_of
from municipalities.models import ExchangeAnswer, ExchangeDigest, ExchangeReport, Municipality
from municipalities.models.exchange import AnyPost, ExchangeQuestion, is_reader
from municipalities.places.successions import told_of_gone

ANSWERS_A_PAGE = 50


def page(request: UserRequest, template: str, context: dict[str, Any]) -> Show:
    """Return what `run_verb` shows: a page of the exchange in the frame of its reader."""
    is_staff = request.user.has(Permission.VIEW_DESK)
    frame = {
        "base_template": "base_desk.html" if is_staff else "base_my.html",
        "is_staff": is_staff,
        "may_moderate": request.user.has(Permission.MODERATE_EXCHANGE),
    }
    return template_page(request, template, {**frame, **context})


@requires(Permission.USE_EXCHANGE)
@require_safe
def questions(request: UserRequest) -> HttpResponse:
    """Show all questions, those first in which somebody wrote last."""
    user, form = request.user, QuestionFilterForm(request.GET)
    rows = form.chosen(ExchangeQuestion.objects.visible_to(user).shown().for_list(), user)
    context = {
        "form": form,
        "page": page_of(rows, request, order="active_at"),
        "is_reader": is_reader(user),
        "has_digest": ExchangeDigest.objects.filter(user=user).exists(),
        "open_reports": ExchangeReport.objects.visible_to(user).unsettled()[:100].count(),
    }
    return page(request, "municipalities/exchange/list.html", context)()


@requires(Permission.USE_EXCHANGE)
def ask(request: UserRequest) -> HttpResponse:
    """Ask the officials of all other municipalities."""
    own = _own(request)
    form = QuestionForm(request.POST or None, own=own, author=request.user.name)
    reasons = actions.reasons_against_asking(own[0] if own else None, by=request.user)
    reasons += [] if own else told_of_gone(request.user)
    return run_verb(
        request,
        lambda: actions.ask(words=form.words, **_signed(form, own), by=request.user),
        to=lambda question: question,
        show=page(
            request, "municipalities/exchange/ask.html", {"form": form, "reasons": reasons, "own": own}
        ),
        done=_("The others can read your question now."),
        form=form,
    )


def _own(request: UserRequest) -> list[Municipality]:
    """Return the existing municipalities that the reader speaks for today; staff speak for none."""
    if not request.user.has(Permission.SPEAK_FOR_MUNICIPALITY):
        return []
    return list(Municipality.objects.spoken_for_by(request.user).existing().for_list())


def _signed(form: PostForm, own: list[Municipality]) -> dict[str, Any]:
    """Return for which municipality something is written, and the key that makes it count once."""
    chosen = form.cleaned_data.get("municipality") or (own[0] if own else None)
    return {"municipality": chosen, "form_key": form.cleaned_data["form_key"]}


@requires(Permission.USE_EXCHANGE)
def question(request: UserRequest, pk: int) -> HttpResponse:
    """Show a question with its answers, and take one more."""
    row = question_of(request, pk)
    if row.hidden_at and not _sees_hidden(request, row):
        return page(request, "municipalities/exchange/hidden.html", {"question": row})(status=410)
    own = _own(request)
    form = AnswerForm(request.POST or None, own=own, author=request.user.name)
    return run_verb(
        request,
        lambda: actions.answer(row, **form.words, **_signed(form, own), by=request.user),
        to=_address_of,
        show=lambda **said: page(
            request, "municipalities/exchange/question.html", _page(request, row, form, own)
        )(**said),
        done=_("Your answer stands here now."),
        form=form,
    )


def question_of(request: UserRequest, pk: int) -> ExchangeQuestion:
    """Return the question that the reader may read; raises Http404."""
    return get_object_or_404(ExchangeQuestion.objects.visible_to(request.user).for_page(), pk=pk)


def _sees_hidden(request: UserRequest, post: AnyPost) -> bool:
    return request.user.has(Permission.MODERATE_EXCHANGE) or post.author_id == request.user.pk


def _page(
    request: UserRequest, row: ExchangeQuestion, form: AnswerForm, own: list[Municipality]
) -> dict[str, Any]:
    user = request.user
    answers = ExchangeAnswer.objects.visible_to(user).filter(question=row).for_question(user)
    shown = page_of(answers, request, per_page=ANSWERS_A_PAGE)
    reasons = actions.reasons_against_answering(row, municipality=own[0] if own else None, by=user)
    reasons += told_of_gone(user) if reasons and not own else []
    writes_practices = user.has(Permission.WRITE_PRACTICE) or user.has(Permission.SPEAK_FOR_MUNICIPALITY)
    return {
        "question": row,
        "page": shown,
        "answers": [_shown(request, answer) for answer in shown.items],
        "form": form,
        "against_answering": reasons,
        "own_question": _shown(request, row),
        "may_settle": not actions.reasons_against_settling(row, by=user),
        "against_taking_back": actions.reasons_against_taking_back(row, by=user),
        "may_mend": not actions.reasons_against_mending(row, by=user),
        "made": made_of(row, user),
        "may_write_summary": user.has(Permission.WRITE_SUMMARY) and row.summary_id is None and shown.items,
        "may_write_practice": writes_practices and row.hidden_at is None and shown.items,
    }


def _shown(request: UserRequest, post: Any) -> dict[str, Any]:
    """Return a post as this reader sees it: of what is hidden from them the text does not get to the page."""
    is_own = post.author_id == request.user.pk
    is_mendable = is_own and not post.hidden_at and post.age <= actions.MENDING_TIME
    return {
        "post": post,
        "text": post.text if not post.hidden_at or _sees_hidden(request, post) else "",
        "is_own": is_own,
        "may_mend": is_mendable and not getattr(post, "thanks_count", 0),
    }


def _address_of(answer: ExchangeAnswer) -> str:
    """Return where an answer stands, on the page of the list that holds it."""
    before = answer.question.answers.filter(pk__lt=answer.pk).count()
    number = before // ANSWERS_A_PAGE + 1
    place = f"?page={number}" if number > 1 else ""
    return f"{answer.question.get_absolute_url()}{place}#answer-{answer.pk}"


def post_of(request: UserRequest, row: ExchangeQuestion) -> AnyPost:
    """Return what an address is about: the answer that `?answer=` names, else the question itself."""
    name = request.GET.get("answer")
    if name is None:
        return row
    answers = ExchangeAnswer.objects.visible_to(request.user).filter(question=row).for_question(request.user)
    return get_object_or_404(answers.select_related("question"), pk=whole_number(name))


def readable_post(request: UserRequest, pk: int) -> AnyPost:
    """Return the post that an address is about, when the reader may read its text; raises Http404."""
    row = question_of(request, pk)
    post = post_of(request, row)
    if any(each.hidden_at and not _sees_hidden(request, each) for each in (row, post)):
        raise Http404
    return post


@requires(Permission.USE_EXCHANGE)
def mend(request: UserRequest, pk: int) -> HttpResponse:
    """Change one's own question or answer, shortly after it was written."""
    post = _own_post(request, pk)
    kind: type[PostForm] = AnswerForm if isinstance(post, ExchangeAnswer) else QuestionForm
    form = kind(request.POST or None, author=request.user.name, post=post)
    reasons = actions.reasons_against_mending(post, by=request.user)
    return run_verb(
        request,
        lambda: actions.mend(post, words=form.words, by=request.user),
        to=post,
        show=page(
            request, "municipalities/exchange/mend.html", {"post": post, "form": form, "reasons": reasons}
        ),
        done=_("The change is saved."),
        form=form,
    )


@requires(Permission.USE_EXCHANGE)
def take_back(request: UserRequest, pk: int) -> HttpResponse:
    """Ask whether one's question or answer is really to go, and take it away."""
    post = _own_post(request, pk)
    is_answer = isinstance(post, ExchangeAnswer)
    reasons = actions.reasons_against_taking_back(post, by=request.user)
    context = {"post": post, "is_answer": is_answer, "reasons": reasons}
    return run_verb(
        request,
        partial(actions.take_back, post, by=request.user),
        to=post.question if isinstance(post, ExchangeAnswer) else "exchange",
        show=page(request, "municipalities/exchange/take_back.html", context),
        done=_("It is taken back. Nobody reads it any more."),
    )


def _own_post(request: UserRequest, pk: int) -> AnyPost:
    post = readable_post(request, pk)
    if post.author_id != request.user.pk:
        raise Http404
    return post


@requires(Permission.USE_EXCHANGE)
@require_POST
def thank(request: UserRequest, pk: int, answer: int) -> HttpResponse:
    """Say thanks for an answer, or with `back` take it back."""
    rows = ExchangeAnswer.objects.visible_to(request.user).filter(question=question_of(request, pk))
    row = get_object_or_404(rows.select_related("question"), pk=answer)
    verb = actions.unthank if "back" in request.POST else actions.thank
    return _do(request, lambda: verb(row, by=request.user), row)


@requires(Permission.USE_EXCHANGE)
@require_POST
def settle(request: UserRequest, pk: int) -> HttpResponse:
    """Say that the question is settled, or with `open` that it is open again."""
    row, is_settled = question_of(request, pk), "open" not in request.POST
    return _do(request, lambda: actions.settle(row, is_settled=is_settled, by=request.user), row)


def _do(request: UserRequest, verb: Callable[[], None], post: AnyPost) -> HttpResponse:
    """Run a verb that a page offers only to those who may; say why when it was refused all the same."""
    return run_verb(request, verb, to=post, show=back_to(request, post))


@requires(Permission.USE_EXCHANGE)
def report(request: UserRequest, pk: int) -> HttpResponse:
    """Tell the moderators that a question or an answer does not belong there."""
    post = readable_post(request, pk)
    form = ReportForm(request.POST or None)
    reasons = moderation.reasons_against_reporting(post, by=request.user)
    return run_verb(
        request,
        lambda: moderation.report(post, **form.cleaned_data, by=request.user),
        to=post,
        show=page(
            request, "municipalities/exchange/report.html", {"post": post, "form": form, "reasons": reasons}
        ),
        done=_("Thank you. The Contact Centre will look at it."),
        form=form,
    )


@requires(Permission.USE_EXCHANGE)
def digest(request: UserRequest) -> HttpResponse:
    """Say whether one has the daily message, and switch it on or, with `off`, off."""
    if request.method != "POST":
        row = ExchangeDigest.objects.filter(user=request.user).first()
        reasons = tasks.reasons_against_digest(by=request.user)
        return page(request, "municipalities/exchange/digest.html", {"digest": row, "reasons": reasons})()
    is_off = "off" in request.POST
    return run_verb(
        request,
        partial(tasks.switch_off if is_off else tasks.switch_on, by=request.user),
        to="exchange",
        show=back_to(request, "exchange"),
        done=_("You get no more daily messages.") if is_off else _("You will get a daily message."),
    )
