"""In how many working days answers on a topic are due: who says so, and within what."""

from datetime import UTC, date, datetime

import pytest

from consultations.requests import clock
from consultations.requests.actions.topics import set_answer_days
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory, TopicFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_the_days_count_for_clocks_that_start_from_now_on() -> None:
    by, topic = UserFactory(coordinator=True), TopicFactory()
    promised = SupportRequestFactory(topic=topic)
    set_answer_days(topic, days=2, by=by)
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    topic.refresh_from_db()
    promised.refresh_from_db()
    begins = SupportRequestFactory.build(topic=topic, requester=None)
    assert clock.due_for(begins, monday) == date(2026, 11, 25)
    assert promised.due_on == date(2026, 12, 7)
    assert written(topic) == [("topic.set_answer_days", by.pk, {"days": 2})]


def test_none_is_the_usual_number() -> None:
    topic = TopicFactory(answer_days=2)
    set_answer_days(topic, days=None, by=UserFactory(administrator=True))
    topic.refresh_from_db()
    assert topic.answer_days is None


@pytest.mark.parametrize(
    ("role", "days", "words"),
    [
        ("coordinator", 0, "Write a number from 1 to 10."),
        ("coordinator", 11, "Write a number from 1 to 10."),
        ("consultant", 1, "Your role does not set by when answers are due."),
        ("editor", 1, "Your role does not set by when answers are due."),
        ("official", 1, "Your role does not set by when answers are due."),
    ],
)
def test_it_is_refused(role: str, days: int, words: str) -> None:
    topic = TopicFactory(answer_days=3)
    assert refusal(set_answer_days, topic, days=days, by=UserFactory(role=role)) == [words]
    topic.refresh_from_db()
    assert (topic.answer_days, written(topic)) == (3, [])
