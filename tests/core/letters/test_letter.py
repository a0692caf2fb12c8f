"""Reading mail: what holds for any bytes, and the limits."""

import dataclasses
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core.letters.letter import Letter, Unreadable, read

PIECES = [
    b"From: ", b"Subject: ", b"To: ", b"Date: ", b"References: ", b"Content-Type: ", b"multipart/mixed",
    b"multipart/alternative; boundary=x", b"multipart/report; report-type=delivery-status; boundary=x",
    b"text/plain; charset=", b"text/html; charset=", b"windows-1250", b"utf-7", b"rot13", b"\r\n",
    b"\r\n\r\n",
    b"--x\r\n", b"--x--\r\n", b"Content-Transfer-Encoding: base64\r\n", b"=?utf-8?B?", b"=?utf-8?Q?=C5?=",
    b"Content-Transfer-Encoding: x-uuencode\r\n", b"begin 644 a\r\n", b"message/rfc822",
    b"message/delivery-status", b"text/calendar", b"; filename*=utf-8''%C5%99",
    b'; filename*0="a"; filename*1*=',
    b'; name="x', b"<", b">", b'"', b"(", b",", b":", b"@", b"\x00", b"\xff", b"\xe8", b"\xed\xa0\x80",
    b"Action: failed\r\n", b"Status: 5.1.1\r\n", b"Final-Recipient: rfc822;a@example.org\r\n",
    b"<blockquote>",
    b"<a href=http://x>", b"<!--", b"> a\r\n", b"Od: a@example.org\r\nKomu: b\r\nDatum: c\r\n",
    b"; format=flowed", b"\xe2\x80\xae",
    b"Content-Transfer-Encoding: base64 (x)\r\n", b"\xef\xbb\xbf", b"\x78\x9f\x3e\x22\x01\x00", b"\xff\xfe",
    b"; name=a.eml", b"no header\r\n", b"METHOD:REPLY\r\n", b"; charset=x-mac-ce", b"-- \r\n", b"napsal:\r\n",
]  # fmt: skip


def words_of(letter: Letter) -> list[str]:
    """Return every text in a letter."""
    boxes = [letter.sender, *letter.to, *letter.cc, letter.reply_to, letter.forwarded_from]
    texts = [value for value in dataclasses.astuple(letter) if isinstance(value, str)]
    texts += [text for box in boxes if box for text in (box.name, box.email)]
    return texts + [part.name for part in letter.files] + [*letter.references, *letter.delivered_to]


def check(raw: bytes) -> None:
    try:
        letter = read(raw)
    except Unreadable:
        return
    for text in words_of(letter):
        assert {unicodedata.category(c) for c in text if c not in "\n\t\u200c\u200d"} & {"Cc", "Cs"} == set()
        assert "\u202e" not in text
    assert len(letter.subject) <= 160
    assert len(letter.sender.name) <= 120
    assert len(letter.message_id) <= 250
    assert len(letter.text) <= 100_000


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_letter_or_unreadable(raw):
    check(raw)


@hypothesis_settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_pieces_of_mail_are_a_letter_or_unreadable(pieces):
    check(b"From: a@example.org\r\n" + b"".join(pieces))


@pytest.mark.parametrize(
    "raw", [b"", b"\r\n\r\n", b"\x00" * 100, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"a word"]
)
def test_what_is_no_mail_is_unreadable(raw):
    with pytest.raises(Unreadable):
        read(raw)


def test_more_bytes_than_are_taken_are_unreadable(settings: Any):
    settings.MAIL_MAX_BYTES = 100
    assert read(b"From: a@example.org\r\n\r\n" + b"x" * 70).text == "x" * 70
    with pytest.raises(Unreadable):
        read(b"From: a@example.org\r\n\r\n" + b"x" * 100)


def test_nesting_beyond_all_reason_is_unreadable():
    raw = b"From: a@example.org\r\n"
    raw += b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)
    )
    with pytest.raises(Unreadable):
        read(raw + b"\r\nhere\r\n")


def test_more_parts_than_anybody_sends_are_unreadable():
    raw = b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    with pytest.raises(Unreadable):
        read(raw + b"--b\r\n\r\nx\r\n" * 1001)


def test_a_made_message_id_is_the_same_for_the_same_bytes_only():
    first, again = (read(b"From: a@example.org\r\n\r\nwords").message_id for _time in range(2))
    assert first == again
    assert first != read(b"From: a@example.org\r\n\r\nother words").message_id
    assert first.startswith("<")


def test_a_message_id_beyond_the_column_is_replaced_by_a_shorter_one_of_its_own():
    long = b"Message-ID: <" + b"x" * 300 + b"@example.org>\r\n"
    first = read(b"From: a@example.org\r\n" + long + b"\r\nwords").message_id
    assert first == read(b"From: b@example.org\r\n" + long + b"\r\nother").message_id
    assert len(first) <= 250


def test_references_are_the_newest_first_without_repeats():
    raw = b"From: a@example.org\r\nIn-Reply-To: <3@x>\r\nReferences: <1@x> <2@x>\r\n <3@x>\r\n\r\n"
    assert read(raw).references == ("<3@x>", "<2@x>", "<1@x>")


def test_a_long_text_goes_on_in_what_is_folded_away():
    letter = read(b"From: a@example.org\r\n\r\n" + b"slovo \r\n" * 20_000)
    assert letter.text.startswith("slovo")
    assert letter.quoted.endswith("slovo")
    assert len(letter.text) <= 100_000


def test_the_writer_is_whom_one_may_answer():
    raw = b"From: form@example.org\r\nReply-To: Jana <jana@example.com>\r\n\r\n"
    assert read(raw).writer.email == "jana@example.com"
    assert read(b"From: a@example.org\r\nReply-To: a@example.org\r\n\r\n").reply_to is None
    assert read(b"From: a@example.org\r\nReply-To: nonsense\r\n\r\n").writer.email == "a@example.org"
