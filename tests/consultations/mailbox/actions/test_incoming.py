"""Mail that comes in: stored whole, placed once, and never lost."""

import re
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError

from consultations.choices import Channel, Direction, Receipt, State
from consultations.mailbox.actions import incoming
from consultations.mailbox.actions.incoming import place, place_waiting, store
from consultations.models import CameBy, Contact, IncomingMail, MailState, SupportRequest
from consultations.requests.emails import RECEIPT
from core.files import attachments
from core.outbox import dead_addresses, tokens
from core.outbox.mail import OutgoingMail
from tests import mails
from tests.mails import World, build_world

pytestmark = pytest.mark.django_db

ROWS = mails.rows()
ENDS = {
    "join": MailState.PLACED,
    "new": MailState.PLACED,
    "hold": MailState.HELD,
    "machine": MailState.MACHINE,
    "bounce": MailState.BOUNCE,
    "own": MailState.OWN,
    "spam": MailState.SPAM,
    "unreadable": MailState.FAILED,
}


@pytest.fixture
def world(settings) -> World:
    for name, value in mails.SETTINGS.items():
        setattr(settings, name, value)
    return build_world()


def come(raw: bytes, came_by: str = CameBy.IMAP) -> IncomingMail:
    """Let a message come in, and return what became of it."""
    mail = store(raw, came_by=came_by)
    if mail.state == MailState.RECEIVED:
        place(mail)
    mail.refresh_from_db()
    return mail


def letter(text: str = "Prosím o radu.", **headers: str) -> bytes:
    """Return a simple message; headers by their names with "_" for "-"."""
    told = {"from": "nova@example.org", "to": "centrum@centrum.example.org", "subject": "Dotaz"}
    told |= {"message_id": f"<{abs(hash((text, *headers.items())))}@example.org>"} | headers
    lines = [f"{name.replace('_', '-').title()}: {value}" for name, value in told.items()]
    return "\r\n".join([*lines, "Content-Type: text/plain; charset=utf-8", "", text, ""]).encode()


def reply_to_jana(world: World, text: str = "Posílám potvrzení.", **headers: str) -> bytes:
    request = world.requests["jana"]
    address = tokens.reply_address(request.pk, request.requester.email)
    return letter(text, **{"from": "jana@example.com", "to": address, **headers})


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_each_mail_of_the_set_ends_where_it_should(row, world, settings):
    for name, value in row.get("settings", {}).items():
        setattr(settings, name, value)
    end = world.fill_in(row["end"])
    requests, contacts = SupportRequest.objects.count(), Contact.objects.count()

    mail = come(mails.load(row["file"], world))

    assert mail.state == ENDS[end["verdict"]]
    if mail.state == MailState.FAILED:
        assert mail.last_error != ""
    else:
        assert mail.why == end.get("why", mail.why)
    made = {"new": 1}.get(end["verdict"], 0)
    assert SupportRequest.objects.count() == requests + made
    if end["verdict"] == "join":
        _joined(mail, end, world)
    elif end["verdict"] == "new":
        assert mail.request.channel == Channel.EMAIL
        assert mail.request.municipality is None
    elif end["verdict"] != "machine":
        assert Contact.objects.count() == contacts
    if "kept" in row:
        assert {"requester": mail.contact.person.email, **kept(mail)} == {
            "requester": mail.contact.person.email,
            **row["kept"],
        }


def kept(mail: IncomingMail) -> dict:
    """Return the words of a message on its request, and the files that were taken."""
    files = mail.contact.files.order_by("pk")
    return {"text": mail.contact.text, "files": [file.attachment.name for file in files]}


def _joined(mail: IncomingMail, end: dict, world: World) -> None:
    named = world.requests[end["request"]]
    contact = mail.contact
    assert named.pk in (contact.request_id, contact.came_to_id)
    assert (contact.direction, contact.channel) == (Direction.INBOUND, Channel.EMAIL)
    if "person" in end:
        assert contact.person.email == end["person"]


# Stored ---------------------------------------------------------------------------


def test_the_bytes_are_kept_as_they_came_and_readable_for_us_alone(world):
    raw = letter()

    mail = store(raw, came_by=CameBy.PIPE)

    assert (mail.state, mail.size, mail.sender) == (MailState.RECEIVED, len(raw), "")
    assert attachments.read_raw(mail.key) == raw
    assert oct(Path(default_storage.path(mail.key)).stat().st_mode & 0o777) == "0o600"


def test_the_same_bytes_are_one_message(world):
    assert store(letter(), came_by=CameBy.IMAP).pk == store(letter(), came_by=CameBy.PIPE).pk
    assert IncomingMail.objects.count() == 1


def test_a_message_that_is_too_large_is_put_aside_with_its_bytes(world, settings):
    settings.MAIL_MAX_BYTES = 100
    raw = letter("x" * 200)

    mail = come(raw)

    assert (mail.state, mail.last_error) == (MailState.FAILED, "too-large")
    assert attachments.read_raw(mail.key) == raw
    assert not SupportRequest.objects.filter(channel=Channel.EMAIL).exists()


# Placed once ------------------------------------------------------------------------


def test_the_same_message_in_another_envelope_makes_nothing_twice(world):
    raw = letter()
    first = come(raw)
    second = come(b"Received: from elsewhere by us; Mon, 23 Nov 2026 10:00:00 +0100\r\n" + raw)

    assert (first.state, second.state) == (MailState.PLACED, MailState.DUPLICATE)
    assert SupportRequest.objects.filter(channel=Channel.EMAIL).count() == 1


def test_a_message_without_an_id_makes_nothing_twice_either(world):
    raw = re.sub(rb"Message-Id: .*\r\n", b"", letter())
    come(raw)

    assert come(b"Received: from elsewhere\r\n" + raw).state == MailState.DUPLICATE


def test_two_scans_of_one_device_are_both_kept(world):
    first, second = come(mails.load("scan-1", world)), come(mails.load("scan-2", world))

    assert (first.state, second.state) == (MailState.PLACED, MailState.PLACED)
    assert first.request != second.request
    keys = [mail.contact.files.get().attachment.key for mail in (first, second)]
    assert [attachments.read_raw(key)[-8:] for key in keys] == [b"strana 1", b"strana 2"]


def test_the_same_scan_by_two_ways_is_one(world):
    raw = mails.load("scan-1", world)
    come(raw)

    assert come(b"Received: from elsewhere\r\n" + raw).state == MailState.DUPLICATE


def test_one_message_id_over_two_files_is_no_copy(world):
    first, second = (mails.load(name, world) for name in ("scan-1", "scan-2"))
    told = b"Message-ID: <1@kopirka>\r\nDate: Mon, 23 Nov 2026 10:15:00 +0100\r\n"

    assert come(told + first).state == MailState.PLACED
    # A device that knows what a date is may be a person: somebody looks at it.
    assert come(told + second).state == MailState.HELD


def test_placing_the_same_row_again_changes_nothing(world):
    mail = store(letter(), came_by=CameBy.IMAP)
    again = IncomingMail.objects.get(pk=mail.pk)

    place(mail)
    place(again)

    assert SupportRequest.objects.filter(channel=Channel.EMAIL).count() == 1
    assert Contact.objects.filter(message_id__gt="", channel=Channel.EMAIL).count() == 1


def test_what_a_crash_left_between_storing_and_placing_is_placed_by_the_next_run(world):
    store(letter("První"), came_by=CameBy.IMAP)
    store(letter("Druhá", subject="Jiný"), came_by=CameBy.PIPE)

    assert place_waiting() == 2

    assert set(IncomingMail.objects.values_list("state", flat=True)) == {MailState.PLACED}
    assert place_waiting() == 0


def test_a_message_that_breaks_us_is_put_aside_and_the_next_one_is_placed(world, monkeypatch, caplog):
    decide = incoming.decide

    def stumbling(found):
        if "rozbitá" in found.text:
            raise KeyError("jana@example.com")
        return decide(found)

    monkeypatch.setattr(incoming, "decide", stumbling)
    broken = store(letter("rozbitá"), came_by=CameBy.IMAP)
    whole = store(letter("celá", subject="Jiný"), came_by=CameBy.IMAP)

    place_waiting()

    broken.refresh_from_db(), whole.refresh_from_db()
    assert (broken.state, broken.last_error) == (MailState.FAILED, "KeyError")
    assert whole.state == MailState.PLACED
    assert "jana@example.com" not in caplog.text


def test_a_message_waits_while_the_database_is_away(world, monkeypatch):
    def away(found):
        raise OperationalError

    monkeypatch.setattr(incoming, "decide", away)
    mail = store(letter(), came_by=CameBy.IMAP)

    place(mail)

    mail.refresh_from_db()
    assert mail.state == MailState.RECEIVED


# What it becomes --------------------------------------------------------------------


def test_a_reply_is_on_its_request_with_all_that_a_mail_has(world):
    request = world.requests["petr"]
    address = tokens.reply_address(request.pk, "petr@example.com")
    raw = letter(
        "Děkuji, ještě něco.\n\n> Odpověď centra",
        **{"from": "petr@example.com", "to": address, "cc": "eva@example.com, soused@example.org"},
        message_id="<petr.1@example.com>",
    )

    contact = come(raw).contact

    assert (contact.request, contact.person) == (request, request.requester)
    assert contact.text == "Děkuji, ještě něco."
    assert "Odpověď centra" in contact.quoted
    assert contact.message_id == "<petr.1@example.com>"
    assert contact.copied_to == ["eva@example.com", "soused@example.org"]
    request.refresh_from_db()
    assert request.state == State.OPEN
    assert request.participants.count() == 1
    assert not OutgoingMail.objects.exists()


def test_new_matter_is_a_request_with_a_receipt(world):
    request = come(letter("How can we apply for the flat? Please tell us.", subject="A flat")).request

    assert (request.subject, request.language, request.channel) == ("A flat", "en", Channel.EMAIL)
    assert (request.requester.email, request.state) == ("nova@example.org", State.NEW)
    assert OutgoingMail.objects.get(kind=RECEIPT).to == "nova@example.org"


def test_a_file_that_cannot_be_taken_loses_nothing_else(world):
    raw = b"""From: nova@example.org
To: centrum@centrum.example.org
Subject: Dotaz
Message-ID: <soubory@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8

V priloze.
--x
Content-Type: text/plain; charset=utf-8; name=potvrzeni.txt
Content-Disposition: attachment; filename=potvrzeni.txt

Najem zaplacen.
--x
Content-Type: application/octet-stream; name=program.exe
Content-Disposition: attachment; filename=program.exe
Content-Transfer-Encoding: base64

TVqQAAMAAAAEAAAA
--x--
"""
    contact = come(raw).contact

    assert [file.attachment.name for file in contact.files.all()] == ["potvrzeni.txt"]
    assert contact.text.startswith("V priloze.\n\n[")
    assert "program.exe" in contact.text


def test_a_machine_on_a_request_is_a_note_and_wakes_nobody(world):
    request = world.requests["petr"]
    address = tokens.reply_address(request.pk, "petr@example.com")
    raw = letter(
        "Jsem na dovolené.", **{"from": "petr@example.com", "to": address}, auto_submitted="auto-replied"
    )

    mail = come(raw)

    assert (mail.state, mail.contact.direction) == (MailState.MACHINE, Direction.NOTE)
    assert "Jsem na dovolené." in mail.contact.text
    request.refresh_from_db()
    assert request.state == State.ANSWERED
    assert not OutgoingMail.objects.exists()


def test_a_calendars_answer_on_a_request_is_a_note_of_who_and_what(world):
    request = world.requests["petr"]
    address = tokens.reply_address(request.pk, "petr@example.com")
    raw = mails.load("calendar-reply", world).replace(b"centrum@centrum.example.org", address.encode())

    mail = come(raw.replace(b"jan.vzor@example.org", b"petr@example.com"))

    assert (mail.state, mail.contact.direction) == (MailState.MACHINE, Direction.NOTE)
    assert mail.contact.text == "Přišla automatická zpráva od petr@example.com:\n\nPřijato: Schůzka"


def test_who_asks_for_no_automatic_mail_gets_no_receipt(world):
    asked = come(mails.load("suppress-new", world)).request
    other = come(letter()).request

    assert (asked.receipt, other.receipt) == (Receipt.MACHINE, Receipt.OWED)
    assert [mail.to for mail in OutgoingMail.objects.filter(kind=RECEIPT)] == ["nova@example.org"]


def test_two_people_who_enclose_one_mail_wrote_two_messages(world):
    raw = mails.load("enclosed-mail", world)
    other = raw.replace("Posílám, co mi přišlo".encode(), "Ještě jednou, co mi přišlo".encode())

    first, second = come(raw), come(other.replace(b"pripad-f06", b"pripad-f06b"))

    assert (first.state, second.state) == (MailState.PLACED, MailState.HELD)


# Returned mail -------------------------------------------------------------------


def test_mail_that_comes_back_for_good_marks_the_address(world):
    come(mails.load("bounce-permanent", world))

    assert dead_addresses.is_dead("jana@example.com")


@pytest.mark.parametrize("name", ["bounce-temporary", "bounce-delayed", "bounce-forged"])
def test_other_returned_mail_marks_nothing(name, world):
    come(mails.load(name, world))

    assert not dead_addresses.DeadAddress.objects.exists()


# Nobody gets in, nothing goes round ------------------------------------------------


def test_a_forged_sender_with_a_guessed_or_replayed_sign_reaches_no_conversation(world, settings):
    settings.MAIL_AUTHENTICATED_BY = "mx.centrum.example.org"
    jana, petr = world.requests["jana"], world.requests["petr"]
    signed = tokens.reply_address(jana.pk, "jana@example.com")
    guessed = f"centrum+{jana.pk}-{'2' * 20}@centrum.example.org"
    replayed = signed.replace(f"+{jana.pk}-", f"+{petr.pk}-")
    before = Contact.objects.count()

    for to in (guessed, replayed, signed):
        for sender in ("jana@example.com", "petr@example.com", "cizi@example.org"):
            for proof in ("dmarc=fail", "dmarc=none", ""):
                told = (
                    {"authentication_results": f"mx.centrum.example.org; {proof} header.from=x"}
                    if proof
                    else {}
                )
                mail = come(letter(f"{to} {sender} {proof}", **{"from": sender, "to": to}, **told))
                assert mail.state == MailState.HELD, (to, sender, proof)

    assert Contact.objects.count() == before


def test_two_machines_facing_each_other_make_one_receipt(world):
    for round_ in range(10):
        # It does not say that it is a machine, answers each receipt, and always under a new subject.
        receipts = OutgoingMail.objects.filter(to="robot@example.org").order_by("-pk")
        said = receipts[0].text if receipts else ""
        come(letter(f"Kolo {round_}\n{said}", **{"from": "robot@example.org"}, subject=f"Potvrzení {round_}"))

    assert OutgoingMail.objects.filter(to="robot@example.org").count() == 1


def test_a_machine_that_says_so_gets_nothing(world):
    for round_ in range(10):
        come(letter(f"Kolo {round_}", auto_submitted="auto-replied", subject=f"Re: {round_}"))

    assert not OutgoingMail.objects.exists()
