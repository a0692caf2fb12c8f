"""The daily message: what is in it, to whom, and never twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.outbox.models import OutgoingMail
from core.states import Refused
from municipalities.exchange import tasks as actions
from municipalities.exchange.actions import moderation
from municipalities.models import ExchangeDigest
from municipalities.people.actions.memberships import end_membership
from tests.factories.accounts import UserFactory
from tests.factories.exchange import ExchangeAnswerFactory, ExchangeQuestionFactory
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db

PRAGUE = ZoneInfo("Europe/Prague")


@pytest.fixture
def member():
    member = MembershipFactory()
    actions.switch_on(by=member.user)
    return member


def next_day():
    return time_machine.travel(timezone.now() + timedelta(days=1))


def tell() -> list[OutgoingMail]:
    """Do the work of a morning, and return all that has been sent so far."""
    actions.send_digests.func()
    return list(OutgoingMail.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 3, 28, 6, 59), datetime(2026, 3, 28, 7)),
        # Clocks go forward that night, and it is seven all the same.
        (datetime(2026, 3, 28, 7), datetime(2026, 3, 29, 7)),
    ],
)
def test_it_comes_at_seven(now, expected):
    found = actions.next_morning(now.replace(tzinfo=PRAGUE))
    assert found == expected.replace(tzinfo=PRAGUE)


def waiting() -> int:
    path = actions.send_digests.module_path
    return DBTaskResult.objects.filter(task_path=path, status="READY").count()


def test_one_task_waits_however_many_want_it(member):
    actions.switch_on(by=UserFactory())
    actions.switch_on(by=member.user)
    assert waiting() == 1
    DBTaskResult.objects.all().delete()
    actions.send_digests.func()
    assert waiting() == 1


def test_no_task_waits_for_nobody(member):
    actions.switch_off(by=member.user)
    DBTaskResult.objects.all().delete()
    actions.send_digests.func()
    assert waiting() == 0


def test_titles_and_counts_but_no_texts_in_the_readers_language(member):
    question = ExchangeQuestionFactory(title="Jak <b>vy</b>?", text="Celý příběh", municipality__name="Brno")
    for _number in range(2):
        ExchangeAnswerFactory(question=question, text="Odpověď sama")
    with next_day():
        (mail,) = tell()
    assert mail.to == member.user.email
    assert "– Jak <b>vy</b>? (Brno)\n  nový dotaz, 2 nové odpovědi\n  http" in mail.text
    assert reverse("exchange-digest") in mail.text
    assert "Celý příběh" not in mail.text
    assert "Odpověď sama" not in mail.text


def test_never_twice_and_nothing_when_nothing_is_new(member):
    with next_day():
        assert tell() == []
    ExchangeQuestionFactory()
    with next_day():
        assert len(tell()) == 1
        assert len(tell()) == 1
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert len(tell()) == 1


def test_somebody_elses_worker_was_quicker(member):
    ExchangeQuestionFactory()
    stale = ExchangeDigest.objects.select_related("user").get()
    with next_day():
        tell()
        actions._tell(stale, timezone.now())
    assert OutgoingMail.objects.count() == 1


def test_what_one_wrote_oneself_is_no_news(member):
    question = ExchangeQuestionFactory(municipality=member.municipality, author=member.user)
    with next_day():
        assert tell() == []
    ExchangeAnswerFactory(question=question)
    with next_day():
        (mail,) = tell()
    assert "nový dotaz" not in mail.text
    assert "1 nová odpověď" in mail.text


def test_what_is_hidden_is_no_news(member):
    moderator, answer = UserFactory(editor=True), ExchangeAnswerFactory()
    hidden = ExchangeQuestionFactory(title="Skrytý název")
    for post in (answer, hidden):
        moderation.hide(post, reason="Nepatří sem", by=moderator)
    OutgoingMail.objects.all().delete()
    with next_day():
        (mail,) = tell()
    assert "nový dotaz" in mail.text
    assert "odpověď" not in mail.text
    assert "Skrytý název" not in mail.text


def test_whoever_may_no_longer_read_is_told_nothing_any_more(member):
    ExchangeQuestionFactory()
    end_membership(member, ends_on=timezone.localdate(), by=UserFactory(coordinator=True))
    with next_day():
        assert tell() == []
    assert not ExchangeDigest.objects.exists()


def test_a_stranger_cannot_have_it():
    with pytest.raises(Refused):
        actions.switch_on(by=UserFactory(official=True))


def test_the_switch(log_in):
    client, user = log_in("", user=MembershipFactory().user)
    address = reverse("exchange-digest")
    assert client.get(address).status_code == 200
    assert not ExchangeDigest.objects.exists()
    client.post(address)
    assert ExchangeDigest.objects.get().user == user
    client.post(address, {"off": "1"})
    assert not ExchangeDigest.objects.exists()
    stranger, _user = log_in("official")
    assert stranger.post(address, follow=True).status_code == 200
    assert not ExchangeDigest.objects.exists()
