"""The worker hands mail over once, tries again, gives up in the end, and stops what must not go."""

import smtplib
import threading
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from core.outbox import dead_addresses, mail, tasks
from core.outbox.mail import OutgoingMail, State, Stopped
from tests.outbox import Server, deliver, refused, state_of, write

pytestmark = pytest.mark.django_db

START = "2026-05-04 08:00Z"
DELIVER = "core.outbox.tasks.deliver_due"


@pytest.fixture
def server(settings: Any) -> type[Server]:
    settings.EMAIL_BACKEND = "tests.outbox.Server"
    Server.errors, Server.taken = [], []
    return Server


@pytest.fixture
def traveller() -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def waiting_tasks() -> int:
    return DBTaskResult.objects.filter(task_path=DELIVER, status="READY", run_after__year__lt=9999).count()


class TestDeliver:
    def test_sends_once(self, mailoutbox):
        row = write()
        deliver()
        deliver()

        assert state_of(row) == State.SENT
        assert (row.tries, row.last_error, row.leased_until) == (1, "", None)
        message = mailoutbox[0].message()
        assert len(mailoutbox) == 1
        assert (message["To"], message["Message-ID"]) == ("jana@example.org", row.message_id)
        assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "en")

    @pytest.mark.django_db(transaction=True)
    def test_the_worker_delivers_into_files(self, settings, tmp_path):
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path
        row = write()

        Worker(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="test",
        ).run()

        assert state_of(row) == State.SENT
        assert "To: jana@example.org" in next(tmp_path.iterdir()).read_text()

    def test_plan_tasks_wakes_the_delivery_only_when_something_waits(self):
        call_command("plan_tasks", stdout=StringIO())
        assert not DBTaskResult.objects.filter(task_path=DELIVER).exists()

        write()
        DBTaskResult.objects.all().delete()
        call_command("plan_tasks", stdout=StringIO())
        assert DBTaskResult.objects.filter(task_path=DELIVER).count() == 1


class TestFailure:
    def test_pauses_grow(self, server, traveller):
        row = write()
        pauses = []
        for _try in range(12):
            server.errors = [ConnectionRefusedError()]
            deliver()
            assert state_of(row) == State.QUEUED
            pauses.append((row.next_try_at - timezone.now()) // timedelta(minutes=1))
            traveller.move_to(row.next_try_at)

        assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
        assert row.last_error == "ConnectionRefusedError"

    def test_a_later_try_succeeds_under_the_same_id(self, server, traveller):
        row = write()
        server.errors = [smtplib.SMTPServerDisconnected("gone")]
        deliver()
        deliver()
        assert server.taken == []

        traveller.shift(timedelta(minutes=1))
        deliver()
        assert server.taken == [row.message_id]
        assert state_of(row) == State.SENT
        assert row.last_error == ""

    @pytest.mark.parametrize(
        ("error", "state", "words"),
        [
            (refused(550), State.FAILED, "SMTPRecipientsRefused 550"),
            (refused(451), State.QUEUED, "SMTPRecipientsRefused 451"),
            (smtplib.SMTPDataError(554, b"spam"), State.FAILED, "SMTPDataError 554"),
            (smtplib.SMTPDataError(452, b"full"), State.QUEUED, "SMTPDataError 452"),
            (smtplib.SMTPAuthenticationError(535, b"no"), State.QUEUED, "SMTPAuthenticationError 535"),
            (smtplib.SMTPSenderRefused(550, b"no", "us"), State.QUEUED, "SMTPSenderRefused 550"),
            (TimeoutError(), State.QUEUED, "TimeoutError"),
            (ValueError("bad header jana@example.org"), State.FAILED, "ValueError"),
        ],
    )
    def test_what_is_final_and_what_is_not(self, server, error, state, words):
        row = write()
        server.errors = [error]
        deliver()

        assert state_of(row) == state
        assert row.last_error == words

    def test_one_that_cannot_be_sent_does_not_hold_up_the_others(self, server):
        bad, good = write(), write()
        server.errors = [ValueError()]
        deliver()

        assert (state_of(bad), state_of(good)) == (State.FAILED, State.SENT)

    def test_gives_up_after_three_days(self, server, traveller):
        row = write()
        traveller.shift(timedelta(days=3))
        server.errors = [ConnectionRefusedError()]
        deliver()
        assert state_of(row) == State.QUEUED

        traveller.move_to(row.next_try_at)
        server.errors = [ConnectionRefusedError()]
        deliver()
        assert state_of(row) == State.FAILED

    def test_one_waiting_task_is_enough(self, server, traveller):
        for _message in range(5):
            write()
            server.errors = [ConnectionRefusedError() for _failure in range(5)]
            deliver()
            deliver()

        assert waiting_tasks() == 1

    def test_nothing_unsent_leaves_no_task_waiting(self, server):
        write()
        deliver()

        assert waiting_tasks() == 0

    def test_the_waiting_task_comes_when_the_first_retry_is_due(self, server, traveller):
        row = write()
        server.errors = [ConnectionRefusedError()]
        deliver()
        row.refresh_from_db()

        task = DBTaskResult.objects.get(task_path=DELIVER, run_after__year__lt=9999)
        assert task.run_after == row.next_try_at


class TestTwoWorkers:
    def test_a_lease_that_ran_out_is_picked_up(self, server, traveller):
        row = write()
        assert tasks._claim() == row
        deliver()
        assert server.taken == []

        traveller.shift(timedelta(minutes=5, seconds=1))
        deliver()
        assert server.taken == [row.message_id]
        assert state_of(row) == State.SENT
        assert row.tries == 2

    def test_one_that_comes_late_changes_nothing(self, server, traveller):
        row = write()
        slow = tasks._claim()
        traveller.shift(timedelta(minutes=6))
        deliver()
        sent_at = OutgoingMail.objects.get().sent_at
        traveller.shift(timedelta(minutes=1))

        tasks._put_back(slow, ConnectionResetError())

        assert state_of(row) == State.SENT
        assert row.sent_at == sent_at

    @pytest.mark.django_db(transaction=True)
    def test_of_two_at_once_each_message_has_one(self):
        for _message in range(6):
            write()
        start, claimed = threading.Barrier(2), []

        def claim() -> None:
            start.wait()
            try:
                while row := tasks._claim():
                    claimed.append(row.pk)
            finally:
                connection.close()

        workers = [threading.Thread(target=claim) for _worker in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

        assert sorted(claimed) == sorted(OutgoingMail.objects.values_list("pk", flat=True))


class TestHeaders:
    def sent(self, mailoutbox: list[Any], **values: Any) -> Any:
        row = write()
        OutgoingMail.objects.filter(pk=row.pk).update(**values)
        deliver()
        return mailoutbox[0].message()

    def test_what_the_portal_writes_says_so(self, mailoutbox):
        message = self.sent(mailoutbox)

        assert message["Auto-Submitted"] == "auto-generated"
        assert message["X-Auto-Response-Suppress"] == "All"
        assert message["Reply-To"] is None

    def test_one_click_ends_what_its_reader_has_asked_for(self, mailoutbox):
        write(unsubscribe=lambda: "/en/links/x/one-click/")
        write()
        deliver()

        asked, other = (one.message() for one in mailoutbox)
        assert asked["List-Unsubscribe"].endswith("/en/links/x/one-click/>")
        assert asked["List-Unsubscribe"].startswith("<http")
        assert asked["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert (other["List-Unsubscribe"], other["List-Unsubscribe-Post"]) == (None, None)

    def test_what_a_person_wrote_does_not(self, mailoutbox):
        message = self.sent(mailoutbox, automatic="")

        assert message["Auto-Submitted"] is None
        assert message["X-Auto-Response-Suppress"] is None

    def test_a_thread_goes_on_from_its_last_message(self, mailoutbox):
        message = self.sent(mailoutbox, references="<1@x> <2@x>", reply_to="in+7-sign@portal.example")

        assert (message["References"], message["In-Reply-To"]) == ("<1@x> <2@x>", "<2@x>")
        assert message["Reply-To"] == "in+7-sign@portal.example"

    def test_all_mail_of_a_test_site_goes_to_one_address(self, mailoutbox, settings):
        settings.MAIL_ALL_TO = "tester@example.org"
        message = self.sent(mailoutbox)

        assert mailoutbox[0].recipients() == ["tester@example.org"]
        assert message["X-Portal-Recipient"] == "jana@example.org"
        assert message["Subject"] == "[test] Your password has been changed"


class TestStopping:
    @pytest.mark.parametrize(
        ("code", "words", "status"),
        [
            (550, b"5.1.1 no such user", "5.1.1"),
            (550, b"5.1.10 no such user", "5.1.10"),
            (550, b"no such user here", "550"),
            (551, b"user has moved", "551"),
            (553, b"bad mailbox name", "553"),
            (550, b"5.7.1 refused by policy", ""),
            (550, b"5.2.2 mailbox full", ""),
            (550, b"5.1.8 bad sender", ""),
            (550, b"relay not permitted", ""),
            (550, b"blocked by a list", ""),
            (554, b"no", ""),
            (450, b"4.1.1 try later", ""),
            (451, b"greylisted", ""),
        ],
    )
    def test_which_refusals_are_about_the_address(self, server, code, words, status):
        write()
        server.errors = [refused(code, words)]
        deliver()

        found = dead_addresses.DeadAddress.objects.values_list("email", "status")
        assert list(found) == ([("jana@example.org", status)] if status else [])

    def test_a_test_site_marks_nobody(self, server, settings):
        settings.MAIL_ALL_TO = "tester@example.org"
        write()
        server.errors = [refused(550)]
        deliver()

        assert not dead_addresses.DeadAddress.objects.exists()

    def test_mail_that_waits_stops_when_its_address_dies(self, server):
        row = write()
        dead_addresses.mark("jana@example.org", "5.1.1")
        deliver()

        assert (state_of(row), row.last_error, server.taken) == (State.STOPPED, Stopped.DEAD, [])

    def test_an_app_is_told_what_has_left_and_what_has_not(self, server, monkeypatch):
        left: list[tuple[int, bool]] = []
        monkeypatch.setattr(tasks, "_sent", [lambda mail: left.append((mail.pk, mail.sent_at is not None))])
        server.errors = [refused(550)]
        _failed, sent = write(to="nobody@example.org"), write()
        deliver()

        assert left == [(sent.pk, True)]

    def test_an_app_may_stop_mail_at_the_last_moment(self, server, monkeypatch):
        monkeypatch.setattr(tasks, "_checks", [])
        bad, good = write(), write()
        tasks.when_sending(lambda mail: Stopped.NOT_THEIRS if mail.pk == bad.pk else "")
        deliver()

        assert (state_of(bad), bad.last_error) == (State.STOPPED, Stopped.NOT_THEIRS)
        assert server.taken == [good.message_id]


class TestWrittenLater:
    """Mail that goes out by thousands gets its words as it is sent."""

    @pytest.fixture
    def row(self, monkeypatch):
        about = write()
        monkeypatch.setattr(tasks, "_writers", {})
        [row] = mail.queue_all(
            [mail.written_later("report", to="a@example.org", subject="A report", language="cs", about=about)]
        )
        return row

    def test_words_are_kept_once_it_has_left(self, row, mailoutbox):
        words = {"subject": "A report: mended", "text": "Read it.", "unsubscribe": "https://example.org/end"}
        tasks.when_writing("report", lambda _mail: OutgoingMail(**words))
        deliver()
        assert state_of(row) == State.SENT
        assert {name: getattr(row, name) for name in words} == words
        assert (mailoutbox[-1].subject, mailoutbox[-1].body) == ("A report: mended", "Read it.")

    def test_what_cannot_be_written_fails_and_holds_up_nobody(self, row, server):
        def fails(_mail: OutgoingMail) -> OutgoingMail:
            raise ValueError

        tasks.when_writing("report", fails)
        after = write()
        deliver()
        assert (state_of(row), row.text) == (State.FAILED, "")
        assert after.message_id in server.taken


def test_what_was_never_tried_goes_before_what_was_left_behind(server):
    left, fresh = write(), write()
    past = timezone.now() - timedelta(minutes=1)
    OutgoingMail.objects.filter(pk=left.pk).update(state=State.SENDING, leased_until=past, tries=1)
    deliver()

    assert server.taken == [fresh.message_id, left.message_id]
