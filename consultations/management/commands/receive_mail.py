"""`manage.py receive_mail`: take one message from a mail server's pipe."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError

from consultations.mailbox.actions.incoming import place, store
from consultations.models import CameBy, MailState


class Command(BaseCommand):
    """Store the message of standard input, and place it."""

    help = "Take one raw message from standard input. Ends with 75 (try again later) when it was not stored."

    def handle(self, *args: Any, **options: Any) -> None:
        """Store first; once that is done the mail server has done its part, whatever the message holds."""
        try:
            mail = store(sys.stdin.buffer.read(), came_by=CameBy.PIPE)
        except (OSError, DatabaseError, InterfaceError) as error:
            self.stderr.write(f"The message was not stored: {type(error).__name__}")
            sys.exit(os.EX_TEMPFAIL)
        if mail.state == MailState.RECEIVED:
            place(mail)
