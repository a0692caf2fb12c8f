"""What officials and the Contact Centre do in the exchange: ask, answer, mend, take back, thank, settle."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.states import Refused, refuse_for, verb
from municipalities.exchange import emails, search, tasks
from municipalities.models import ExchangeAnswer, ExchangeQuestion, Municipality, Thanks
from municipalities.models.exchange import AnyPost, is_reader

QUESTIONS_AN_HOUR = 10
ANSWERS_AN_HOUR = 40
# For so long an author may mend what they wrote.
MENDING_TIME = timedelta(minutes=30)


def speaks_for(user: User, municipality_id: int | None) -> bool:
    """Tell whether a person speaks for a municipality today."""
    own = Municipality.objects.spoken_for_by(user)
    return user.has(Permission.USE_EXCHANGE) and own.filter(pk=municipality_id).exists()


def reasons_against_asking(municipality: Municipality | None, *, by: User) -> list[str]:
    """Say why `by` cannot ask for a municipality; empty when they can."""
    if municipality is None or not speaks_for(by, municipality.pk):
        return [_("Only an official who speaks for a municipality today can ask.")]
    return _too_many(ExchangeQuestion, QUESTIONS_AN_HOUR, by)


def _too_many(model: type[ExchangeQuestion] | type[ExchangeAnswer], limit: int, by: User) -> list[str]:
    hour_ago = timezone.now() - timedelta(hours=1)
    if model.objects.filter(author=by, written_at__gt=hour_ago)[:limit].count() < limit:
        return []
    sentence = ngettext(
        "You have written %(count)s post within an hour. Please go on later.",
        "You have written %(count)s posts within an hour. Please go on later.",
        limit,
    )
    return [sentence % {"count": limit}]


@transaction.atomic
def ask(
    municipality: Municipality | None, *, words: Mapping[str, str], by: User, form_key: UUID | None = None
) -> ExchangeQuestion:
    """Ask the officials of all other municipalities; the same form sent twice asks once.

    Raises Refused with reasons_against_asking.
    """
    if sent := _sent(ExchangeQuestion, form_key, by):
        return sent
    refuse_for(reasons_against_asking(municipality, by=by))
    now, place = timezone.now(), {"municipality": municipality, "author": by, "form_key": form_key}
    question = ExchangeQuestion.objects.create(**words, **place, written_at=now, active_at=now)
    search.index(question)
    audit.record("exchange.ask", question, by=by, municipality=question.municipality_id)
    tasks.send_digests.plan()
    return question


def _sent(model: type[ExchangeQuestion] | type[ExchangeAnswer], form_key: UUID | None, by: User) -> Any:
    """Return what the same form has brought already, or None; two at once wait for each other."""
    if form_key is None:
        return None
    User.objects.select_for_update().get(pk=by.pk)
    return model.objects.filter(author=by, form_key=form_key).first()


def reasons_against_answering(
    question: ExchangeQuestion, *, municipality: Municipality | None, by: User
) -> list[str]:
    """Say why `by` cannot answer for a municipality (None is the Contact Centre); empty when they can."""
    if question.hidden_at is not None:
        return [_("The question is hidden. Nobody can answer it now.")]
    may = speaks_for(by, municipality.pk) if municipality else by.has(Permission.VIEW_DESK)
    if not may:
        return [_("Only an official who speaks for a municipality today can answer.")]
    return _too_many(ExchangeAnswer, ANSWERS_AN_HOUR, by)


@transaction.atomic
def answer(
    question: ExchangeQuestion,
    *,
    text: str,
    municipality: Municipality | None,
    by: User,
    form_key: UUID | None = None,
) -> ExchangeAnswer:
    """Answer a question, for a municipality or for the Contact Centre; the same form sent twice answers once.

    Raises Refused with reasons_against_answering, or when the question was taken back meanwhile.
    """
    if sent := _sent(ExchangeAnswer, form_key, by):
        return sent
    question = _locked(question)
    refuse_for(reasons_against_answering(question, municipality=municipality, by=by))
    row = ExchangeAnswer.objects.create(
        question=question, municipality=municipality, text=text, author=by, form_key=form_key
    )
    follow(question)
    audit.record("exchange.answer", row, by=by, question=question.pk, municipality=row.municipality_id)
    emails.answered(row, by=by)
    tasks.send_digests.plan()
    return row


def _locked(question: ExchangeQuestion) -> ExchangeQuestion:
    row = ExchangeQuestion.objects.select_for_update().filter(pk=question.pk).first()
    if row is None:
        raise Refused([_("The question was taken back meanwhile.")])
    return row


def follow(question: ExchangeQuestion) -> None:
    """Let list and search follow what stands in a question now.

    The list has it where its newest post that is not hidden belongs.
    """
    last: datetime | None = question.answers.shown().aggregate(last=Max("written_at"))["last"]
    active_at = max(question.written_at, last) if last else question.written_at
    ExchangeQuestion.objects.filter(pk=question.pk).update(active_at=active_at)
    search.index(question)


def _reasons_as_author(post: AnyPost, by: User) -> list[str]:
    if post.author_id != by.pk or not is_reader(by):
        return [_("Only the author can do this.")]
    return _reasons_of_hidden(post)


def _reasons_of_hidden(post: AnyPost) -> list[str]:
    return [] if post.hidden_at is None else [_("It is hidden by the Contact Centre.")]


def reasons_against_mending(post: AnyPost, *, by: User) -> list[str]:
    """Say why `by` cannot change the words of a question or an answer; empty when they can."""
    reasons = _reasons_as_author(post, by)
    if post.age > MENDING_TIME:
        reasons.append(_("The text can be changed within 30 minutes only. Write an answer instead."))
    if isinstance(post, ExchangeAnswer):
        if post.thanks.exists():
            reasons.append(_("Somebody has said thanks for it already. Write another answer instead."))
    elif post.answers.exists():
        reasons.append(_("Somebody has answered already. Write an answer instead."))
    return reasons


@transaction.atomic
def mend(post: AnyPost, *, words: Mapping[str, str], by: User) -> None:
    """Change the words of one's question or answer; an answer has a text only.

    Raises Refused with reasons_against_mending.
    """
    question, post = _locked(post.thread), _fresh(post)
    refuse_for(reasons_against_mending(post, by=by))
    changed = {**words, "edited_at": timezone.now()}
    for name, value in changed.items():
        setattr(post, name, value)
    post.save(update_fields=changed)
    search.index(question)
    audit.record("exchange.mend", post, by=by)


def _fresh(post: AnyPost) -> Any:
    row = type(post).objects.filter(pk=post.pk).first()
    if row is None:
        raise Refused([_("It was taken back meanwhile.")])
    return row


def reasons_against_taking_back(post: AnyPost, *, by: User) -> list[str]:
    """Say why `by` cannot take back a question or an answer; empty when they can."""
    reasons = _reasons_as_author(post, by)
    if isinstance(post, ExchangeQuestion) and post.answers.exists():
        reasons.append(_("Others have answered. Say that it is settled instead, or report it to be hidden."))
    return reasons


@transaction.atomic
def take_back(post: AnyPost, *, by: User) -> None:
    """Take one's question or answer away for good.

    Raises Refused with reasons_against_taking_back.
    """
    question, post = _locked(post.thread), _fresh(post)
    refuse_for(reasons_against_taking_back(post, by=by))
    audit.record("exchange.take_back", post, by=by, question=question.pk)
    post.delete()
    follow(question)


def reasons_against_thanking(answer: ExchangeAnswer, *, by: User) -> list[str]:
    """Say why `by` cannot say thanks for an answer; empty when they can."""
    if not is_reader(by):
        return [_("Only those who read the exchange can say thanks.")]
    if answer.author_id == by.pk:
        return [_("This is your own answer.")]
    return _reasons_of_hidden(answer)


@verb(against=reasons_against_thanking)
def thank(answer: ExchangeAnswer, *, by: User) -> None:
    """Say that an answer helped; a second time changes nothing."""
    _row, is_new = Thanks.objects.get_or_create(answer=answer, by=by)
    if is_new:
        audit.record("exchange.thank", answer, by=by)


@transaction.atomic
def unthank(answer: ExchangeAnswer, *, by: User) -> None:
    """Take one's thanks back; a second time changes nothing."""
    gone, _tables = Thanks.objects.filter(answer=answer, by=by).delete()
    if gone:
        audit.record("exchange.unthank", answer, by=by)


def reasons_against_settling(question: ExchangeQuestion, *, by: User) -> list[str]:
    """Say why `by` cannot say whether a question is settled; empty when they can.

    It is the municipality's question: whoever speaks for it today may, so that it survives its author.
    """
    if not speaks_for(by, question.municipality_id):
        return [_("Only an official of the municipality that asks can do this.")]
    return _reasons_of_hidden(question)


@verb(against=reasons_against_settling)
def settle(question: ExchangeQuestion, *, is_settled: bool, by: User) -> None:
    """Say that the question is settled, or that it is open again; a second time changes nothing."""
    rows = ExchangeQuestion.objects.filter(pk=question.pk, settled_at__isnull=is_settled)
    if rows.update(settled_at=timezone.now() if is_settled else None):
        audit.record("exchange.settle" if is_settled else "exchange.reopen", question, by=by)
        (emails.settled if is_settled else emails.reopened)(question, by=by)


def link_summary(question: ExchangeQuestion, *, summary_id: int, by: User) -> None:
    """Keep, by its number, the summary that was begun from a question; call it inside the beginning.

    Raises Refused when there is one already.
    """
    if not ExchangeQuestion.objects.filter(pk=question.pk, summary_id=None).update(summary_id=summary_id):
        raise Refused([_("A summary has been begun from this question already.")])
    audit.record("exchange.summary", question, by=by, summary=summary_id)
