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
        rows = [
            {"name": route.name, "address": route.address, "methods": list(route.methods), "who": route.who}
            for route in routes()
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=1))
            return
        for row in rows:
            self.stdout.write(
                f"{row['name']:32} {','.join(row['methods']):22} {row['who']:24} {row['address']}"
            )
