"""A report goes out to every municipality: how long queueing takes, in how much memory, what kills leave.

    python -m tests.load.deliveries [followers] [kills]

All follow all themes, each for a municipality of its own; sixteen of them were invited and did not go. First
the queueing is measured, with a tenth of them and with all. Then the same is done by a worker that is killed
with SIGKILL while it queues and while it sends, to a real mail server (aiosmtpd) that takes a little time.
"""

import asyncio
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.load.kill_worker import READY, free_port

ROOT = Path(__file__).resolve().parent.parent.parent
SERVER_SECONDS = 0.002
LEASE_SECONDS = 2
# A worker lives so many seconds at most.
LONGEST_RUN = 8
ABSENT = 16


class Handler:
    """Takes each message after a moment, and remembers to whom it went, and its Message-ID."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.to: Counter[str] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take one message."""
        await asyncio.sleep(SERVER_SECONDS)
        head = envelope.content.decode().split("\r\n\r\n", 1)[0]
        name = next(line for line in head.split("\r\n") if line.startswith("Message-ID:"))
        if not self.taken[name]:
            self.to[envelope.rcpt_tos[0]] += 1
        self.taken[name] += 1
        return "250 taken"


def run(followers: int, kills: int) -> None:
    """Measure, then kill; print what came of both."""
    with tempfile.TemporaryDirectory() as folder:
        base = f"{folder}/base"
        Path(base).mkdir()
        _do("prepare", local(base))
        for count in (followers // 10, followers):
            environment = local(shutil.copytree(base, f"{folder}/{count}"))
            _do("fill", environment, str(count))
            say(followers=count, **json.loads(_do("queue", environment)))
        say(**_killed(shutil.copytree(base, f"{folder}/killed"), followers, kills))


def _killed(folder: str, followers: int, kills: int) -> dict[str, Any]:
    from aiosmtpd.controller import Controller

    handler, port = Handler(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        environment = local(folder, f"smtp://127.0.0.1:{port}")
        _do("fill", environment, str(followers))
        killed = sum(_kill(environment) for _kill_ in range(kills))
        _do("finish", environment)
        left = json.loads(_do("states", environment))
    finally:
        controller.stop()
    return {
        "killed": killed,
        **left,
        "arrived": len(handler.taken),
        "addresses": len(handler.to),
        "addresses with two messages": sum(count > 1 for count in handler.to.values()),
        "same message handed over twice": sum(count - 1 for count in handler.taken.values()),
    }


def local(folder: str, mail_url: str = "smtp://127.0.0.1:1") -> dict[str, str]:
    """Return the environment of a portal whose data lies in `folder`."""
    own = {"LOCAL": "1", "VAR_DIR": folder, "MAIL_URL": mail_url, "LOG_LEVEL": "ERROR"}
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**inherited, **own, "DJANGO_SETTINGS_MODULE": "shsp.settings"}


def say(**figures: Any) -> None:
    """Print some figures."""
    print(json.dumps(figures), flush=True)  # noqa: T201


def _do(part: str, environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "tests.load.deliveries", part, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def _kill(environment: dict[str, str]) -> bool:
    """Start a worker, kill it at some moment while it queues or sends; tell whether it still ran."""
    command = [sys.executable, "-m", "tests.load.deliveries", "work"]
    worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    with worker:
        worker.stdout.readline()
        time.sleep(random.uniform(0, LONGEST_RUN))
        runs = worker.poll() is None
        worker.kill()
    return runs


# Inside the processes ------------------------------------------------------------


def _prepare() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _fill(followers: int) -> None:
    from django.utils import timezone

    from municipalities.models import Municipality
    from tests.factories.accounts import UserFactory
    from tests.factories.municipalities import RegionFactory
    from tests.factories.reports import ReportEditionFactory
    from visits.deliveries.actions.publishing import deliver
    from visits.models import Subscription, VisitInvitation

    edition, by, region = ReportEditionFactory(published=True), UserFactory(official=True), RegionFactory()
    places = [
        Municipality(
            code=f"{number:06}", lau2_code=f"{number:06}", slug=f"obec-{number}", name=f"Obec {number}",
            search_name=f"obec {number}", district="Přerov", district_code="CZ0714", region=region,
            source="CZSO", office_email=f"urad-{number}@example.org",
        )
        for number in range(followers)
    ]  # fmt: skip
    Municipality.objects.bulk_create(places, batch_size=500)
    rows = [
        Subscription(municipality=place, asked_by=by, email=by.email, confirmed_at=timezone.now())
        for place in places
    ]
    for row in rows:
        row.give_link()
    Subscription.objects.bulk_create(rows, batch_size=500)
    VisitInvitation.objects.bulk_create(
        VisitInvitation(visit=edition.document.visit, municipality=place, invited_by=by)
        for place in places[:ABSENT]
    )
    deliver(edition)


def _queue() -> None:
    from visits.deliveries.tasks import queue_reports
    from visits.models import Delivery

    Delivery.objects.count()
    before, began, cpu = _memory(), time.perf_counter(), time.process_time()
    queue_reports.func()
    took = {
        "seconds": round(time.perf_counter() - began, 1),
        "of_processor": round(time.process_time() - cpu, 1),
    }
    say(deliveries=Delivery.objects.count(), **took, mb_before=before, mb_most=_memory())


def _memory() -> float:
    """Return the most memory that this process has ever had, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def _work(*, batch: bool) -> None:
    """Work as the Procfile has it; leases are short, so that nobody need wait minutes for them."""
    from datetime import timedelta

    from django.core.management import call_command

    from core.outbox import tasks
    from core.schedule import plan_all

    tasks.LEASE = timedelta(seconds=LEASE_SECONDS)
    plan_all()
    print(READY, flush=True)  # noqa: T201
    call_command("db_worker", interval=0.05, startup_delay=False, batch=batch, verbosity=0)


def _finish() -> None:
    from core.outbox.mail import OutgoingMail
    from visits.models import Dispatch

    until = time.monotonic() + 900
    while time.monotonic() < until:
        _work(batch=True)
        if not (Dispatch.objects.filter(done_at=None).exists() or OutgoingMail.objects.unsent().exists()):
            return
        time.sleep(0.1)


def _states() -> None:
    from django.db.models import Count

    from core.outbox.mail import OutgoingMail
    from visits.models import Delivery

    mails = dict(OutgoingMail.objects.order_by("state").values_list("state").annotate(Count("pk")))
    states = dict(Delivery.objects.order_by("state").values_list("state").annotate(Count("pk")))
    say(mails=mails, deliveries=states)


if __name__ == "__main__":
    name, *numbers = sys.argv[1:] or ["6258", "20"]
    if name.isdecimal():
        run(int(name), int(numbers[0]) if numbers else 20)
    else:
        import django

        django.setup()
        parts = {
            "prepare": _prepare,
            "fill": lambda: _fill(int(numbers[0])),
            "queue": _queue,
            "work": lambda: _work(batch=False),
            "finish": _finish,
            "states": _states,
        }
        parts[name]()
