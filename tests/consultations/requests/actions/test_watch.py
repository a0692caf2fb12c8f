"""Who watches a request or a topic, and who may."""

import pytest

from accounts.models import User
from consultations.models import TopicWatch
from consultations.requests.actions.watch import unwatch, watch, watch_topics
from consultations.requests.queries import topic_watchers, watchers_of
from core import audit
from core.states import Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def me() -> User:
    return UserFactory(editor=True)


def test_one_watches_and_stops_and_twice_is_once(me: User) -> None:
    request = SupportRequestFactory()
    for _time in range(2):
        watch(request, by=me)
    assert watchers_of(request) == [me]
    for _time in range(2):
        unwatch(request, by=me)
    assert watchers_of(request) == []
    assert [row.verb for row in audit.entries_of(request)] == ["request.watch", "request.unwatch"]


def test_an_official_watches_nothing() -> None:
    official = UserFactory(official=True)
    with pytest.raises(Refused, match="does not read requests"):
        watch(SupportRequestFactory(), by=official)
    with pytest.raises(Refused, match="does not read requests"):
        watch_topics([TopicFactory()], by=official)


def test_topics_are_those_that_are_ticked(me: User) -> None:
    first, second = TopicFactory(), TopicFactory()
    watch_topics([first], by=me)
    kept = TopicWatch.objects.get()
    watch_topics([first, second], by=me)
    assert TopicWatch.objects.filter(pk=kept.pk).exists()
    watch_topics([second], by=me)
    assert (topic_watchers(first), topic_watchers(second)) == ([], [me])
    watch_topics([second], by=me)
    assert audit.entries_of(me).count() == 3
