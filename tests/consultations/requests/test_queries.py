"""The words of a home at risk in the desk's lists, and who watches a request or a topic."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from consultations.models import TopicWatch, Watch
from consultations.requests.queries import (
    list_rows,
    risk_mark,
    risk_words,
    rows_of,
    topic_watchers,
    watchers_of,
)
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "czech", "english"),
    [
        ({"home_loss": "lost"}, "bez bydlení", "without a home"),
        (
            {"home_loss": "days", "home_at_risk_by": date(2026, 12, 4)},
            "hrozí ztráta bydlení do 4. 12. 2026",
            "home at risk by 4 Dec 2026",
        ),
        (
            {"home_at_risk_by": date(2026, 12, 4)},
            "hrozí ztráta bydlení do 4. 12. 2026",
            "home at risk by 4 Dec 2026",
        ),
        ({"home_loss": "unknown"}, "hrozí ztráta bydlení", "home at risk"),
    ],
    ids=["without a home", "by a day", "only a day", "some time"],
)
def test_a_home_at_risk_is_said_in_words(fields: dict[str, Any], czech: str, english: str) -> None:
    request = SupportRequestFactory(answered=True, **fields)
    for language, words in (("cs", czech), ("en", english)):
        with override(language):
            assert risk_words(request).replace("\u00a0", " ") == words
            [row] = rows_of([request])
            assert row["risk"] == risk_mark(request)
            assert "status-risk" in row["risk"]


def test_where_no_home_is_at_risk_or_it_is_known_what_became_there_is_no_mark() -> None:
    over = {"home_outcome": "kept", "home_outcome_at": timezone.now(), "home_outcome_by": UserFactory()}
    rows = rows_of([SupportRequestFactory(), SupportRequestFactory(home_loss="lost", **over)])
    assert [row["risk"] for row in rows] == ["", ""]


def test_who_watches_a_request_stands_there_by_name():
    request, petr, jana = SupportRequestFactory(), UserFactory(name="Petr"), UserFactory(name="Jana")
    for user in (petr, jana, UserFactory(is_active=False)):
        Watch.objects.create(request=request, user=user)
    Watch.objects.create(request=SupportRequestFactory(), user=UserFactory())
    assert watchers_of(request) == [jana, petr]


def test_who_watches_a_topic():
    topic, jana = TopicFactory(), UserFactory()
    TopicWatch.objects.create(topic=topic, user=jana)
    assert topic_watchers(topic) == [jana]
    assert topic_watchers(TopicFactory()) == topic_watchers(None) == []


def test_lists_say_that_a_topic_is_not_used_any_more(in_english):
    request = SupportRequestFactory(topic=TopicFactory(name_en="Old", retired_at=timezone.now()))
    assert {rows([request])[0]["topic"] for rows in (list_rows, rows_of)} == {"Old (not used any more)"}
