"""The daily mail: one a person, of what is still unread and theirs. What is old is forgotten."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from core.notices import actions, emails
from core.notices.models import Notice
from core.notices.tasks import forget_old, send_digests
from core.outbox.mail import OutgoingMail
from municipalities.models import Membership
from tests.core.notices.conftest import OF_PLACES, WATCHED
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db

NOON, MORNING = "2026-05-04 12:00Z", "2026-05-05 05:00Z"


def tell(*readers, case=None, kind=WATCHED):
    case = case or SupportRequestFactory()
    with time_machine.travel(NOON, tick=False):
        actions.tell(case, {kind.key: readers}, link=case.get_desk_url, reference=case.reference)
    return case


def send(at=MORNING):
    with time_machine.travel(at, tick=False):
        send_digests.call()


def test_one_mail_a_person_with_sentences_and_links(settings):
    one, other = UserFactory(language="en"), UserFactory(language="cs")
    first, second = tell(one, other), tell(one)

    send()

    mails = {row.to: row for row in OutgoingMail.objects.all()}
    assert mails.keys() == {one.email, other.email}
    assert mails[one.email].subject == "Your daily mail: 2 notices"
    for case in (first, second):
        assert f"– {case.reference} goes on." in mails[one.email].text
        assert f"{settings.BASE_URL}/en/desk/requests/{case.reference}/" in mails[one.email].text
    assert f"{settings.BASE_URL}/en/accounts/notices/\n" in mails[one.email].text
    assert f"{settings.BASE_URL}/cs/accounts/notices/settings/" in mails[other.email].text
    assert {row.mail.to for row in Notice.objects.filter(receiver=one)} == {one.email}
    assert not Notice.objects.filter(digest_at__isnull=False).exists()


def test_a_second_run_sends_nothing_more():
    tell(UserFactory())
    send()
    send()
    assert OutgoingMail.objects.count() == 1


def test_not_before_its_hour():
    tell(UserFactory())
    send("2026-05-05 04:59Z")
    assert not OutgoingMail.objects.exists()


def test_a_run_waits_for_the_next_hour():
    tell(UserFactory())
    run = DBTaskResult.objects.get(task_path="core.notices.tasks.send_digests")
    assert run.run_after.isoformat() == "2026-05-05T05:00:00+00:00"


def test_what_was_read_meanwhile_is_not_told():
    reader = UserFactory()
    read, unread = tell(reader), tell(reader)
    actions.mark_read(read, by=reader)

    send()

    text = OutgoingMail.objects.get().text
    assert unread.reference in text
    assert read.reference not in text


def test_nothing_is_told_to_who_may_not_see_it_any_more():
    member, gone = MembershipFactory(), UserFactory()
    case = SupportRequestFactory(official=True, municipality=member.municipality)
    tell(member.user, case=case, kind=OF_PLACES)
    tell(gone)
    Membership.objects.all().delete()
    gone.is_active = False
    gone.save()

    send()

    assert not OutgoingMail.objects.exists()
    assert not Notice.objects.filter(digest_at__isnull=False).exists()


def test_a_long_list_is_cut(monkeypatch):
    monkeypatch.setattr(emails, "MOST", 2)
    reader = UserFactory(language="en")
    for _row in range(5):
        tell(reader)
    send()
    text = OutgoingMail.objects.get().text
    assert (text.count("goes on."), "and 3 more notices." in text) == (2, True)


def test_many_cost_few_queries(django_assert_max_num_queries):
    people, case = UserFactory.create_batch(30), SupportRequestFactory()
    tell(*people, case=case)
    with django_assert_max_num_queries(14):
        send()
    assert OutgoingMail.objects.count() == 30


def test_another_worker_was_quicker(monkeypatch):
    tell(UserFactory())
    monkeypatch.setattr("django.db.models.QuerySet.update", lambda *_args, **_words: 0)
    send()
    assert not OutgoingMail.objects.exists()


def test_what_is_old_is_forgotten():
    now, reader = timezone.now(), UserFactory()
    for read, made in ((91, 91), (89, 100), (None, 366), (None, 360)):
        tell(reader)
        Notice.objects.filter(pk=Notice.objects.latest("pk").pk).update(
            read_at=now - timedelta(days=read) if read else None, created_at=now - timedelta(days=made)
        )
    kept = list(Notice.objects.order_by("pk").values_list("pk", flat=True))
    forget_old.call()
    assert list(Notice.objects.order_by("pk").values_list("pk", flat=True)) == [kept[1], kept[3]]


def test_the_daily_mail_is_in_czech_too():
    with override("cs"):
        tell(UserFactory(language="cs"))
    send()
    assert "Dobrý den" in OutgoingMail.objects.get().text
