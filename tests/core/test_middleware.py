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


@pytest.mark.parametrize("address", ["/cs/summaries/?q=a%00b", "/cs/requests/a%00b/", "/cs/?page=%00"])
def test_an_address_with_a_nul_is_refused(client, address):
    response = client.get(address)

    assert response.status_code == 400
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
