"""How questions of the exchange are found by those who read it: by what was asked and what was answered."""

from collections.abc import Iterable

from core import search
from municipalities.models import ExchangeAnswer, ExchangeQuestion

KIND = "exchange"
BATCH = 500


def index(question: ExchangeQuestion) -> None:
    """Write anew how a question is found; each verb that changes words in it calls this.

    What is hidden is not found: of a hidden question nothing, else all but its hidden answers.
    """
    row = ExchangeQuestion.objects.shown().filter(pk=question.pk).first()
    if row is None:
        search.drop(KIND, question.pk)
        return
    answers = ExchangeAnswer.objects.shown().filter(question=row).values_list("text", flat=True)
    search.put_many([_document(row, answers)], scope=search.EXCHANGE)


def index_all() -> int:
    """Write anew how every question is found, oldest first, and return how many there are."""
    rows = ExchangeQuestion.objects.shown().order_by("pk").prefetch_related("answers")
    found = (
        _document(row, [answer.text for answer in row.answers.all() if answer.hidden_at is None])
        for row in rows.iterator(chunk_size=BATCH)
    )
    search.put_many(found, scope=search.EXCHANGE)
    return rows.count()


def ids(words: str) -> list[int]:
    """Return the ids of questions that hold all words, the newest 1,000."""
    return search.ids(words, kind=KIND, scope=search.EXCHANGE)


def _document(question: ExchangeQuestion, answers: Iterable[str]) -> search.Document:
    return search.Document(
        KIND,
        question.pk,
        url_name="exchange-question",
        url_arg=str(question.pk),
        title_cs=question.title,
        text="\n".join([question.text, *answers]),
        municipality_id=question.municipality_id,
    )
