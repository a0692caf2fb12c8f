"""Visitors who send the public form at the same time, on SQLite, with the worker delivering beside them.

python -m tests.load.visitors [visitors] [seconds] prints how many were received, how many got another
answer, and how long they waited in milliseconds.
"""

import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from tests.bench.web import Visitor
from tests.load.portal import ROOT, local, running

UNBOUNDED = {"ASK_PER_HOUR": "1000000", "ASK_MIN_SECONDS": "0"}


def send(port: int, number: int, until: float) -> tuple[list[float], list[str]]:
    """Send one form after the other; return how many seconds each took, and what was answered instead."""
    waits, others, turn = [], [], number * 100_000
    visitor = Visitor(port, 0, 0)
    while time.monotonic() < until:
        turn += 1
        try:
            waits.append(visitor.ask(turn))
        except RuntimeError as other:
            others.append(str(other))
    return waits, others


def run(visitors: int, seconds: float) -> dict[str, object]:
    """Let so many visitors send for so long; return what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        for command in ("migrate", "collectstatic"):
            manage = [sys.executable, "manage.py", command, "--noinput", "--verbosity", "0"]
            subprocess.run(manage, cwd=ROOT, env=local(folder), check=True)
        with (
            running(folder, "web", "worker", **UNBOUNDED) as (port, _honcho),
            ThreadPoolExecutor(visitors) as pool,
        ):
            until = time.monotonic() + seconds
            found = [pool.submit(send, port, number, until) for number in range(visitors)]
            results = [one.result() for one in found]
    others = [other for _sent, answers in results for other in answers]
    waits = sorted(wait * 1000 for sent, _others in results for wait in sent)
    if not waits:
        raise RuntimeError(f"nothing was received: {others[:3]}")
    at = {name: round(waits[int(len(waits) * share)]) for name, share in (("p50", 0.5), ("p99", 0.99))}
    return {"received": len(waits), "others": others, **at, "longest": round(waits[-1])}


if __name__ == "__main__":
    print(run(*map(int, sys.argv[1:] or ["8", "60"])))  # noqa: T201
