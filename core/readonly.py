"""A GET never writes: a guard around every view that only reads."""

import re
from collections.abc import Callable
from contextlib import ExitStack

from django.db import connections
from django.http import HttpRequest, HttpResponse

WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.IGNORECASE)
# The session is the visitor's own state, not the portal's data.
SESSION = re.compile(r"\bdjango_session\b")


class WroteWhileReading(RuntimeError):
    """A page that should only read tried to change data."""


def refuse_writes(execute, sql, params, many, context):
    """Database wrapper: pass reads on, raise WroteWhileReading for anything else."""
    if WRITES.match(sql) and not SESSION.search(sql):
        raise WroteWhileReading(sql.split("(")[0][:80])
    return execute(sql, params, many, context)


def guard(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Innermost: run views of GET, HEAD and OPTIONS under refuse_writes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return get_response(request)
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(refuse_writes))
            return get_response(request)

    return middleware
