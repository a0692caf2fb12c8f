"""Who is told of what: the row, the mail that goes with it, what was dealt with, and what each chose."""

from datetime import UTC, datetime, time

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from accounts.permissions import Role
from core.notices import actions, kinds
from core.notices.actions import mark_all_read, mark_done, mark_read, notify, put_read
from core.notices.kinds import How
from core.notices.models import Notice, NoticeChoice, NoticeHours
from core.outbox.mail import OutgoingMail
from municipalities.models import Membership
from tests.core.notices.conftest import ASSIGNED, OF_PLACES, WATCHED
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db

NOON = "2026-05-04 12:00Z"
USUAL = {"digest_at": time(7), "quiet_from": None, "quiet_until": None}


def tell(case, told, **options):
    return actions.tell(case, told, link=case.get_desk_url, reference=case.reference, **options)


class TestTell:
    @pytest.mark.parametrize(("language", "words"), [("cs", "Dobrý den"), ("en", "Hello")])
    def test_row_and_message_in_the_readers_language(self, language, words, settings):
        case, reader = SupportRequestFactory(), UserFactory(language=language)

        [notice] = tell(case, {ASSIGNED.key: [reader]}, by=UserFactory(name="Jana Nová"))

        row, message = Notice.objects.get(), OutgoingMail.objects.get()
        assert row == notice
        assert (row.kind, row.receiver, row.mail) == (ASSIGNED.key, reader, message)
        assert (row.about_kind, row.about_id, row.read_at) == ("supportrequest", case.pk, None)
        assert row.sentence == f"Jana Nová assigned {case.reference} to you."
        assert row.link == f"/{language}/desk/requests/{case.reference}/"
        assert (message.to, message.language, message.kind) == (reader.email, language, "notices/notice")
        assert words in message.text
        assert row.sentence in message.text
        assert f"{settings.BASE_URL}{row.link}" in message.text
        assert f"{settings.BASE_URL}/{language}/accounts/notices/settings/" in message.text
        assert "Jana" not in message.subject

    def test_nothing_is_told_when_the_verb_fails(self):
        case, reader = SupportRequestFactory(), UserFactory()
        with transaction.atomic():
            tell(case, {ASSIGNED.key: [reader]})
            transaction.set_rollback(True)
        assert (Notice.objects.count(), OutgoingMail.objects.count()) == (0, 0)

    def test_each_is_told_once_by_the_first_kind_and_never_who_did_it(self):
        case, doer, one, other = SupportRequestFactory(), UserFactory(), UserFactory(), UserFactory()

        told = tell(case, {ASSIGNED.key: [one, doer], WATCHED.key: [one, other, one, doer]}, by=doer)

        assert [(row.kind, row.receiver) for row in told] == [(ASSIGNED.key, one), (WATCHED.key, other)]

    def test_nobody_is_told_who_may_not_or_does_not_see_it(self):
        member = MembershipFactory()
        case = SupportRequestFactory(official=True, municipality=member.municipality)
        outsider, gone = MembershipFactory().user, UserFactory(is_active=False)

        told = tell(case, {ASSIGNED.key: [member.user, gone], OF_PLACES.key: [outsider, member.user]})

        assert [(row.kind, row.receiver) for row in told] == [(OF_PLACES.key, member.user)]

    def test_each_by_the_way_it_chose_or_that_is_usual_for_its_role(self):
        case = SupportRequestFactory()
        usual, editor, never, digest = (
            UserFactory(role=role)
            for role in (Role.CONSULTANT, Role.EDITOR, Role.CONSULTANT, Role.CONSULTANT)
        )
        for user, how in ((never, How.NEVER), (digest, How.DIGEST)):
            NoticeChoice.objects.create(user=user, kind=ASSIGNED.key, how=how)

        with time_machine.travel(NOON, tick=False):
            told = tell(case, {ASSIGNED.key: [usual, editor, never, digest]})

        assert [row.receiver for row in told] == [usual, editor, digest]
        assert [bool(row.mail) for row in told] == [True, False, False]
        assert [row.digest_at for row in told] == [None, None, datetime(2026, 5, 5, 5, tzinfo=UTC)]

    def test_many_are_told_in_few_queries(self, django_assert_num_queries):
        case, people = SupportRequestFactory(), UserFactory.create_batch(30)
        # Two savepoints; who sees it, choices, hours, dead addresses; mail, a run of the worker, rows.
        with django_assert_num_queries(9):
            told = tell(case, {ASSIGNED.key: people})
        assert (len(told), OutgoingMail.objects.count()) == (30, 30)

    def test_quiet_hours_hold_mail_that_is_not_urgent(self, monkeypatch):
        case, reader = SupportRequestFactory(), UserFactory()
        NoticeHours.objects.create(user=reader, quiet_from=time(20), quiet_until=time(6))
        with time_machine.travel("2026-05-04 22:00Z", tick=False):
            [held] = tell(case, {ASSIGNED.key: [reader]})
            monkeypatch.setitem(kinds._kinds, ASSIGNED.key, urgent())
            [sent] = tell(case, {ASSIGNED.key: [reader]})
            assert sent.mail.next_try_at == timezone.now()
        assert held.mail.next_try_at.isoformat() == "2026-05-05T04:00:00+00:00"

    def test_words_that_are_no_text_are_for_the_mail_only(self):
        case = SupportRequestFactory()
        [notice] = notify(
            ASSIGNED.key, case, UserFactory(), case.get_desk_url, reference="2026-1", due_on=timezone.now()
        )
        assert notice.words == {"reference": "2026-1"}


def urgent():
    from dataclasses import replace

    return replace(ASSIGNED, is_urgent=True)


class TestRead:
    def test_what_somebody_dealt_with_is_read_by_them_alone(self):
        case, one, other = SupportRequestFactory(), UserFactory(), UserFactory()
        for reader in (one, one, other):
            tell(case, {WATCHED.key: [reader]})
        tell(SupportRequestFactory(), {WATCHED.key: [one]})

        mark_read(case, by=one)

        unread = Notice.objects.unread().order_by("pk")
        last = Notice.objects.latest("pk")
        assert list(unread.values_list("receiver", "about_id")) == [
            (other.pk, case.pk),
            (one.pk, last.about_id),
        ]
        first = Notice.objects.order_by("pk").first().read_at
        mark_read(case, by=one)
        assert Notice.objects.order_by("pk").first().read_at == first

    def test_what_one_has_done_waits_for_nobody_any_more(self):
        case, one, other = SupportRequestFactory(), UserFactory(), UserFactory()
        tell(case, {ASSIGNED.key: [one], WATCHED.key: [other]})
        mark_done(case, ASSIGNED.key)
        assert [row.receiver for row in Notice.objects.unread()] == [other]

    def test_one_is_read_and_unread_again(self):
        [notice] = tell(SupportRequestFactory(), {WATCHED.key: [UserFactory()]})
        put_read(notice, is_read=True)
        assert not Notice.objects.unread().exists()
        put_read(notice, is_read=False)
        assert Notice.objects.unread().exists()

    def test_all_of_mine_are_read_at_once(self):
        one, other = UserFactory(), UserFactory()
        for reader in (one, one, other):
            tell(SupportRequestFactory(), {WATCHED.key: [reader]})
        assert mark_all_read(by=one) == 2
        assert [row.receiver for row in Notice.objects.unread()] == [other]


class TestChoose:
    def test_only_what_is_not_usual_is_kept(self):
        user = UserFactory()
        NoticeChoice.objects.create(user=user, kind=WATCHED.key, how=How.NEVER)

        actions.choose({ASSIGNED.key: How.DIGEST, WATCHED.key: How.DIGEST}, **USUAL, by=user)

        assert list(NoticeChoice.objects.values_list("kind", "how")) == [(ASSIGNED.key, How.DIGEST)]

    def test_nobody_chooses_for_what_they_are_never_told(self):
        user = UserFactory()
        actions.choose({OF_PLACES.key: How.NEVER}, **USUAL, by=user)
        assert not NoticeChoice.objects.exists()

    def test_what_waits_follows_the_new_choice(self):
        user, case = UserFactory(), SupportRequestFactory()
        NoticeChoice.objects.create(user=user, kind=ASSIGNED.key, how=How.DIGEST)
        with time_machine.travel(NOON, tick=False):
            tell(case, {WATCHED.key: [user]})
            tell(case, {ASSIGNED.key: [user]})
            ways = {ASSIGNED.key: How.PORTAL, WATCHED.key: How.DIGEST}
            actions.choose(ways, **USUAL | {"digest_at": time(16)}, by=user)
        waiting = Notice.objects.filter(digest_at__isnull=False).get()
        assert (waiting.kind, waiting.digest_at.isoformat()) == (WATCHED.key, "2026-05-04T14:00:00+00:00")

    def test_back_to_the_usual(self):
        user = UserFactory()
        hours = {"digest_at": time(16), "quiet_from": time(20), "quiet_until": time(6)}
        actions.choose({ASSIGNED.key: How.NEVER}, **hours, by=user)
        actions.choose_usual(by=user)
        assert (NoticeChoice.objects.count(), NoticeHours.objects.count()) == (0, 0)


def test_who_left_meanwhile_is_told_nothing_more():
    member = MembershipFactory()
    case = SupportRequestFactory(official=True, municipality=member.municipality)
    Membership.objects.all().delete()
    assert tell(case, {OF_PLACES.key: [member.user]}) == []
