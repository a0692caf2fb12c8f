"""How questions of the exchange are found by those who read it: by what was asked and what was answered."""

from core import search
from municipalities.models import ExchangeQuestion

KIND = "exchange"
BATCH = 500


def index(question: ExchangeQuestion) -> None:
    """Write anew how a question is found; each verb that changes words in it calls this.

    What is hidden is not found: of a hidden question nothing, else all but its hidden answers.
    """
    row = ExchangeQuestion.objects.shown().filter(pk=question.pk).first()
    if row is None:
        search.drop(KIND, question.pk)
    else:
        search.put_many([_document(row)], scope=search.EXCHANGE)


def index_all() -> int:
    """Write anew how every question is found, oldest first, and return how many there are."""
    rows = ExchangeQuestion.objects.shown().order_by("pk").prefetch_related("answers")
    search.put_many(map(_document, rows.iterator(chunk_size=BATCH)), scope=search.EXCHANGE)
    return rows.count()


def ids(words: str) -> list[int]:
    """Return the ids of questions that hold all words, the newest 1,000."""
    return search.ids(words, kind=KIND, scope=search.EXCHANGE)


def _document(question: ExchangeQuestion) -> search.Document:
    answers = [answer.text for answer in question.answers.all() if answer.hidden_at is None]
    return search.Document(
        KIND,
        question.pk,
        url_name="exchange-question",
        url_arg=str(question.pk),
        title_cs=question.title,
        text="\n".join([question.text, *answers]),
        municipality_id=question.municipality_id,
    )
