"""Log lines: one line each, and no secret of an address in them."""

import logging
import sys

import pytest

from core.middleware import OneLineFormatter


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("Not Found: /cs/requests/" + "aB3_-" * 9 + "/files/2/", "Not Found: /cs/requests/…/files/2/"),
        ("Forbidden: /en/accounts/invitation/" + "x" * 43 + "/", "Forbidden: /en/accounts/invitation/…/"),
        ("Not Found: /cs/desk/requests/SH-2026-000001/", "Not Found: /cs/desk/requests/SH-2026-000001/"),
        ("Not Found: /static/css/" + "a" * 50 + ".css", "Not Found: /static/css/" + "a" * 50 + ".css"),
        ("one\ntwo\x1b[31m", "one\\ntwo\\x1b[31m"),
    ],
)
def test_a_log_line_keeps_secrets_out_and_stays_one_line(message, line):
    record = logging.LogRecord("x", logging.INFO, "", 0, message, None, None)
    assert OneLineFormatter("{message}", style="{").format(record) == line


def test_a_traceback_cannot_forge_a_log_line():
    try:
        raise ValueError("visitor\n2026-11-25 10:00:00,000 INFO - portal forged\x1b[31m\u2028x")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "one\ntwo", None, sys.exc_info())
    first, *more = OneLineFormatter("{message}", style="{").format(record).splitlines()
    assert first == "one\\ntwo"
    assert [line for line in more if not line.startswith("  | ")] == []
    assert more[0] == "  | Traceback (most recent call last):"
    assert more[-2:] == [
        "  | ValueError: visitor",
        "  | 2026-11-25 10:00:00,000 INFO - portal forged\\x1b[31m\\u2028x",
    ]
