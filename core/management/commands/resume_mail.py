"""`manage.py resume_mail`: pick up mail that a worker left behind, and see to it that stray files go."""

from typing import Any

from django.core.management.base import BaseCommand

from core.files.stray import sweep_tomorrow
from core.outbox.mail import OutgoingMail, deliver_due


class Command(BaseCommand):
    """Run before a worker starts: wake the delivery when something is unsent."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if OutgoingMail.objects.unsent().exists():
            deliver_due.enqueue()
        sweep_tomorrow()
