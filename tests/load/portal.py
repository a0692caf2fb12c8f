"""The portal's processes as `make run` has them, on a database and a port of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.web import free_port, wait_for

ROOT = Path(__file__).resolve().parent.parent.parent
FIRST = "/healthz"


@contextmanager
def running(folder: str, *processes: str, **settings: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Start processes of the Procfile with their data in `folder`; give the web's port and their honcho."""
    environment = local(folder, **settings)
    command = [str(Path(sys.executable).parent / "honcho"), "start", *processes]
    honcho = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )
    try:
        wait_for(int(environment["PORT"]), FIRST, honcho)
        yield int(environment["PORT"]), honcho
    finally:
        honcho.terminate()
        honcho.wait(timeout=60)


def local(folder: str, **settings: str) -> dict[str, str]:
    """Return the environment of a portal in local mode whose data lies in `folder`."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {"LOCAL": "1", "VAR_DIR": folder, "PORT": str(free_port()), "LOG_LEVEL": "ERROR"}
    path = f"{Path(sys.executable).parent}{os.pathsep}{inherited['PATH']}"
    return {**inherited, "PATH": path, "DJANGO_SETTINGS_MODULE": "shsp.settings", **own, **settings}
