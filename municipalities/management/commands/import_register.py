"""`manage.py import_register FILE`: what a new year of the register would change; with --apply, change it."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from municipalities.places.register.actions import Plan, Upload, apply, prepare
from municipalities.places.register.file import BrokenFile

MOST_LINES = 20
MOST_FAULTS = 50


class Command(BaseCommand):
    """Without --apply nothing is written. A broken file is refused with its lines, and nothing is written."""

    help = __doc__

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="the table, with the columns of register.csv"
        )
        parser.add_argument("--year", type=int, metavar="YYYY", help="the file is of 1 January of this year")
        parser.add_argument("--source", default="", help="where the numbers come from, as readers see it")
        parser.add_argument(
            "--changes", type=Path, metavar="FILE", help="what became of whom: on,fate,before,after,source"
        )
        parser.add_argument(
            "--allow-fewer", action="store_true", help="the file rightly has far fewer municipalities"
        )
        parser.add_argument("--apply", action="store_true", help="do it, not only show it")

    def handle(self, *args: Any, **options: Any) -> None:
        changes = options["changes"]
        upload = Upload(
            register=_bytes(options["file"]),
            changes=_bytes(changes) if changes else None,
            year=options["year"],
            source=options["source"].strip(),
            allow_fewer=options["allow_fewer"],
        )
        try:
            plan = apply(upload) if options["apply"] else prepare(upload)
        except BrokenFile as broken:
            faults = _bounded(map(str, broken.faults), MOST_FAULTS)
            raise CommandError("\n".join(["Refused; nothing is written.", *faults])) from broken
        self.stdout.write("\n".join(_told(plan)))
        ends = {
            (True, True): "Nothing to change.",
            (True, False): "Done; all of it is written.",
            (False, True): "Nothing would change.",
            (False, False): "Nothing is written yet. If this is right, run it again with --apply.",
        }
        self.stdout.write(ends[options["apply"], plan.is_empty])


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _bounded(lines: Iterable[str], most: int = MOST_LINES) -> Iterator[str]:
    lines = list(lines)
    yield from (f"  {line}" for line in lines[:most])
    if len(lines) > most:
        yield f"  … and {len(lines) - most} more"


def _told(plan: Plan) -> Iterator[str]:
    yield f"Register of 1 January {plan.year}: {len(plan.reading.rows)} municipalities"
    yield f"Source: {plan.source}"
    if plan.is_older:
        yield "A newer year is known, so only numbers of inhabitants are added."
        yield from _group("not known to the portal, left out", (f"{r.code} {r.name}" for r in plan.unknown))
    else:
        yield from _places(plan)
    before, after = plan.sums
    yield f"inhabitants: {before} → {after} ({after - before:+d})"
    yield f"numbers added: {len(plan.populations) - plan.corrected}, corrected: {plan.corrected}"
    changed = [jump for jump in plan.jumps if jump[1] != jump[2]]
    if changed and not plan.is_older:
        yield "biggest jumps:"
        for name, was, is_now in changed[:10]:
            yield f"  {name}: {was} → {is_now} ({100 * (is_now - was) / was:+.1f} %)"


def _group(title: str, lines: Iterable[str]) -> Iterator[str]:
    lines = list(lines)
    yield f"{title}: {len(lines)}"
    yield from _bounded(lines)


def _places(plan: Plan) -> Iterator[str]:
    yield from _group("new", (f"{row.code} {row.name} ({row.district})" for row in plan.new))
    gone = (f"{row['code']} {row['name']} ({row['district']}) on {row['on']}" for row in plan.gone)
    yield from _group("gone", gone)
    if plan.returned:
        yield from _group("back again", (f"{row['code']} {row['name']}" for row in plan.returned))
    yield from _group("renamed", (f"{code} {old} → {new}" for code, old, new in plan.renamed))
    yield from _group("moved", (f"{name}: {old} → {new}" for name, old, new in plan.moved))
    position = [pk for pk, differs in plan.places.items() if differs.keys() & {"latitude", "longitude"}]
    yield f"other position: {len(position)}"
    fates = (f"{change.on}: {change.before} {change.fate} {change.after}" for change in plan.changes)
    yield from _group("changes told", fates)
