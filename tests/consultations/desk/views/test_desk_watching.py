"""What one watches: topics ticked on a page of one's own, requests found by a filter."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.models import Watch
from consultations.requests.queries import topic_watchers
from tests.conftest import LogIn
from tests.factories.consultations import SupportRequestFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def test_topics_are_ticked_and_unticked(log_in: LogIn) -> None:
    client, me = log_in("editor")
    first, second = TopicFactory(), TopicFactory()
    url = reverse("desk-watching")
    client.post(url, {"topics": [first.slug, second.slug]})
    assert (topic_watchers(first), topic_watchers(second)) == ([me], [me])
    html = client.get(url).content.decode()
    assert html.count("checked") == 2
    client.post(url, {})
    assert topic_watchers(first) == []
    assert client.post(url, {"topics": ["nowhere"]}).status_code == 422


def test_the_list_finds_what_is_watched_new_or_put_aside(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    watched = SupportRequestFactory(open=True, subject="Sleduji")
    Watch.objects.create(request=watched, user=me)
    SupportRequestFactory(open=True, subject="Nová", has_unread=True)
    aside = {"snoozed_until": "2099-01-01", "snooze_reason": "Čeká na komisi.", "due_on": "2099-01-02"}
    SupportRequestFactory(open=True, subject="Odložená", **aside)
    for query, subject in (
        ("watched=me", "Sleduji"),
        ("state=unread", "Nová"),
        ("state=snoozed", "Odložená"),
    ):
        response = client.get(f"{reverse('desk-requests')}?{query}")
        assert [row["subject"] for row in response.context["rows"]] == [subject]
    html = response.content.decode()
    assert "put aside until" in html
