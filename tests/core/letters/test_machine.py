"""Which mail a machine wrote, and which a person did whose server adds headers."""

import pytest

from core.letters.letter import read


def with_headers(*headers: str) -> bytes:
    return "\r\n".join(["From: a@example.org", "Subject: Dotaz", *headers, "", "Prosím o radu."]).encode()


@pytest.mark.parametrize(
    ("headers", "is_answered"),
    [
        (["X-Auto-Response-Suppress: All"], False),
        (["X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply"], False),
        (["X-Auto-Response-Suppress: DR, OOF"], True),
        (["X-Auto-Response-Suppress: None"], True),
        (["Precedence: list"], False),
        (["List-Unsubscribe: <mailto:odhlasit@example.org>"], False),
        (["List-Id: <urad.example.org>", "List-Post: <mailto:urad@example.org>", "Precedence: list"], False),
        (["Auto-Submitted: no"], True),
        ([], True),
    ],
)
def test_a_person_stays_one_and_may_be_sent_nothing_automatic(headers, is_answered):
    letter = read(with_headers(*headers))
    assert (letter.automatic, letter.takes_automatic_mail) == ("", is_answered)


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("Auto-Submitted: auto-generated", "auto-submitted"),
        ("Return-Path: <>", "null-sender"),
        ("Precedence: bulk", "precedence"),
        ("Precedence: junk", "precedence"),
        ("X-Autoreply: yes", "autoreply"),
        ("Subject: Automatická odpoveď: Byt", "out-of-office"),
        ("Subject: Автоматична відповідь: Byt", "out-of-office"),
        ("Subject: Автоматический ответ: Byt", "out-of-office"),
        ("Subject: Automatyczna odpowiedź: Byt", "out-of-office"),
        ("Subject: Trả lời tự động: Byt", "out-of-office"),
    ],
)
def test_what_says_that_it_is_a_machines_is(header, why):
    raw = f"From: a@example.org\r\n{header}\r\nList-Id: <x.example.org>\r\n\r\nText".encode()
    assert read(raw).automatic == why


CALENDAR = """From: jan@example.org
Subject: Schůzka
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8

Přijdu.
--x
Content-Type: {kind}

BEGIN:VCALENDAR
METHOD:{method}
END:VCALENDAR
--x--
"""


@pytest.mark.parametrize(
    ("kind", "method", "automatic", "files"),
    [
        ("text/calendar; method=REPLY", "REPLY", "calendar", []),
        ("text/calendar", "REPLY", "calendar", []),
        ("text/calendar", "Counter", "calendar", []),
        ("application/ics; name=invite.ics", "REPLY", "calendar", []),
        ("text/calendar; method=REQUEST", "REQUEST", "", ["invitation.ics"]),
        ("text/calendar; method=CANCEL", "CANCEL", "", ["invitation.ics"]),
    ],
)
def test_an_answer_to_an_invitation_is_a_calendars(kind, method, automatic, files):
    letter = read(CALENDAR.format(kind=kind, method=method).encode())
    assert (letter.automatic, letter.text) == (automatic, "Přijdu.")
    assert [part.name for part in letter.files] == files
