"""Who says that they are on the page of a request, and what is kept of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from consultations.choices import Doing
from consultations.desk.actions.presence import beat, leave
from consultations.models import Presence
from core.audit import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> User:
    return UserFactory()


def test_a_beat_is_one_row_for_each_request_and_says_the_last_thing(me: User) -> None:
    request, other = SupportRequestFactory(), SupportRequestFactory()
    beat(request, doing="reading", by=me)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=30))
    beat(request, doing="writing", by=me)
    beat(other, doing="reading", by=me)
    rows = Presence.objects.order_by("pk")
    assert [(row.request, row.user, row.doing) for row in rows] == [
        (request, me, Doing.WRITING),
        (other, me, Doing.READING),
    ]
    assert timezone.now() - rows[0].seen_at < timedelta(seconds=20)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(("role", "doing"), [("consultant", Doing.WRITING), ("editor", Doing.READING)])
def test_who_may_not_answer_only_reads(role: str, doing: Doing) -> None:
    beat(SupportRequestFactory(), doing="writing", by=UserFactory(role=role))
    assert Presence.objects.get().doing == doing


def test_a_beat_clears_twenty_of_those_who_are_gone_the_oldest_first(me: User) -> None:
    request = SupportRequestFactory()
    for user in UserFactory.create_batch(21):
        beat(request, doing="reading", by=user)
    newest = Presence.objects.latest("pk")
    Presence.objects.update(seen_at=timezone.now() - timedelta(hours=2))
    Presence.objects.filter(pk=newest.pk).update(seen_at=timezone.now() - timedelta(hours=1))
    beat(request, doing="reading", by=me)
    assert list(Presence.objects.order_by("pk").values_list("user", flat=True)) == [newest.user_id, me.pk]


def test_leaving_takes_away_ones_own_row_of_this_request_only(me: User) -> None:
    request, other, colleague = SupportRequestFactory(), SupportRequestFactory(), UserFactory()
    for case, user in ((request, me), (request, colleague), (other, me)):
        beat(case, doing="reading", by=user)
    for _time in range(2):
        leave(request, by=me)
    assert set(Presence.objects.values_list("request", "user")) == {
        (request.pk, colleague.pk),
        (other.pk, me.pk),
    }
