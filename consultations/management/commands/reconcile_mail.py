"""`manage.py reconcile_mail`: was everybody told that their request has come?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from consultations.intake.receipts import without_receipt

SHOWN = 200


class Command(BaseCommand):
    """List the references of requests whose receipt was not handed over; exit 1 when there are any."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        missing = without_receipt()
        for request in missing.only("pk", "year")[:SHOWN]:
            self.stdout.write(request.reference)
        count = missing.count()
        self.stdout.write(f"{count} without a receipt")
        if count:
            sys.exit(1)
