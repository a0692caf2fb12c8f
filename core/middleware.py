"""What every request and every answer gets, whatever the subject."""

import logging
import re
import secrets
from collections.abc import Callable
from contextlib import ExitStack
from contextvars import ContextVar
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

GetResponse = Callable[[HttpRequest], HttpResponse]


class NamedRequest(HttpRequest):
    """A request that has its name."""

    request_id: str


ALLOWED_METHODS = ("GET", "HEAD", "OPTIONS", "POST")

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    # Bootstrap draws its check marks and arrows from data addresses.
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}

# A part of an address that is long enough to be a secret: a private link, an invitation.
SECRET_IN_ADDRESS = re.compile(r"/[A-Za-z0-9_-]{40,}(?![A-Za-z0-9_.-])")

request_id_now: ContextVar[str] = ContextVar("request_id", default="-")


def headers(get_response: GetResponse) -> GetResponse:
    """Outermost: put the safety headers on every answer, errors and files included.

    What a view has set itself stays: the sandbox of a file, the rule of a page behind a private link.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def request_id(get_response: GetResponse) -> Callable[[NamedRequest], HttpResponse]:
    """Give each request a short random name that log lines and error pages carry."""

    def middleware(request: NamedRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(6)
        token = request_id_now.set(request.request_id)
        try:
            response = get_response(request)
        finally:
            request_id_now.reset(token)
        response.headers["X-Request-ID"] = request.request_id
        return response

    return middleware


def allowed_methods(get_response: GetResponse) -> GetResponse:
    """Refuse TRACE and every verb that no page uses; Django's plain views answer them all."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in ALLOWED_METHODS:
            return HttpResponseNotAllowed(ALLOWED_METHODS)
        return get_response(request)

    return middleware


class RequestIdFilter(logging.Filter):
    """Put the request's name on every log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id_now.get()
        return True


class OneLineFormatter(logging.Formatter):
    """Keep what visitors send from breaking a log line or colouring a terminal, and secrets out of both."""

    def format(self, record: logging.LogRecord) -> str:
        return SECRET_IN_ADDRESS.sub("/…", super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        return _printable(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """Return a traceback, which may quote a visitor, as lines that are none of the log's own."""
        return "\n".join(f"  | {_printable(line)}" for line in super().formatException(ei).split("\n"))


def _printable(line: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


# A GET never writes.
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.IGNORECASE)
# The session is the visitor's own state, not the portal's data.
SESSION = re.compile(r"\bdjango_session\b")


class WroteWhileReading(RuntimeError):
    """A page that should only read tried to change data."""


def refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Database wrapper: pass reads on, raise WroteWhileReading for anything else."""
    if WRITES.match(sql) and not SESSION.search(sql):
        raise WroteWhileReading(sql.split("(")[0][:80])
    return execute(sql, params, many, context)


def guard_reads(get_response: GetResponse) -> GetResponse:
    """Innermost: run views of GET, HEAD and OPTIONS under refuse_writes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return get_response(request)
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(refuse_writes))
            return get_response(request)

    return middleware
