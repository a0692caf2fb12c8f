"""`manage.py list_routes [--json]`: every address with its name, methods and who may open it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from shsp.routes import routes


class Command(BaseCommand):
    """Print the map of addresses."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["json"]:
            names = ("name", "address", "methods", "who")
            rows = [{name: getattr(route, name) for name in names} for route in routes()]
            self.stdout.write(json.dumps(rows, indent=1))
            return
        for one in routes():
            self.stdout.write(f"{one.name:32} {','.join(one.methods):22} {one.who:24} {one.address}")
