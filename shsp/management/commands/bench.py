"""`manage.py bench`: measure the portal on SQLite and PostgreSQL, and print the ratios beside their goals."""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from shsp.bench.databases import KINDS
from shsp.bench.goals import report
from shsp.bench.prepare import prepare
from shsp.bench.run import measure


class Command(BaseCommand):
    """Makes databases of its own in a temporary folder; the portal's own data is not touched."""

    help = __doc__
    # The portal that runs the command may have no database at all.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--sizes", nargs="+", type=int, default=[1000, 100_000], metavar="N")
        parser.add_argument("--on", nargs="+", choices=list(KINDS), default=list(KINDS))
        parser.add_argument(
            "--rounds", type=int, default=30, metavar="N", help="how often each page is visited"
        )
        parser.add_argument("--prepare", type=int, metavar="N", help=argparse.SUPPRESS)
        parser.add_argument("--facts", type=Path, help=argparse.SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["prepare"]:
            options["facts"].write_text(json.dumps(prepare(options["prepare"])))
            return
        for database in options["on"]:
            with tempfile.TemporaryDirectory(prefix="portal-bench-", ignore_cleanup_errors=True) as folder:
                run = measure(database, sorted(options["sizes"]), options["rounds"], Path(folder))
            for line in report(run):
                self.stdout.write(line)
            self.stdout.flush()
