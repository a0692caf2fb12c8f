"""The verbs of intake: receive, reply, withdraw, ask for deletion."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from consultations.choices import Channel, Direction, RequesterKind, State
from consultations.intake.actions import requester
from consultations.intake.actions.requester import Intake, receive, reply
from consultations.models import Contact, Person, SupportRequest
from consultations.requests.clock import due_on
from core.audit import AuditEntry, entries_of
from core.files.attachments import Attachment
from core.outbox.mail import OutgoingMail
from core.states import Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory, SupportRequestFactory, TopicFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db

PRAGUE = ZoneInfo("Europe/Prague")
SECRET_WORDS = "Dlužím nájem za tři měsíce."


def an_intake(**changes):
    values = {
        "requester_kind": RequesterKind.PERSON,
        "subject": "Kde požádat o byt",
        "text": SECRET_WORDS,
        "name": "Jana Nováková",
        "email": "jana@example.org",
    }
    return Intake(**{**values, **changes})


def a_file(name="smlouva.pdf", content=b"%PDF-1.7\nx"):
    return SimpleUploadedFile(name, content)


def stored_files(settings):
    folder = settings.STORAGES["default"]["OPTIONS"]["location"]
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


# receive ------------------------------------------------------------------------


@time_machine.travel(datetime(2026, 12, 10, 9, 0, tzinfo=PRAGUE), tick=False)
def test_a_request_gets_its_person_contact_deadline_and_audit():
    topic, place = TopicFactory(), MunicipalityFactory()
    case = receive(an_intake(topic=topic, municipality=place, consent_publish=True, language="en"), by=None)
    case.refresh_from_db()
    assert (case.state, case.channel, case.year, case.topic, case.municipality) == (
        State.NEW,
        Channel.WEB,
        2026,
        topic,
        place,
    )
    assert (case.requester.name, case.requester.email, case.language) == (
        "Jana Nováková",
        "jana@example.org",
        "en",
    )
    assert case.waiting_since == case.received_at == timezone.now()
    # Ten working days after 10 December 2026, over Christmas and New Year's Day.
    assert case.due_on == date(2026, 12, 28)
    contact = case.contacts.get()
    assert (contact.direction, contact.text, contact.person) == (
        Direction.INBOUND,
        SECRET_WORDS,
        case.requester,
    )
    entry = entries_of(case).get()
    assert (entry.verb, entry.actor_role, entry.details) == (
        "request.receive",
        "visitor",
        {"channel": "web", "kind": "person", "files": 0, "official": False},
    )


def test_what_was_logged_later_keeps_both_times_and_is_due_from_when_it_took_place():
    staff, yesterday = UserFactory(), timezone.now() - timedelta(days=1)
    case = receive(
        an_intake(
            channel=Channel.PHONE_IN, took_place_at=yesterday, minutes=12, spoken_by=staff, place="Most"
        ),
        by=staff,
    )
    contact = case.contacts.get()
    assert contact.took_place_at == yesterday
    assert contact.logged_at > yesterday
    assert (contact.minutes, contact.place, contact.spoken_by, contact.logged_by) == (
        12,
        "Most",
        staff,
        staff,
    )
    assert case.received_at == yesterday


def test_a_known_person_is_not_made_again():
    person = PersonFactory()
    case = receive(an_intake(person=person, name="Someone Else"), by=UserFactory())
    assert case.requester == person
    assert Person.objects.count() == 1


def test_the_receipt_holds_the_reference_and_the_link_and_no_word_of_the_case():
    case = receive(an_intake(language="en"), by=None)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language, mail.kind) == ("jana@example.org", "en", "consultations/receipt")
    assert case.reference in mail.subject
    assert case.link_token in mail.text
    assert "/en/requests/" in mail.text
    whole = mail.subject + mail.text
    assert not any(words in whole for words in (SECRET_WORDS, case.subject, "Nováková", "Jana"))


def test_without_an_address_there_is_no_mail():
    receive(an_intake(email=""), by=None)
    assert OutgoingMail.objects.count() == 0


def test_one_address_gets_only_so_many_receipts_an_hour(settings):
    settings.RECEIPTS_PER_HOUR = 2
    for number in range(4):
        receive(an_intake(subject=f"Otázka {number}"), by=None)
    assert SupportRequest.objects.count() == 4
    assert OutgoingMail.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        receive(an_intake(), by=None)
    assert OutgoingMail.objects.count() == 3


def test_what_staff_log_always_gets_its_receipt(settings):
    settings.RECEIPTS_PER_HOUR = 1
    staff = UserFactory()
    for _number in range(2):
        receive(an_intake(channel=Channel.PHONE_IN), by=staff)
    assert OutgoingMail.objects.count() == 2


def test_an_officials_receipt_leads_behind_the_login():
    official, place = UserFactory(official=True), MunicipalityFactory()
    case = receive(an_intake(is_official=True, municipality=place), by=official)
    text = OutgoingMail.objects.get().text
    assert f"/cs/my/requests/{case.reference}/" in text
    assert case.link_token not in text
    assert case.requester.user == official


def test_files_are_stored_under_random_names_and_belong_to_the_first_contact(settings):
    case = receive(an_intake(files=(a_file(), a_file("../../druhý.txt", b"text"))), by=None)
    names = [file.attachment.name for file in case.contacts.get().files.order_by("pk")]
    assert names == ["smlouva.pdf", "druhý.txt"]
    paths = stored_files(settings)
    assert len(paths) == 2
    assert not any("smlouva" in str(path) for path in paths)


def test_a_file_that_cannot_be_taken_leaves_nothing_behind(settings):
    with pytest.raises(ValidationError):
        receive(an_intake(files=(a_file(), a_file("x.svg", b"<svg/>"))), by=None)
    assert SupportRequest.objects.count() == Attachment.objects.count() == 0
    assert stored_files(settings) == []


def test_the_same_key_gives_the_first_request_and_stores_nothing_twice(settings):
    first = receive(an_intake(idempotency_key="k" * 32, files=(a_file(),)), by=None)
    again = receive(an_intake(idempotency_key="k" * 32, files=(a_file(),), subject="Jinak"), by=None)
    assert again == first
    assert again.subject == "Kde požádat o byt"
    counts = [model.objects.count() for model in (SupportRequest, Contact, Person, Attachment, OutgoingMail)]
    assert counts == [1, 1, 1, 1, 1]
    assert AuditEntry.objects.count() == 1
    assert len(stored_files(settings)) == 1


# reply --------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.NEW, State.OPEN, State.WAITING_EXPERT])
def test_a_reply_to_what_is_ours_keeps_the_state_and_moves_the_version(state):
    since = timezone.now() - timedelta(days=2)
    case = SupportRequestFactory(state=state, waiting_since=since)
    seen = case.version
    reply(case, text="Ještě dodávám.", by=None)
    case.refresh_from_db()
    assert (case.state, case.waiting_since, case.version) == (state, since, seen + 1)
    assert case.contacts.count() == 2


@time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=PRAGUE), tick=False)
def test_a_reply_to_a_question_gives_the_request_back_to_us():
    case = SupportRequestFactory(state=State.WAITING_REQUESTER, waiting_since=None, due_on=None)
    reply(case, text="Odpovídám.", by=None)
    case.refresh_from_db()
    assert (case.state, case.waiting_since, case.due_on) == (State.OPEN, timezone.now(), date(2026, 12, 7))
    assert [entry.verb for entry in entries_of(case)] == ["request.reply"]


@pytest.mark.parametrize("state", [State.CLOSED, State.WITHDRAWN])
def test_a_reply_within_sixty_days_reopens(state):
    case = SupportRequestFactory(state=state, closed_at=timezone.now() - timedelta(days=59))
    reply(case, text="Přece jen se ptám.", by=None)
    case.refresh_from_db()
    assert (case.state, case.closed_at) == (State.OPEN, None)
    assert SupportRequest.objects.count() == 1


def test_a_reply_to_an_answer_opens_the_request_again():
    case = SupportRequestFactory(answered=True)
    reply(case, text="Nerozumím bodu dvě.", by=None)
    case.refresh_from_db()
    assert case.state == State.OPEN
    assert case.waiting_since is not None


def test_a_duplicate_that_is_written_on_stands_on_its_own_again():
    case = SupportRequestFactory(state=State.DUPLICATE, duplicate_of=SupportRequestFactory())
    reply(case, text="Není to totéž.", by=None)
    case.refresh_from_db()
    assert (case.state, case.duplicate_of) == (State.OPEN, None)


def test_a_reply_after_sixty_days_begins_a_new_linked_request():
    old = SupportRequestFactory(state=State.CLOSED, closed_at=timezone.now() - timedelta(days=61))
    contact = reply(old, text="Po čase znovu.", by=None, files=(a_file(),))
    new = contact.request
    old.refresh_from_db()
    assert old.state == State.CLOSED
    assert (new.follows, new.state, new.requester, new.topic) == (old, State.NEW, old.requester, old.topic)
    assert new.link_token != old.link_token
    assert OutgoingMail.objects.get().about_id == new.pk
    assert contact.files.count() == 1


def test_spam_is_not_replied_to():
    case = SupportRequestFactory(state=State.SPAM)
    with pytest.raises(Refused) as refused:
        reply(case, text="Kupte si.", by=None, files=(a_file(),))
    assert refused.value.reasons == requester.reasons_against_replying(case) != []
    assert case.contacts.count() == 1
    assert Attachment.objects.count() == 0


def test_the_same_reply_twice_is_one():
    case = SupportRequestFactory(open=True)
    first = reply(case, text="Jednou.", by=None, idempotency_key="r" * 32)
    assert reply(case, text="Jednou.", by=None, idempotency_key="r" * 32) == first
    assert case.contacts.count() == 2


def test_the_same_late_reply_twice_begins_one_new_request():
    old = SupportRequestFactory(state=State.CLOSED, closed_at=timezone.now() - timedelta(days=61))
    first = reply(old, text="Znovu.", by=None, idempotency_key="r" * 32)
    assert reply(old, text="Znovu.", by=None, idempotency_key="r" * 32) == first
    assert SupportRequest.objects.count() == 2


def test_a_key_used_on_one_request_tells_nothing_on_another():
    reply(SupportRequestFactory(open=True), text="Moje.", by=None, idempotency_key="r" * 32)
    assert requester.find_reply(SupportRequestFactory(open=True), "r" * 32) is None


def test_a_reply_on_an_old_copy_of_the_request_is_not_lost():
    case = SupportRequestFactory(open=True)
    old_copy = SupportRequest.objects.get(pk=case.pk)
    reply(case, text="První.", by=None)
    reply(old_copy, text="Druhá.", by=None)
    assert case.contacts.count() == 3


# withdraw, ask_deletion -----------------------------------------------------------


@pytest.mark.parametrize("state", [State.NEW, State.OPEN, State.WAITING_REQUESTER, State.WAITING_EXPERT])
def test_what_is_being_worked_on_can_be_withdrawn(state):
    case = SupportRequestFactory(state=state)
    requester.withdraw(case, by=None)
    case.refresh_from_db()
    assert (case.state, case.waiting_since, case.due_on) == (State.WITHDRAWN, None, None)
    assert case.closed_at is not None
    assert [entry.verb for entry in entries_of(case)] == ["request.withdraw"]


@pytest.mark.parametrize("state", [State.ANSWERED, State.CLOSED, State.WITHDRAWN, State.SPAM])
def test_what_is_over_cannot_be_withdrawn(state):
    case = SupportRequestFactory(state=state)
    with pytest.raises(Refused) as refused:
        requester.withdraw(case, by=None)
    assert len(refused.value.reasons) == 1


def test_deletion_is_asked_for_once_and_the_state_stays():
    case = SupportRequestFactory(open=True)
    requester.ask_deletion(case, by=None)
    case.refresh_from_db()
    assert case.deletion_requested_at is not None
    assert case.state == State.OPEN
    with pytest.raises(Refused):
        requester.ask_deletion(case, by=None)
    assert [entry.verb for entry in entries_of(case)] == ["request.ask_deletion"]


# Losing a home --------------------------------------------------------------------


@pytest.mark.parametrize(("outcome", "kept"), [("", ("lost", None)), ("found", ("", None))])
def test_a_request_that_goes_on_is_as_urgent_until_it_is_known_what_became_of_the_home(outcome, kept):
    written = {"home_outcome_at": timezone.now(), "home_outcome_by": UserFactory()} if outcome else {}
    old = SupportRequestFactory(closed=True, home_loss="lost", home_outcome=outcome, **written)
    SupportRequest.objects.update(closed_at=timezone.now() - timedelta(days=61))
    old.refresh_from_db()
    new = reply(old, text="Jsem tu zase.", by=None).request
    assert new.follows == old
    assert (new.home_loss, new.home_at_risk_by) == kept
    assert new.due_on == due_on(new.waiting_since, home_loss=kept[0], topic_days=new.topic.answer_days)


def test_a_reply_of_who_has_no_home_is_answered_on_the_next_working_day():
    case = SupportRequestFactory(answered=True, home_loss="lost")
    reply(case, text="A co teď?", by=None)
    case.refresh_from_db()
    assert case.due_on == due_on(case.waiting_since, home_loss="lost")


@pytest.mark.parametrize("state", ["new", "open", "waiting_requester", "answered", "closed"])
def test_what_a_reply_says_of_the_home_hurries_the_request(state):
    over = {"home_outcome": "kept", "home_outcome_at": timezone.now(), "home_outcome_by": UserFactory()}
    case = SupportRequestFactory(state=state, home_loss="later", **over)
    home = {"home_loss": "days", "home_at_risk_by": None}
    reply(case, text="Je to horší.", by=None, home=home)
    case = SupportRequest.objects.get(pk=case.pk)
    assert (case.home_loss, case.home_outcome, case.is_home_at_risk) == ("days", "", True)
    assert case.due_on == due_on(case.waiting_since, home_loss="days")
