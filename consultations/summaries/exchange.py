"""Summaries that begin from a question which municipalities asked each other in the exchange."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import Permission
from consultations.models import Summary, SummaryEdition
from municipalities.exchange.queries import Made
from municipalities.models import ExchangeAnswer, ExchangeQuestion

# How many answers stand beside the form.
MOST_ANSWERS = 50


def reasons_against_source(question: ExchangeQuestion) -> list[str]:
    """Return why no summary can come from a question among municipalities; empty when one can.

    Whoever asks or answers there is told in the form that a summary may be made of it.
    """
    if question.hidden_at is not None:
        return [_("The question in the exchange is hidden.")]
    if not question.answers.shown().exists():
        return [_("Nobody has answered the question in the exchange yet.")]
    return []


def reasons_of_document(summary: Summary) -> list[str]:
    """Return why a summary cannot be published for the sake of the question that it was begun from."""
    number = summary.exchange_question_id
    question = ExchangeQuestion.objects.filter(pk=number).first() if number else None
    return reasons_against_source(question) if question else []


def conversation(reader: Any, number: int | None) -> dict[str, Any] | None:
    """Return a question with its answers, to read beside the form; None when there is none to read."""
    rows = ExchangeQuestion.objects.visible_to(reader).shown().for_page()
    question = rows.filter(pk=number).first() if number else None
    if question is None:
        return None
    answers = ExchangeAnswer.objects.visible_to(reader).shown().filter(question=question)
    return {"question": question, "answers": answers.for_question(reader)[:MOST_ANSWERS]}


def summaries_of(question: ExchangeQuestion, reader: Any) -> Iterable[Made]:
    """Tell the page of a question what summary came of it: the public one, to the desk its draft, too."""
    if question.summary_id is None:
        return
    rows = SummaryEdition.objects.filter(document=question.summary_id).select_related("document")
    published = rows.published().first()
    if published:
        yield Made(_("Published answer"), published.question, published.document.get_absolute_url())
    elif reader.has(Permission.VIEW_DESK) and (draft := rows.order_by("-number").first()):
        yield Made(_("Summary in the making"), draft.question, draft.document.get_desk_url())
