"""What is read of the exchange across its tables: news, the timeline, what waits, what was made of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from municipalities.hooks import Entry, Task
from municipalities.models import Municipality, PracticeEdition
from municipalities.models.exchange import ExchangeAnswer, ExchangeQuestion, ExchangeReport, counted

MOST_TASKS = 5
MOST_MADE = 10
# After so long an answer no longer waits for a word from those who asked.
TASK_DAYS = 60


def news(user: User, *, since: datetime, until: datetime) -> QuerySet[ExchangeQuestion]:
    """Return the questions in which others wrote between two moments, newest first.

    Each tells whether it `is_new` itself, and how many `new_answers` it got.
    """
    fresh = Q(written_at__gt=since, written_at__lte=until) & ~Q(author=user)
    answers = ExchangeAnswer.objects.shown().filter(fresh, question=OuterRef("pk"))
    rows = ExchangeQuestion.objects.visible_to(user).shown().filter(active_at__gt=since)
    told = rows.annotate(new_answers=counted(answers, "question"), is_new=fresh)
    found = told.filter(Q(is_new=True) | Q(new_answers__gt=0)).select_related("municipality")
    return found.order_by("-active_at", "-pk")


def entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return what the municipality asked and answered before a moment, newest first."""
    questions = ExchangeQuestion.objects.visible_to(reader).shown()
    answers = ExchangeAnswer.objects.filter(question__in=questions).shown().select_related("question")
    told = []
    for words, posts in ((_("Asked the others"), questions), (_("Answered another municipality"), answers)):
        theirs = posts.filter(municipality=municipality, written_at__lt=before).for_page().defer("text")
        for post in theirs.order_by("-written_at", "-pk")[:limit]:
            title, url = f"{words}: {post.thread.title}", post.get_absolute_url()
            told.append(Entry(post.written_at, "exchange", title, url=url, who=post.who))
    return sorted(told, key=attrgetter("at"), reverse=True)[:limit]


def tasks(user: User, municipalities: list[Municipality]) -> list[Task]:
    """Return the unsettled questions of one's municipalities that others have answered lately, and when."""
    answers = ExchangeAnswer.objects.shown().filter(question=OuterRef("pk")).order_by("-written_at")
    theirs = answers.exclude(municipality=F("question__municipality")).values("written_at")
    since = timezone.now() - timedelta(days=TASK_DAYS)
    rows = ExchangeQuestion.objects.shown().filter(
        municipality__in=municipalities, settled_at=None, active_at__gt=since
    )
    return [
        Task(
            _("An answer to your question: %(title)s") % {"title": row.title},
            row.get_absolute_url(),
            note=_("Read it, and say whether the question is settled."),
            since=row.answered_at,
        )
        for row in rows.annotate(answered_at=Subquery(theirs[:1]))
        .filter(answered_at__isnull=False)
        .order_by("-active_at", "-pk")[:MOST_TASKS]
    ]


@dataclass(frozen=True)
class Made:
    """Something that was made of a question: what it is, its title and its address."""

    kind: str
    title: str
    url: str


Source = Callable[[ExchangeQuestion, Any], Iterable[Made]]

_sources: list[Source] = []


def when_made(source: Source) -> None:
    """Let an app above tell what it has made of a question, as far as a reader may see it."""
    if source not in _sources:
        _sources.append(source)


def made_of(question: ExchangeQuestion, reader: Any) -> list[Made]:
    """Return what was made of a question and may be seen by a reader."""
    rows = PracticeEdition.objects.published().filter(document__from_question=question)
    practices = [
        Made(_("Practice"), row.title, row.document.get_absolute_url())
        for row in rows.select_related("document").order_by("pk")[:MOST_MADE]
    ]
    return [*practices, *(made for source in _sources for made in source(question, reader))]


def ours(user: User) -> Q:
    """Return the condition for questions that oneself or one's municipalities asked or answered."""
    own = Q(author=user) | Q(municipality__in=Municipality.objects.spoken_for_by(user))
    return own | Q(pk__in=ExchangeAnswer.objects.filter(own).values("question_id"))


def to_moderate(reader: User) -> tuple[str, str, QuerySet[Any]]:
    """Return the reports that wait for a moderator: their title, their list, their rows."""
    rows = ExchangeReport.objects.visible_to(reader).unsettled()
    return _("Reports from the exchange"), reverse("desk-exchange-reports"), rows
