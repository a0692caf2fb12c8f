"""One run on one database: fill it in each size, serve all sizes at once, visit them in turn."""

import json
import os
import statistics
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.bench import web
from tests.bench.databases import KINDS
from tests.bench.goals import Run

PORTAL, BARE = "shsp.wsgi:application", "tests.bench.bare:application"
FIRST_PAGE = "/cs/about/"


def measure(database: str, sizes: list[int], rounds: int, folder: Path) -> Run:
    """Return what was measured on one kind of database; its files stand in `folder` meanwhile."""
    with KINDS[database](folder, sizes) as addresses, ExitStack() as stack:
        _run(["manage.py", "collectstatic", "--noinput", "-v0"], _environment(addresses[max(sizes)], folder))
        facts = {size: _prepare(size, addresses[size], folder) for size in sizes}
        visitors = {
            size: stack.enter_context(
                web.serve(
                    PORTAL, _environment(addresses[size], folder), f"sid={facts[size]['cookie']}", FIRST_PAGE
                )
            )
            for size in sizes
        }
        bare = stack.enter_context(web.serve(BARE, _environment(addresses[max(sizes)], folder)))
        times = _visit_pages(visitors, facts, bare, rounds)
        times |= _send_forms(addresses[max(sizes)], max(sizes), rounds, folder)
        portal = visitors[max(sizes)]
        return Run(
            database,
            sizes,
            times,
            queries=_column(facts, "queries"),
            bytes=_column(facts, "size"),
            memory={"portal": portal.memory(), "bare": bare.memory()},
            start={"portal": portal.started_in, "bare": bare.started_in},
        )


def _environment(address: str, folder: Path) -> dict[str, str]:
    return {
        "LOCAL": "1",
        "DATABASE_URL": address,
        "VAR_DIR": str(folder),
        "MAIL_URL": "",
        "ASK_MIN_SECONDS": "0",
        "ASK_PER_HOUR": "1000000",
        "RECEIPTS_PER_HOUR": "1000000",
    }


def _prepare(size: int, address: str, folder: Path) -> dict[str, Any]:
    facts = folder / f"facts-{size}.json"
    _run(["-m", "tests.bench", "--prepare", str(size), "--facts", str(facts)], _environment(address, folder))
    return json.loads(facts.read_text())


def _run(arguments: list[str], environment: dict[str, str]) -> None:
    command = [sys.executable, *arguments]
    environment = {**os.environ, **environment}
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL, check=True)


def _visit_pages(
    visitors: dict[int, web.Visitor], facts: dict[int, Any], bare: web.Visitor, rounds: int
) -> dict[tuple[str, int], float]:
    """Visit all in turn, so that whatever else the machine does falls on all alike."""
    large = max(visitors)
    visits = {
        (name, size): (visitor, facts[size]["pages"][name]["address"])
        for name in facts[large]["pages"]
        for size, visitor in visitors.items()
    }
    visits |= {("bare view", large): (bare, "/"), ("plain list", large): (bare, "/list")}
    taken: dict[tuple[str, int], list[float]] = {what: [] for what in visits}
    for _round in range(rounds):
        for what, (visitor, address) in visits.items():
            taken[what].append(visitor.get(address))
    return _medians(taken)


def _send_forms(address: str, size: int, rounds: int, folder: Path) -> dict[tuple[str, int], float]:
    environment = _environment(address, folder)
    with (
        web.slow_relay() as relay,
        web.serve(PORTAL, environment, first=FIRST_PAGE) as quick,
        web.serve(PORTAL, {**environment, "MAIL_URL": relay}, first=FIRST_PAGE) as slow,
    ):
        senders = {("form", size): quick, ("form, slow relay", size): slow}
        taken: dict[tuple[str, int], list[float]] = {what: [] for what in senders}
        for number in range(rounds):
            for what, visitor in senders.items():
                taken[what].append(visitor.ask(number))
    return _medians(taken)


def _medians(taken: dict[tuple[str, int], list[float]]) -> dict[tuple[str, int], float]:
    return {what: statistics.median(seconds) * 1000 for what, seconds in taken.items()}


def _column(facts: dict[int, Any], name: str) -> dict[tuple[str, int], int]:
    return {(page, size): row[name] for size in facts for page, row in facts[size]["pages"].items()}
