"""`manage.py welcome`: print where the portal runs and the demonstration logins."""

import json
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """For one's own machine: the logins are made the first time and kept beside the data."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL:
            raise CommandError("Demonstration logins are for local mode only.")
        file = settings.VAR_DIR / "demo-logins.json"
        if not file.exists():
            call_command("load_demo", out=file, stdout=self.stdout)
        self.stdout.write(f"\nThe portal: {settings.BASE_URL}\n\nDemonstration logins:")
        for login in json.loads(file.read_text()):
            place = f"  ({login['municipality']})" if login["municipality"] else ""
            self.stdout.write(f"  {login['role']:14} {login['email']:38} {login['password']}{place}")
        self.stdout.write("")
