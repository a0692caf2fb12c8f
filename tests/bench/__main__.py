"""`make bench`: measure the portal on SQLite and PostgreSQL, and print the ratios beside their goals."""

import argparse
import json
import os
import tempfile
from pathlib import Path

import django

from tests.bench.databases import KINDS
from tests.bench.goals import report
from tests.bench.run import measure


def main() -> None:
    """Make databases of its own in a temporary folder; the portal's own data is not touched."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[1000, 100_000], metavar="N")
    parser.add_argument("--on", nargs="+", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--rounds", type=int, default=30, metavar="N", help="how often each page is visited")
    parser.add_argument("--prepare", type=int, metavar="N", help=argparse.SUPPRESS)
    parser.add_argument("--facts", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shsp.settings")
    django.setup()
    if options.prepare:
        _write_facts(options.prepare, options.facts)
        return
    for database in options.on:
        with tempfile.TemporaryDirectory(prefix="portal-bench-", ignore_cleanup_errors=True) as folder:
            run = measure(database, sorted(options.sizes), options.rounds, Path(folder))
        for line in report(run):
            print(line, flush=True)  # noqa: T201


def _write_facts(size: int, to: Path) -> None:
    # Its models can be read only once Django is set up.
    from tests.bench.prepare import prepare

    to.write_text(json.dumps(prepare(size)))


main()
