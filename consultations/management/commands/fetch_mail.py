"""`manage.py fetch_mail`: read the mailbox that people write to."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from consultations.mailbox import imap


class Command(BaseCommand):
    """Store and place what has come; with --watch go on until told to end."""

    help = "Read the mailbox of settings.MAIL_IN_URL, once or (--watch) whenever something comes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --watch."""
        parser.add_argument("--watch", action="store_true", help="go on until the process is told to end")

    def handle(self, *args: Any, watch: bool, **options: Any) -> None:
        """Read the mailbox. Without one, --watch waits quietly, so that what runs beside it goes on."""
        if watch:
            self._watch()
        elif not settings.MAIL_IN_URL:
            raise CommandError("MAIL_IN_URL is not set: there is no mailbox to read. See docs/operations.md.")
        else:
            self._fetch()

    def _fetch(self) -> None:
        try:
            self.stdout.write(f"{imap.fetch()} messages")
        except imap.AWAY as error:
            # Its own words may repeat the password.
            raise CommandError(f"The mailbox cannot be read: {type(error).__name__}") from None

    def _watch(self) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_what: stop.set())
        if settings.MAIL_IN_URL:
            imap.watch(stop)
        else:
            self.stdout.write("MAIL_IN_URL is not set: no mailbox is read.")
            stop.wait()
