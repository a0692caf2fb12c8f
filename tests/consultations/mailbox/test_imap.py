"""Reading a mailbox of a real IMAP server, and taking mail from a pipe."""

import imaplib
import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from consultations.choices import Channel
from consultations.mailbox import imap
from consultations.mailbox.actions import incoming
from consultations.models import IncomingMail, Mailbox, MailState, SupportRequest

USER, PASSWORD = "centrum", "tajne heslo"


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    """Start a real IMAP server with one account, and return its port."""
    port = free_port()
    program = Path(sys.executable).with_name("pymap")
    where = ["--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    process = subprocess.Popen(
        [program, *where, "dict", "--demo-user", USER, "--demo-password", PASSWORD], stdout=subprocess.DEVNULL
    )
    for _try in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield port
    process.terminate()
    process.wait(timeout=10)


Append = Callable[..., None]


@pytest.fixture
def append(server: int, settings) -> Iterator[Append]:
    """Return `append(text, seen=False)`: puts a message into the mailbox, which is empty before each test."""
    settings.MAIL_INBOX = "centrum@centrum.example.org"
    settings.MAIL_IN_URL = f"imap://{USER}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{server}"
    client = imaplib.IMAP4("127.0.0.1", server)
    client.login(USER, PASSWORD)
    client.select("INBOX")
    client.store("1:*", "+FLAGS", "\\Deleted")
    client.expunge()

    def append(raw: bytes, *, seen: bool = False) -> None:
        client.append("INBOX", "(\\Seen)" if seen else None, None, raw)

    append.client = client
    yield append
    client.logout()


@pytest.fixture
def _on_one_connection(monkeypatch) -> None:
    """The test's transaction is that of this connection, so it is not closed between two turns."""
    monkeypatch.setattr(imap, "close_old_connections", lambda: None)


def letter(number: int, text: str = "Prosím o radu.") -> bytes:
    """Return one message of many."""
    lines = [
        f"From: nova{number}@example.org",
        "To: centrum@centrum.example.org",
        f"Subject: Dotaz {number}",
        f"Message-ID: <{number}@example.org>",
        "Content-Type: text/plain; charset=utf-8",
    ]
    return "\r\n".join([*lines, "", text, ""]).encode()


def unseen(append: Append) -> int:
    """Return how many messages of the mailbox are not seen."""
    append.client.noop()
    return len(append.client.search(None, "UNSEEN")[1][0].split())


@pytest.mark.django_db
class TestFetch:
    def test_takes_what_is_new_places_it_and_marks_it(self, append):
        for number in range(3):
            append(letter(number))

        assert imap.fetch() == 3

        assert SupportRequest.objects.filter(channel=Channel.EMAIL).count() == 3
        assert unseen(append) == 0
        assert imap.fetch() == 0

    def test_takes_nothing_twice_though_it_is_unseen_again(self, append):
        append(letter(1))
        imap.fetch()
        append.client.select("INBOX")
        append.client.store("1", "-FLAGS", "\\Seen")

        imap.fetch()

        assert IncomingMail.objects.count() == 1

    def test_takes_what_somebody_else_has_opened_in_the_mailbox(self, append):
        append(letter(1))
        imap.fetch()
        append(letter(2), seen=True)

        assert imap.fetch() == 1
        assert IncomingMail.objects.count() == 2

    def test_leaves_what_was_read_before_the_portal_came(self, append):
        append(letter(1), seen=True)

        assert imap.fetch() == 0

    def test_a_bad_message_is_put_aside_and_the_rest_go_on(self, append, settings):
        append(b"\x00\xff rubbish")
        settings.MAIL_MAX_BYTES = 2000
        append(letter(1, "x" * 3000))
        append(letter(2))

        assert imap.fetch() == 3

        states = list(IncomingMail.objects.order_by("pk").values_list("state", flat=True))
        assert states == [MailState.FAILED, MailState.FAILED, MailState.PLACED]

    def test_what_was_not_stored_stays_unseen(self, append, monkeypatch):
        append(letter(1))

        def full(*_arguments, **_options):
            raise OSError("no space")

        monkeypatch.setattr(imap, "store", full)
        with pytest.raises(OSError, match="no space"):
            imap.fetch()
        monkeypatch.undo()

        assert unseen(append) == 1
        assert imap.fetch() == 1

    def test_places_what_a_crash_left(self, append):
        incoming.store(letter(9), came_by="imap")

        imap.fetch()

        assert IncomingMail.objects.get().state == MailState.PLACED

    def test_begins_anew_when_the_server_counts_anew(self, append):
        append(letter(1))
        imap.fetch()
        Mailbox.objects.update(uid_validity=1, last_uid=10**6)
        append(letter(2))

        assert imap.fetch() == 1
        assert Mailbox.objects.get().last_uid < 10**6

    def test_the_command_tells_no_password(self, append, settings):
        settings.MAIL_IN_URL = settings.MAIL_IN_URL.replace("tajne", "jine")

        with pytest.raises(CommandError) as error:
            call_command("fetch_mail")

        assert "heslo" not in str(error.value)

    def test_the_command_wants_a_mailbox(self, settings):
        settings.MAIL_IN_URL = ""
        with pytest.raises(CommandError, match="MAIL_IN_URL"):
            call_command("fetch_mail")


@pytest.mark.django_db
@pytest.mark.usefixtures("_on_one_connection")
def test_watching_takes_what_comes_meanwhile_and_ends_when_told(append, monkeypatch):
    stop = threading.Event()
    append(letter(1))
    real = imap._wait

    def then_another(box, stop):
        if IncomingMail.objects.count() == 1:
            later = threading.Timer(0.5, append, [letter(2)])
            later.start()
            real(box, stop)
            later.join()
        else:
            stop.set()

    monkeypatch.setattr(imap, "_wait", then_another)
    imap.watch(stop)

    assert IncomingMail.objects.filter(state=MailState.PLACED).count() == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("_on_one_connection")
def test_watching_tries_again_ever_later_while_the_server_is_away(settings, monkeypatch):
    settings.MAIL_IN_URL = f"imap://x:y@127.0.0.1:{free_port()}"
    pauses: list[float] = []
    stop = SimpleNamespace(is_set=lambda: len(pauses) == 9, wait=pauses.append)

    imap.watch(stop)

    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 300]


def test_without_a_mailbox_watching_waits_quietly_until_it_is_told_to_end(tmp_path):
    environment = {**os.environ, "LOCAL": "1", "VAR_DIR": str(tmp_path), "MAIL_IN_URL": ""}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-u", "manage.py", "fetch_mail", "--watch"]
    with subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert "no mailbox" in process.stdout.readline()
        assert process.poll() is None

        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=20) == 0


@pytest.mark.django_db
class TestPipe:
    def give(self, monkeypatch, raw: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        call_command("receive_mail")

    def test_a_message_is_stored_and_placed(self, monkeypatch):
        self.give(monkeypatch, letter(1))

        assert IncomingMail.objects.get().state == MailState.PLACED

    def test_what_cannot_be_read_was_taken_all_the_same(self, monkeypatch):
        self.give(monkeypatch, b"\x00 rubbish")

        assert IncomingMail.objects.get().state == MailState.FAILED

    @pytest.mark.parametrize("error", [OSError, DatabaseError])
    def test_what_cannot_be_stored_is_for_the_mail_server_to_keep(self, error, monkeypatch):
        from consultations.management.commands import receive_mail

        def fails(*_arguments, **_options):
            raise error

        monkeypatch.setattr(receive_mail, "store", fails)
        with pytest.raises(SystemExit) as end:
            self.give(monkeypatch, letter(1))
        assert end.value.code == os.EX_TEMPFAIL
