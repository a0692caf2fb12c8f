"""Days to answer by topic: who sets them, to what, and what stays."""

from typing import Any

import pytest
from django.urls import reverse

from core import audit
from tests.conftest import LogIn
from tests.factories.consultations import TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_days_are_set_topic_by_topic(log_in: LogIn, role: str) -> None:
    client, me = log_in(role)
    quick, usual = TopicFactory(), TopicFactory(answer_days=3)
    names = {topic: f"days-{topic.pk}" for topic in (quick, usual)}
    # The page was opened before a colleague set the second topic to three days.
    sent = {names[quick]: "5", f"initial-{names[quick]}": "", names[usual]: "", f"initial-{names[usual]}": ""}
    response = client.post(reverse("desk-topic-days"), sent, follow=True)
    assert "The days are saved." in response.content.decode()
    quick.refresh_from_db()
    usual.refresh_from_db()
    assert (quick.answer_days, usual.answer_days) == (5, 3)
    entry = audit.entries_of(quick).get()
    assert (entry.verb, entry.actor_id, entry.details) == ("topic.set_answer_days", me.pk, {"days": 5})
    assert not audit.entries_of(usual).exists()


@pytest.mark.parametrize("typed", ["0", "11", "-1", "soon", "9" * 30])
def test_a_strange_number_comes_back(log_in: LogIn, typed: str) -> None:
    client, _me = log_in("coordinator")
    topic = TopicFactory()
    response = client.post(reverse("desk-topic-days"), {f"days-{topic.pk}": typed})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Write a number from 1 to 10, or leave it empty." in html
    assert f'value="{typed}"' in html


@pytest.mark.parametrize("role", ["consultant", "editor", "official"])
def test_others_do_not(log_in: LogIn, role: str) -> None:
    client, _me = log_in(role)
    topic = TopicFactory()
    assert client.get(reverse("desk-topic-days")).status_code == 403
    assert client.post(reverse("desk-topic-days"), {f"days-{topic.pk}": "1"}).status_code == 403
