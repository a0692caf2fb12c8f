"""The pages of mail that came in, and what a person does there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.permissions import Role
from consultations.choices import Channel
from consultations.mailbox.actions import incoming
from consultations.mailbox.actions.incoming import place, store
from consultations.models import CameBy, Contact, IncomingMail, MailState, Person, SupportRequest
from core.audit import AuditEntry
from core.outbox.dead_addresses import DeadAddress, mark
from tests.factories.consultations import PersonFactory, SupportRequestFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db


def held(case: SupportRequest, number: int = 1) -> IncomingMail:
    """Return a message that names a request and waits for a decision."""
    raw = f"""From: Petr Novotný <petr{number}@example.org>
To: centrum@example.org
Cc: soused@example.org
Subject: {case.reference}
Message-ID: <{number}@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8

Posílám, co jste chtěli. <script>alert(1)</script>

> Co jsme psali my.
--x
Content-Type: text/html; charset=utf-8; name=strana.html
Content-Disposition: attachment; filename=strana.html

<script>alert(2)</script>
--x--
"""
    mail = store(raw.encode(), came_by=CameBy.IMAP)
    place(mail)
    assert mail.state == MailState.HELD
    return mail


def broken() -> IncomingMail:
    """Return a message that could not be read."""
    mail = store(b"\x00 rubbish", came_by=CameBy.PIPE)
    place(mail)
    return mail


def url(mail: IncomingMail, verb: str = "message") -> str:
    """Return the address of a message, or of a verb on it."""
    return reverse(f"desk-mail-{verb}", args=[mail.pk])


@pytest.fixture
def case() -> SupportRequest:
    return SupportRequestFactory(open=True, requester=PersonFactory(name="Jana", email="jana@example.org"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_many(count, case, log_in):
    client, _user = log_in(Role.CONSULTANT)
    for number in range(count):
        held(case, number)
    client.get(reverse("desk-mail"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(reverse("desk-mail")).content.decode()
    assert page.count(case.reference) == count
    assert len([row for row in queries.captured_queries if "incomingmail" in row["sql"]]) == 1


def test_each_message_is_on_its_shelf(case, log_in):
    client, _user = log_in(Role.CONSULTANT)
    waiting = held(case)
    found = {
        shelf: url(waiting) in client.get(reverse("desk-mail"), {"shelf": shelf}).content.decode()
        for shelf in ("waiting", "all", "machines", "discarded", "no such", "\0")
    }
    assert found == {
        "waiting": True, "all": True, "machines": False, "discarded": False, "no such": True, "\0": True,
    }  # fmt: skip


def test_the_page_shows_words_and_guesses_and_runs_nothing(case, log_in):
    client, _user = log_in(Role.CONSULTANT)
    page = client.get(url(held(case))).content.decode()

    assert "Posílám, co jste chtěli." in page
    assert "<script>alert" not in page
    assert case.reference in page
    assert "petr1@example.org" in page


def come(headers: str, content: bytes) -> IncomingMail:
    """Return a message of a stranger, read and placed."""
    head = f"From: Jan Vzor <jan@example.org>\nSubject: Dotaz\nMIME-Version: 1.0\n{headers}\n\n"
    mail = store(head.encode() + content, came_by=CameBy.IMAP)
    place(mail)
    return mail


def test_the_desk_sees_that_letters_are_a_guess(log_in):
    client, _user = log_in(Role.CONSULTANT)
    text = "Žádám o příspěvek na bydlení."
    guessed = come("Content-Type: text/plain; charset=x-mujovo", text.encode("mac-latin2"))
    told = come("Content-Type: text/plain; charset=x-mac-ce", f"{text} Ano.".encode("mac-latin2"))

    sentence = "Písmena jsou odhad: zpráva správně neříká, v jakém kódování je."
    pages = [client.get(url(mail)).content.decode() for mail in (guessed, told)]
    assert [text in page for page in pages] == [True, True]
    assert [sentence in page for page in pages] == [True, False]
    line = "[Písmena této zprávy jsou odhad: neříká správně, v jakém kódování je.]"
    assert guessed.contact.text == f"{text}\n\n{line}"
    assert told.contact.text == f"{text} Ano."


def test_the_desk_sees_what_is_enclosed_and_whose_files_are_whose(log_in):
    client, _user = log_in(Role.CONSULTANT)
    inner = (
        "From: Majitel <majitel@example.net>\nSubject: Konec\nContent-Type: multipart/mixed; boundary=y\n\n"
        "--y\n\nVyklidte byt.\n--y\nContent-Type: application/pdf; name=a.pdf\n\n%PDF-1.4\n--y--\n"
    )
    content = f"--x\n\nPodivejte.\n--x\nContent-Type: message/rfc822\n\n{inner}\n--x--\n"
    mail = come("Content-Type: multipart/mixed; boundary=x", content.encode())

    page = client.get(url(mail)).content.decode()
    assert "[Přiložená zpráva od Majitel &lt;majitel@example.net&gt;: Konec]" in page
    assert "Vyklidte byt." in page
    assert "a.pdf (z přiložené zprávy)" in page
    assert client.get(reverse("desk-mail-file", args=[mail.pk, 0])).content == b"%PDF-1.4"
    assert not Person.objects.filter(email="majitel@example.net").exists()


def test_a_calendars_answer_says_who_and_what(log_in):
    client, _user = log_in(Role.CONSULTANT)
    mail = come(
        "Content-Type: text/calendar; method=REPLY", b"BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n"
    )

    assert (mail.state, mail.sender, mail.subject) == (MailState.MACHINE, "jan@example.org", "Dotaz")
    page = client.get(url(mail)).content.decode()
    assert "Kalendář odpovídá na pozvánku; jak, říká předmět." in page
    assert "Jan Vzor &lt;jan@example.org&gt;" in page


def test_files_are_only_to_be_saved(case, log_in):
    client, _user = log_in(Role.CONSULTANT)
    mail = held(case)
    for address in (url(mail, "raw"), reverse("desk-mail-file", args=[mail.pk, 0])):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment;")
    assert client.get(reverse("desk-mail-file", args=[mail.pk, 1])).status_code == 404


def test_placing_by_a_guess_writes_on_the_request_and_adds_nobody(case, log_in):
    client, user = log_in(Role.CONSULTANT)
    mail = held(case)

    answer = client.post(url(mail, "place"), {"version": mail.version, "request": case.reference.lower()})

    assert answer["Location"] == case.get_desk_url()
    mail.refresh_from_db()
    assert (mail.state, mail.request, mail.settled_by) == (MailState.PLACED, case, user)
    contact = mail.contact
    assert (contact.channel, contact.logged_by, contact.person.email) == (
        Channel.EMAIL,
        user,
        "petr1@example.org",
    )
    assert case.participants.count() == 0
    assert AuditEntry.objects.filter(verb="mail.place_by_hand").count() == 1


def test_the_page_of_the_request_folds_the_history_and_offers_who_got_a_copy(case, log_in):
    client, _user = log_in(Role.CONSULTANT)
    mail = held(case)
    client.post(url(mail, "place"), {"version": mail.version, "request": case.reference})

    page = client.get(case.get_desk_url()).content.decode()
    assert "Co jsme psali my." in page
    assert "soused@example.org" in page

    case.refresh_from_db()
    people = reverse("desk-request-people", args=[case.reference])
    client.post(people, {"version": case.version, "email": "soused@example.org"})
    assert [row.person.email for row in case.participants.all()] == ["soused@example.org"]


def test_a_wrong_reference_keeps_what_was_typed(case, log_in):
    client, _user = log_in(Role.CONSULTANT)
    mail = held(case)
    answer = client.post(url(mail, "place"), {"version": mail.version, "request": "SH-2020-000009"})
    assert answer.status_code == 422
    assert "SH-2020-000009" in answer.content.decode()


def test_making_a_request(case, log_in):
    client, user = log_in(Role.CONSULTANT)
    mail = held(case)

    client.post(url(mail, "request"), {"version": mail.version})

    mail.refresh_from_db()
    assert (mail.state, mail.request.created_by, mail.request.channel) == (
        MailState.PLACED,
        user,
        Channel.EMAIL,
    )
    assert mail.request.requester.email == "petr1@example.org"


def test_discarding_wants_a_reason_and_can_be_undone(case, log_in):
    client, _user = log_in(Role.CONSULTANT)
    mail = held(case)

    assert client.post(url(mail, "discard"), {"version": mail.version}).status_code == 422
    client.post(url(mail, "discard"), {"version": mail.version, "reason": "Reklama"})
    mail.refresh_from_db()
    assert (mail.state, mail.reason) == (MailState.DISCARDED, "Reklama")
    assert "Reklama" in client.get(url(mail)).content.decode()

    client.post(url(mail, "undo"), {"version": mail.version})
    mail.refresh_from_db()
    assert (mail.state, mail.settled_by) == (MailState.HELD, None)


def test_of_two_who_decide_one_wins(case, log_in):
    client, _user = log_in(Role.CONSULTANT)
    mail = held(case)
    client.post(url(mail, "request"), {"version": mail.version})

    late = client.post(url(mail, "place"), {"version": mail.version, "request": case.reference})

    assert late.status_code == 409
    assert Contact.objects.filter(message_id="<1@example.org>").count() == 1


def test_a_broken_message_can_be_saved_and_read_again_after_a_fix(log_in, monkeypatch):
    client, _user = log_in(Role.CONSULTANT)
    mail = broken()
    assert mail.state == MailState.FAILED
    assert client.get(url(mail)).status_code == 200
    assert client.get(url(mail, "raw")).content == b"\x00 rubbish"

    client.post(url(mail, "read-again"), {"version": mail.version})
    mail.refresh_from_db()
    assert mail.state == MailState.FAILED

    good = store(
        b"From: a@example.org\r\nSubject: x\r\nMessage-ID: <z@example.org>\r\n\r\nDotaz\r\n", came_by="imap"
    )
    opened = incoming.open_letter(good)
    monkeypatch.setattr(incoming.letter, "read", lambda raw: opened)
    client.post(url(mail, "read-again"), {"version": mail.version})
    mail.refresh_from_db()
    assert mail.state == MailState.PLACED


def test_who_does_not_answer_requests_reads_and_decides_nothing(case, log_in):
    client, _user = log_in(Role.EDITOR)
    mail = held(case)
    assert client.get(url(mail)).status_code == 200
    assert client.post(url(mail, "request"), {"version": mail.version}).status_code == 403


def test_a_dead_address_is_shown_on_the_request_and_tried_again(case, log_in):
    client, _user = log_in(Role.CONSULTANT)
    row = mark("jana@example.org", "5.1.1")
    again = reverse("desk-mail-revive", args=[row.pk])
    assert again in client.get(case.get_desk_url()).content.decode()
    assert "jana@example.org" in client.get(reverse("desk-mail-dead")).content.decode()

    answer = client.post(again, {"reference": case.reference})

    assert answer["Location"] == case.get_desk_url()
    assert not DeadAddress.objects.exists()


@pytest.mark.parametrize(("verb", "is_kept"), [("confirm", True), ("drop", False)])
def test_a_guessed_municipality_counts_only_when_confirmed(verb, is_kept, case, log_in):
    client, _user = log_in(Role.CONSULTANT)
    place_ = MunicipalityFactory()
    SupportRequest.objects.filter(pk=case.pk).update(guessed_municipality=place_, municipality=None)
    address = reverse(f"desk-request-{verb}-guess", args=[case.reference])
    assert address in client.get(case.get_desk_url()).content.decode()

    client.post(address)
    client.post(address)

    case.refresh_from_db()
    assert (case.municipality, case.guessed_municipality) == (place_ if is_kept else None, None)
