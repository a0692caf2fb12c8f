"""Log lines: one line each, and no secret of an address in them."""

import logging

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
