"""Mail is a row first: written with the verb, sent once, tried again, given up in the end."""

import smtplib
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from core import audit, mail
from core.mail import OutgoingMail, State
from core.states import Refused
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

START = "2026-05-04 08:00Z"
DELIVER = "core.mail.deliver_due"


class Server(BaseEmailBackend):
    """A mail server of the test's own: takes messages, or fails as told."""

    errors: list[Exception] = []
    taken: list[str] = []

    def send_messages(self, messages: list[Any]) -> int:
        for message in messages:
            if self.errors:
                raise self.errors.pop(0)
            self.taken.append(message.message()["Message-ID"])
        return len(messages)


@pytest.fixture
def server(settings: Any) -> type[Server]:
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    Server.errors, Server.taken = [], []
    return Server


@pytest.fixture
def traveller() -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def write(**changes: Any) -> OutgoingMail:
    values = {
        "to": "jana@example.org",
        "context": {"user": UserFactory(), "link": "https://portal.example/x"},
    }
    return mail.queue("accounts/password_changed", **{**values, "language": "en", **changes})


def deliver() -> None:
    mail.deliver_due.call()


def state_of(row: OutgoingMail) -> str:
    row.refresh_from_db()
    return row.state


def waiting_tasks() -> int:
    return DBTaskResult.objects.filter(task_path=DELIVER, status="READY", run_after__year__lt=9999).count()


def refused(code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"jana@example.org": (code, b"jana@example.org is not here")})


class TestQueue:
    def test_keeps_text_subject_and_what_it_is_about(self):
        user = UserFactory()
        row = write(about=user)

        assert (row.subject, row.state, row.tries) == ("Your password has been changed", "queued", 0)
        assert row.text.startswith("Hello,\n\nthe password of your account")
        assert (row.about_kind, row.about_id) == ("user", user.pk)
        assert row.message_id.endswith("@localhost>")

    def test_is_written_in_the_language_of_the_recipient(self):
        with override("en"):
            assert "Podpora sociálního bydlení" in write(language="cs").text
        with override("cs"):
            assert "Social Housing Support Project" in write(language="en").text

    def test_ends_with_who_paid(self):
        project, funds = write().text.splitlines()[:-3:-1]

        assert funds == "European Union · European Social Fund · Operational Programme Employment"
        assert project.startswith(
            "The project “Social Housing Support Project”, reg. no. CZ.03.2.63/0.0/0.0/15_017/"
        )
        assert project.endswith("by the European Social Fund and the state budget of the Czech Republic.")

    def test_plain_text_is_not_escaped(self):
        assert (
            "https://portal.example/x?a=1&b='<2>'"
            in write(context={"user": UserFactory(), "link": "https://portal.example/x?a=1&b='<2>'"}).text
        )

    def test_a_verb_that_fails_sends_nothing(self):
        def verb() -> None:
            with transaction.atomic():
                write()
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            verb()

        assert not OutgoingMail.objects.exists()
        assert not DBTaskResult.objects.exists()

    def test_nothing_is_sent_by_the_verb_itself(self, mailoutbox):
        write()

        assert mailoutbox == []
        assert DBTaskResult.objects.get().task_path == DELIVER


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

    def test_resume_mail_wakes_the_delivery_only_when_something_waits(self):
        call_command("resume_mail")
        assert not DBTaskResult.objects.exists()

        write()
        DBTaskResult.objects.all().delete()
        call_command("resume_mail")
        assert DBTaskResult.objects.get().task_path == DELIVER


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
        assert mail._claim() == row
        deliver()
        assert server.taken == []

        traveller.shift(timedelta(minutes=5, seconds=1))
        deliver()
        assert server.taken == [row.message_id]
        assert state_of(row) == State.SENT
        assert row.tries == 2

    def test_one_that_comes_late_changes_nothing(self, server, traveller):
        row = write()
        slow = mail._claim()
        traveller.shift(timedelta(minutes=6))
        deliver()
        sent_at = OutgoingMail.objects.get().sent_at
        traveller.shift(timedelta(minutes=1))

        mail._put_back(slow, ConnectionResetError())

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
                while row := mail._claim():
                    claimed.append(row.pk)
            finally:
                connection.close()

        workers = [threading.Thread(target=claim) for _worker in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

        assert sorted(claimed) == sorted(OutgoingMail.objects.values_list("pk", flat=True))


class TestSendAgain:
    def test_begins_anew(self, server, traveller):
        row = write()
        server.errors = [refused(550)]
        deliver()
        traveller.shift(timedelta(days=9))
        row.refresh_from_db()
        by = UserFactory(administrator=True)

        mail.send_again(row, by=by)
        assert (row.state, row.tries, row.last_error, row.created_at) == ("queued", 0, "", timezone.now())
        assert audit.entries_of(row).get().verb == "mail.send_again"
        deliver()
        assert state_of(row) == State.SENT

    def test_only_what_failed(self):
        row = write()
        with override("en"), pytest.raises(Refused) as refusal:
            mail.send_again(row, by=UserFactory())

        assert refusal.value.reasons == ["Only a message that failed can be sent again."]


def test_addresses_come_from_the_settings(settings):
    settings.BASE_URL = "https://portal.example"

    assert mail.absolute("/cs/") == "https://portal.example/cs/"
