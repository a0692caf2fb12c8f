"""What tests of outgoing mail share: a message, a delivery, a mail server that fails as told."""

import smtplib
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

from core.outbox import mail
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory


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


def write(**changes: Any) -> OutgoingMail:
    """Queue a message."""
    values = {
        "to": "jana@example.org",
        "context": {"user": UserFactory(), "link": "https://portal.example/x"},
    }
    return mail.queue("accounts/password_changed", **{**values, "language": "en", **changes})


def deliver() -> None:
    """Do what the worker does."""
    mail.deliver_due.call()


def state_of(row: OutgoingMail) -> str:
    """Return the state in the database."""
    row.refresh_from_db()
    return row.state


def refused(code: int, words: bytes = b"jana@example.org is not here") -> smtplib.SMTPRecipientsRefused:
    """Return how a server's refusal of the address shows."""
    return smtplib.SMTPRecipientsRefused({"jana@example.org": (code, words)})
