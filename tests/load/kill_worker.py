"""Kills the worker at random moments while it sends, and counts what reached the mail server.

    python -m tests.load.kill_worker [mails] [kills]

The server is a real one (aiosmtpd) that takes some time for each message, as mail servers do; the
worker is a process of its own on a database file of its own, killed with SIGKILL and started anew.
"""

import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
# What a server needs to look at a message and put it on its disk.
SERVER_SECONDS = 0.04
LEASE_SECONDS = 2
READY = "ready"


class Handler:
    """Takes each message after a while, and remembers its Message-ID when it does."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take one message."""
        await asyncio.sleep(SERVER_SECONDS)
        head = envelope.content.decode().split("\r\n\r\n", 1)[0]
        self.taken[next(line for line in head.split("\r\n") if line.startswith("Message-ID:"))] += 1
        return "250 taken"


def run(mails: int, kills: int) -> dict[str, int]:
    """Send `mails` messages through a worker that is killed `kills` times; return what came of it."""
    from aiosmtpd.controller import Controller

    handler = Handler()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
                "LOCAL": "1",
                "VAR_DIR": folder,
                "MAIL_URL": f"smtp://127.0.0.1:{port}",
                "LOG_LEVEL": "ERROR",
                "DJANGO_SETTINGS_MODULE": "shsp.settings",
            }
            _do("fill", environment, str(mails))
            killed = sum(_kill_at_some_moment(environment, mails / max(kills, 1)) for _kill in range(kills))
            _do("finish", environment)
            left = json.loads(_do("states", environment))
    finally:
        controller.stop()
    return {
        "killed": killed,
        "sent": left.get("sent", 0),
        "unsent": sum(left.values()) - left.get("sent", 0),
        "arrived": len(handler.taken),
        "twice": sum(count - 1 for count in handler.taken.values()),
    }


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _do(part: str, environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "tests.load.kill_worker", part, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def _kill_at_some_moment(environment: dict[str, str], mails: float) -> bool:
    """Start a worker, let it send about as many messages, kill it; tell whether it still ran."""
    command = [sys.executable, "-m", "tests.load.kill_worker", "work"]
    worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    with worker:
        worker.stdout.readline()
        # Twice as long at most as so many messages take: on average it is half of that.
        time.sleep(random.uniform(0, 2 * mails * SERVER_SECONDS))
        runs = worker.poll() is None
        worker.kill()
    return runs


# Inside the processes ------------------------------------------------------------


def _fill(mails: int) -> None:
    from django.core.management import call_command

    from core.outbox import mail

    call_command("migrate", "core", verbosity=0)
    # Of a notice's mail its receiver is looked at before it goes out.
    call_command("migrate", "accounts", verbosity=0)
    call_command("migrate", "django_tasks_database", verbosity=0)
    for number in range(mails):
        mail.queue(
            "accounts/password_changed", to=f"{number}@example.org", context={"link": "x"}, language="cs"
        )


def _work(*, batch: bool) -> None:
    """Work as the Procfile has it; leases are short, so that the test need not wait minutes for them."""
    from datetime import timedelta

    from django.core.management import call_command

    from core.outbox import tasks

    tasks.LEASE = timedelta(seconds=LEASE_SECONDS)
    # The part of plan_tasks for which there are tables here.
    tasks.deliver_due.plan()
    print(READY, flush=True)  # noqa: T201
    call_command("db_worker", interval=0.05, startup_delay=False, batch=batch, verbosity=0)


def _finish() -> None:
    from core.outbox.mail import OutgoingMail

    until = time.monotonic() + 60
    while OutgoingMail.objects.unsent().exists() and time.monotonic() < until:
        _work(batch=True)
        time.sleep(0.1)


def _states() -> None:
    from django.db.models import Count

    from core.outbox.mail import OutgoingMail

    rows = OutgoingMail.objects.values_list("state").annotate(Count("pk")).order_by("state")
    print(json.dumps(dict(rows)))  # noqa: T201


if __name__ == "__main__":
    name, *numbers = sys.argv[1:] or ["500", "50"]
    if name.isdecimal():
        print(run(int(name), *map(int, numbers)))  # noqa: T201
    else:
        import django

        django.setup()
        parts = {
            "fill": lambda: _fill(int(numbers[0])),
            "work": lambda: _work(batch=False),
            "finish": _finish,
            "states": _states,
        }
        parts[name]()
