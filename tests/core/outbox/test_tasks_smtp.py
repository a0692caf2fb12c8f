"""Faults of a real mail server: what they do to a message, and that no other is held up."""

import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from core.outbox.dead_addresses import is_dead
from core.outbox.mail import State
from tests.load.kill_worker import free_port
from tests.outbox import deliver, state_of, write

pytestmark = pytest.mark.django_db

BAD = "bad@example.org"


class Handler:
    """Takes all mail but that to BAD, which it answers at one step as told."""

    def __init__(self, step: str = "", reply: str = "") -> None:
        self.step, self.reply = step, reply
        self.taken: list[str] = []

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.step == "rcpt" and address == BAD:
            return self.reply
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if envelope.rcpt_tos == [BAD]:
            if self.step == "cut":
                server.transport.abort()
                return "250 never heard"
            if self.step == "data":
                return self.reply
        self.taken += envelope.rcpt_tos
        return "250 taken"


@pytest.fixture
def serve(settings: Any) -> Iterator[Callable[..., Handler]]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_TIMEOUT = 1
    running: list[Controller] = []

    def serve(*how: str) -> Handler:
        handler = Handler(*how)
        running.append(Controller(handler, hostname="127.0.0.1", port=settings.EMAIL_PORT))
        running[0].start()
        return handler

    yield serve
    for controller in running:
        controller.stop()


@pytest.mark.parametrize(
    ("step", "reply", "state", "error", "is_marked"),
    [
        ("rcpt", "550 5.1.1 no such user", State.FAILED, "SMTPRecipientsRefused 550", True),
        ("rcpt", "550 5.7.1 refused by policy", State.FAILED, "SMTPRecipientsRefused 550", False),
        ("rcpt", "451 4.7.1 try later", State.QUEUED, "SMTPRecipientsRefused 451", False),
        ("rcpt", "421 closing", State.QUEUED, "SMTPRecipientsRefused 421", False),
        ("data", "554 no", State.FAILED, "SMTPDataError 554", False),
        ("data", "451 later", State.QUEUED, "SMTPDataError 451", False),
        ("cut", "", State.QUEUED, "SMTPServerDisconnected", False),
    ],
)
def test_what_the_server_says_and_that_others_go_on(serve, step, reply, state, error, is_marked):
    server = serve(step, reply)
    rows = [write(to=to) for to in ("one@example.org", BAD, "two@example.org")]
    deliver()

    assert server.taken == ["one@example.org", "two@example.org"]
    assert [state_of(row) for row in rows] == [State.SENT, state, State.SENT]
    assert (rows[1].last_error, is_dead(BAD)) == (error, is_marked)


def test_a_server_that_is_not_there(serve):
    row = write()
    deliver()

    assert (state_of(row), row.last_error) == (State.QUEUED, "ConnectionRefusedError")


def test_a_server_that_hangs_is_given_up_after_a_while(serve, settings):
    settings.EMAIL_TIMEOUT = 0.2
    with socket.create_server(("127.0.0.1", settings.EMAIL_PORT)):
        row = write()
        deliver()

    assert (state_of(row), row.last_error) == (State.QUEUED, "SMTPServerDisconnected")


def test_a_server_that_speaks_no_tls(serve, settings):
    server = serve()
    settings.EMAIL_USE_TLS = True
    row = write()
    deliver()

    assert (state_of(row), row.last_error) == (State.QUEUED, "SMTPNotSupportedError")
    assert server.taken == []


def test_a_line_that_is_no_tls(serve, settings):
    settings.EMAIL_USE_SSL = True

    def babble(listener: socket.socket) -> None:
        connection, _address = listener.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"220 plain words\r\n")

    with socket.create_server(("127.0.0.1", settings.EMAIL_PORT)) as listener:
        thread = threading.Thread(target=babble, args=[listener])
        thread.start()
        row = write()
        deliver()
        thread.join()

    assert (state_of(row), row.last_error) == (State.QUEUED, "SSLError")
