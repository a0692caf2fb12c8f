"""`manage.py setup`: bring database and shipped facts up to date. Running it again changes nothing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

import consultations.requests.loading
import municipalities.figures.loading
import municipalities.places.loading
import municipalities.places.offices.loading
import municipalities.practices.loading
import shsp.centre.loading
import shsp.help.loading
import shsp.pages.loading
import studies.library.loading
import studies.plan.loading
import visits.hosts.loading
import visits.lessons.loading
import visits.plans.loading
from shsp.pages.search import index_pages

# In this order: practices and visits point at municipalities.
LOADINGS = (
    ("centre", shsp.centre.loading.load),
    ("topics", consultations.requests.loading.load),
    ("municipalities", municipalities.places.loading.load),
    ("offices", municipalities.places.offices.loading.load),
    ("indicators", municipalities.figures.loading.load),
    ("practices", municipalities.practices.loading.load),
    ("materials", studies.plan.loading.load),
    ("library", studies.library.loading.load),
    ("visits", visits.hosts.loading.load),
    ("workshops", visits.lessons.loading.load),
    ("visit themes", visits.plans.loading.load),
    ("site pages", shsp.pages.loading.load),
    ("help page", shsp.help.loading.load),
)


class Command(BaseCommand):
    """Migrate, then load the real data that the portal ships."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        close_to_others()
        self.stdout.write("The database is up to date.")
        for what, load in LOADINGS:
            self.stdout.write(f"{what}: {load()}")
        index_pages()


def close_to_others() -> None:
    """Take away what an older version let other users of the machine read."""
    settings.VAR_DIR.chmod(0o700)
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        for file in database.parent.glob(f"{database.name}*"):
            file.chmod(0o600)
