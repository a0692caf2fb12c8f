"""Headers of a mail: whom it names, however that is written."""

import pytest

from core.letters.headers import mailboxes_in
from core.letters.letter import read


@pytest.mark.parametrize(
    ("value", "name", "email"),
    [
        ("Jana <jana@example.org.>", "Jana", "jana@example.org"),
        ("jana@example.org.", "", "jana@example.org"),
        ("Jana Vzorova jana@example.org", "Jana Vzorova", "jana@example.org"),
        ("jana@example.org Jana Vzorova", "Jana Vzorova", "jana@example.org"),
        ("Jana [jana@example.org]", "Jana", "jana@example.org"),
        ("Jana [mailto:jana@example.org]", "Jana", "jana@example.org"),
        ('"Jana Vzorova" jana@example.org', "Jana Vzorova", "jana@example.org"),
        ("Jana <mailto:jana@example.org>", "Jana", "jana@example.org"),
        ("Jana <jana@example.org", "Jana", "jana@example.org"),
        ("Jana jana@example.org>", "Jana", "jana@example.org"),
        ("jana@example.org <>", "", "jana@example.org"),
        ("jana@example.org (Jana)", "Jana", "jana@example.org"),
        ("<Jana jana@example.org>", "Jana", "jana@example.org"),
        # Never a guess which of two, nor the name's where the address is broken.
        ("Dva jana@example.org petr@example.org <>", "Dva jana@example.org petr@example.org", ""),
        ("jana@example.org <nobody>", "jana@example.org", ""),
        ("jana@example.org <x@@evil.example>", "jana@example.org", ""),
    ],
)
def test_an_address_is_found_however_it_is_written(value, name, email):
    (box,) = mailboxes_in(value)
    assert (box.name, box.email) == (name, email)


@pytest.mark.parametrize(
    "value",
    ["<>, jana@example.org", "Nobody <>, Jana <jana@example.org>", "Vzorova, Jana <jana@example.org>"],
)
def test_where_the_first_address_is_empty_the_second_one_counts(value, settings):
    settings.MAIL_AUTHENTICATED_BY = "mx.example.org"
    proof = "Authentication-Results: mx.example.org; dmarc=pass header.from=example.org"
    letter = read(f"From: {value}\r\n{proof}\r\n\r\nDotaz".encode())
    assert (letter.sender.email, letter.authentication) == ("jana@example.org", "pass")


@pytest.mark.parametrize(
    "value", ["x@@evil.example, jana@example.org", "<x@evil..example>, <jana@example.org>"]
)
def test_a_broken_address_beside_a_good_one_is_believed_in_nothing(value, settings):
    settings.MAIL_AUTHENTICATED_BY = "mx.example.org"
    proof = "Authentication-Results: mx.example.org; dmarc=pass header.from=evil.example"
    assert read(f"From: {value}\r\n{proof}\r\n\r\nDotaz".encode()).authentication == "fail"


@pytest.mark.parametrize(
    ("told", "answered"),
    [
        ("kontakt@portal.example", "jana@example.org"),
        ("Kontakt <KONTAKT+12-abc@portal.example>", "jana@example.org"),
        ("portal@portal.example, petr@example.org", "petr@example.org"),
        ("petr@example.org", "petr@example.org"),
    ],
)
def test_our_own_address_in_reply_to_is_nobody(told, answered, settings):
    settings.MAIL_INBOX = "kontakt@portal.example"
    settings.DEFAULT_FROM_EMAIL = "Portál <portal@portal.example>"
    letter = read(f"From: jana@example.org\r\nReply-To: {told}\r\n\r\nDotaz".encode())
    assert letter.writer.email == answered


@pytest.mark.parametrize(
    "subject",
    ["Відповідь: Byt", "Ответ: Byt", "Odp: Byt", "Trả lời: Byt", "Preposlané: Byt", "Re: Odpověď: Byt"],
)
def test_a_subject_without_what_programs_write_before_it(subject):
    assert read(f"From: a@example.org\r\nSubject: {subject}\r\n\r\n".encode()).plain_subject == "Byt"
