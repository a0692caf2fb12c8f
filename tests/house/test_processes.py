"""What is started by `make run` goes on when one of it is killed."""

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from tests.bench.web import wait_for
from tests.load.portal import FIRST, running


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def below(pid: int) -> dict[int, str]:
    """Return all processes below one, with their commands."""
    found = {}
    for child in children(pid):
        command = Path(f"/proc/{child}/cmdline").read_bytes().decode().replace("\0", " ")
        found |= {child: command, **below(child)}
    return found


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds; fail when it takes longer than anybody would wait."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("portal"))
    with running(folder, "web", "mail", DJANGO_SETTINGS_MODULE="tests.settings") as portal:
        yield portal


def test_a_killed_process_is_started_again_and_the_others_live_on(portal):
    port, honcho = portal
    answers: list[int] = []
    stop = threading.Event()
    visitors = [threading.Thread(target=visit, args=(port, stop, answers)) for _visitor in range(4)]
    for visitor in visitors:
        visitor.start()
    until(lambda: len(answers) > 50)
    reader = only(honcho.pid, "python manage.py fetch_mail")
    # The server's own process watches over one that answers.
    worker = max(pid for pid, command in below(honcho.pid).items() if "granian" in command)

    os.kill(worker, signal.SIGKILL)
    os.kill(reader, signal.SIGKILL)

    until(lambda: worker not in below(honcho.pid))
    wait_for(port, FIRST, honcho)
    count = len(answers)
    until(lambda: len(answers) > count + 50)
    stop.set()
    for visitor in visitors:
        visitor.join()
    until(lambda: only(honcho.pid, "python manage.py fetch_mail") not in (0, reader))
    assert honcho.poll() is None
    assert set(answers) == {200}


@pytest.mark.parametrize("megabytes", [3, 10, 60])
@pytest.mark.parametrize(
    ("cookie", "status", "words"),
    [("csrf=" + "a" * 32, 413, "Poslali jste toho příliš mnoho"), ("", 403, "Formulář")],
)
def test_a_form_too_large_gets_its_page_from_the_server_itself(portal, megabytes, cookie, status, words):
    port, _honcho = portal
    kind = "application/x-www-form-urlencoded"
    headers = {"Host": "localhost", "Cookie": cookie, "Content-Type": kind}
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("POST", "/cs/requests/new/", b"text=" + b"x" * megabytes * 1_000_000, headers)
        response = connection.getresponse()
        page = response.read().decode()
    assert (response.status, words in page) == (status, True)
    assert response.headers["X-Frame-Options"] == "DENY"


def only(pid: int, command: str) -> int:
    """Return the number of the one process below `pid` that runs a command, or 0."""
    return next((one for one, found in below(pid).items() if found.startswith(command)), 0)


def visit(port: int, stop: threading.Event, answers: list[int]) -> None:
    """Ask again and again, and note what was answered; while nobody listens, wait."""
    while not stop.is_set():
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
                connection.request("GET", FIRST, headers={"Host": "localhost"})
                answers.append(connection.getresponse().status)
        except (OSError, HTTPException):
            time.sleep(0.1)
