"""Servers in processes of their own, and a visitor who measures them."""

import os
import re
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, urlencode

ASK = "/cs/requests/new/"
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|idempotency_key)"[^>]*value="([^"]+)"')
RELAY_SECONDS = 0.2


class Visitor:
    """One browser on one server, over one connection that stays open."""

    def __init__(self, port: int, pid: int, started_in: float, cookie: str = "") -> None:
        self.port, self.started_in = port, started_in
        self._pid, self._cookie = pid, cookie
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, address: str) -> float:
        """Fetch a page, public ones without a login; return how many seconds it took."""
        return self._send("GET", address, None, self._cookie if "/desk/" in address else "")[0]

    def ask(self, number: int) -> float:
        """Send the public form, and return how many seconds it took."""
        _seconds, page, cookies = self._send("GET", ASK, None, "")
        fields = {
            **dict(HIDDEN.findall(page)),
            "requester_kind": "person",
            "email": f"tazatel{number}@demo.example",
            "subject": "[Ukázka] Jak požádat o byt",
            "offers_seen": "1",
            "text": "Prosím o radu, kde a jak mohu požádat o sociální byt.",
            "website": "",
        }
        return self._send("POST", ASK, urlencode(fields), cookies, expected=302)[0]

    def memory(self) -> float:
        """Return the memory of the server's worker in MB."""
        children = Path(f"/proc/{self._pid}/task/{self._pid}/children").read_text().split()
        statuses = (Path(f"/proc/{pid}/status").read_text() for pid in [self._pid, *children])
        return max(int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) for status in statuses) / 1000

    def _send(
        self, method: str, address: str, body: str | None, cookies: str, expected: int = 200
    ) -> tuple[float, str, str]:
        headers = {"Host": "localhost", "Cookie": cookies}
        if body:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://localhost"}
        started = time.perf_counter()
        self._connection.request(method, quote(address, safe="/?&=%"), body, headers)
        response = self._connection.getresponse()
        page = response.read().decode()
        seconds = time.perf_counter() - started
        if response.status != expected:
            raise RuntimeError(f"{method} {address} answered {response.status}")
        given = [value.split(";")[0] for name, value in response.getheaders() if name.lower() == "set-cookie"]
        return seconds, page, "; ".join(given)


@contextmanager
def serve(
    application: str, environment: dict[str, str], cookie: str = "", first: str = "/"
) -> Iterator[Visitor]:
    """Run a server of one worker, and give a visitor once it answers `first`; stop it at the end."""
    port = free_port()
    granian = str(Path(sys.executable).parent / "granian")
    command = [
        granian,
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--workers",
        "1",
        "--no-access-log",
        application,
    ]
    started = time.monotonic()
    environment = {**os.environ, **environment}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, first, process)
        yield Visitor(port, process.pid, time.monotonic() - started, cookie)
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, first: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers `first`; raises RuntimeError when it ends or takes too long."""
    for _try in range(1200):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
                connection.request("GET", first, headers={"Host": "localhost"})
                connection.getresponse().read()
        except (OSError, HTTPException):
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server does not answer")


@contextmanager
def slow_relay() -> Iterator[str]:
    """Run a mail relay that takes its time over every line, and give its address for MAIL_URL."""

    class Line(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 relay")
            in_text = False
            for line in self.rfile:
                word = line.strip().upper()
                if in_text and word != b".":
                    continue
                in_text = word == b"DATA"
                self._say("354 go on" if in_text else "221 bye" if word == b"QUIT" else "250 done")

        def _say(self, line: str) -> None:
            time.sleep(RELAY_SECONDS)
            self.wfile.write(f"{line}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
