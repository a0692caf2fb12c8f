"""What the desk may do with a request, what it may not and why, and who is first of two."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from consultations.choices import Channel, Direction, State
from consultations.models import Contact, SupportRequest
from consultations.requests.actions import desk
from consultations.requests.clock import due_on
from core import audit, search
from core.outbox.mail import OutgoingMail
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, PersonFactory, SupportRequestFactory

pytestmark = pytest.mark.django_db

READS_ONLY = "Your role reads requests but does not work on them."
NOT_TAKEN = "Nobody has taken the request yet. Take it first."
NOT_AT_WORK = "The request is not being worked on. Reopen it first."


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


@pytest.fixture
def consultant() -> User:
    return UserFactory()


def in_state(state: str, **fields: Any) -> SupportRequest:
    """Return a request in a state, with what the database asks for there."""
    needed: dict[str, Any] = {
        "referred": {"referred_to": "Úřad práce"},
        "closed": {"closed_at": timezone.now()},
    }.get(state, {})
    if state == "duplicate":
        needed = {"duplicate_of": SupportRequestFactory(with_contact=False)}
    return SupportRequestFactory(state=state, **{**needed, **fields})


def verbs_of(request: SupportRequest) -> list[str]:
    return list(audit.entries_of(request).values_list("verb", flat=True))


def reasons(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.reasons


# Who has it


def test_take_makes_a_new_request_mine_and_open(consultant: User) -> None:
    request = in_state("new")
    desk.take(request, by=consultant)
    request.refresh_from_db()
    assert (request.state, request.assignee, request.version) == ("open", consultant, 2)
    assert verbs_of(request) == ["request.assign"]


def test_take_again_is_refused(consultant: User) -> None:
    request = in_state("open", assignee=consultant)
    assert reasons(lambda: desk.take(request, by=consultant)) == ["You already have it."]


def test_assign_to_a_colleague_keeps_a_waiting_state(consultant: User) -> None:
    colleague = UserFactory()
    request = in_state("waiting_expert", assignee=consultant)
    desk.assign(request, to=colleague, by=consultant)
    request.refresh_from_db()
    assert (request.state, request.assignee) == ("waiting_expert", colleague)
    assert audit.entries_of(request).get().details == {"to": colleague.pk}


def test_assign_to_one_who_has_it_is_refused(consultant: User) -> None:
    colleague = UserFactory(name="Eva Malá")
    request = in_state("open", assignee=colleague)
    assert reasons(lambda: desk.assign(request, to=colleague, by=consultant)) == ["Eva Malá already has it."]


def test_assign_to_one_who_does_not_answer_is_refused(consultant: User) -> None:
    editor = UserFactory(editor=True, name="Ivo Krátký")
    request = in_state("new")
    assert reasons(lambda: desk.assign(request, to=editor, by=consultant)) == [
        "Ivo Krátký does not answer requests."
    ]


def test_assign_by_one_who_may_not(consultant: User) -> None:
    editor = UserFactory(editor=True)
    request = in_state("new")
    assert desk.reasons_against_assigning(request, to=consultant, by=editor) == [
        "Your role does not assign requests to others."
    ]
    assert desk.reasons_against_taking(request, by=editor) == [READS_ONLY]


@pytest.mark.parametrize("state", ["answered", "closed", "duplicate", "withdrawn", "referred", "spam"])
def test_take_what_is_over_is_refused(consultant: User, state: str) -> None:
    assert reasons(lambda: desk.take(in_state(state), by=consultant)) == [NOT_AT_WORK]


# What is said


@pytest.mark.parametrize("state", ["open", "waiting_requester", "waiting_expert"])
def test_answer(consultant: User, state: str) -> None:
    request = in_state(state, requester__email="jana@example.org")
    contact = desk.answer(request, text=" Obraťte se na obec. ", minutes=20, by=consultant)
    request.refresh_from_db()
    assert (request.state, request.waiting_since, request.due_on) == ("answered", None, None)
    assert request.answered_at is not None
    assert request.assignee == consultant
    assert (contact.direction, contact.is_answer, contact.text) == ("outbound", True, "Obraťte se na obec.")
    assert (contact.minutes, contact.spoken_by, contact.logged_by) == (20, consultant, consultant)
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("consultations/answer", "jana@example.org")
    assert verbs_of(request) == ["request.answer"]
    assert search.ids("obraťte", kind="request") == [request.pk]


def test_answer_leaves_the_assignee(consultant: User) -> None:
    request = SupportRequestFactory(open=True)
    before = request.assignee
    desk.answer(request, text="Ano.", by=consultant)
    request.refresh_from_db()
    assert request.assignee == before


@pytest.mark.parametrize("channel", ["phone_out", "letter", "data_box", "in_person", "event"])
def test_answer_by_other_channels_is_only_written_down(consultant: User, channel: str) -> None:
    request = SupportRequestFactory(open=True)
    desk.answer(request, text="Ano.", channel=channel, by=consultant)
    assert not OutgoingMail.objects.exists()


def test_answer_without_an_address_waits_behind_the_link(consultant: User) -> None:
    request = SupportRequestFactory(open=True, requester__email="")
    desk.answer(request, text="Ano.", by=consultant)
    assert not OutgoingMail.objects.exists()


def test_answer_with_a_file(consultant: User) -> None:
    request = SupportRequestFactory(open=True)
    upload = SimpleUploadedFile("rada.txt", b"Rada.", content_type="text/plain")
    contact = desk.answer(request, text="V příloze.", files=[upload], by=consultant)
    assert [row.attachment.name for row in contact.files.all()] == ["rada.txt"]


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("new", NOT_TAKEN),
        ("answered", "The request is answered. You can add to the answer."),
        ("closed", NOT_AT_WORK),
        ("duplicate", NOT_AT_WORK),
        ("withdrawn", NOT_AT_WORK),
        ("referred", NOT_AT_WORK),
        ("spam", NOT_AT_WORK),
    ],
)
def test_answer_is_refused(consultant: User, state: str, reason: str) -> None:
    request = in_state(state)
    assert reasons(lambda: desk.answer(request, text="Ano.", by=consultant)) == [reason]
    assert not request.contacts.filter(direction=Direction.OUTBOUND).exists()


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_answer_by_one_who_only_reads(role: str) -> None:
    request = SupportRequestFactory(open=True)
    assert reasons(lambda: desk.answer(request, text="Ano.", by=UserFactory(role=role))) == [READS_ONLY]


def test_answer_without_a_text(consultant: User) -> None:
    request = SupportRequestFactory(open=True)
    assert reasons(lambda: desk.answer(request, text="  ", by=consultant)) == ["Write a text."]


def test_two_answer_at_once(consultant: User) -> None:
    colleague = UserFactory()
    first = SupportRequestFactory(open=True)
    second = SupportRequest.objects.get(pk=first.pk)
    desk.answer(first, text="První.", by=consultant)
    with pytest.raises(Conflict) as conflict:
        desk.answer(second, text="Druhá.", by=colleague)
    assert conflict.value.current.state == "answered"
    assert list(first.contacts.filter(is_answer=True).values_list("text", flat=True)) == ["První."]
    assert OutgoingMail.objects.count() == 1


def test_files_of_one_who_was_late_are_taken_away(consultant: User, tmp_path: Any) -> None:
    first = SupportRequestFactory(open=True)
    second = SupportRequest.objects.get(pk=first.pk)
    desk.answer(first, text="První.", by=consultant)
    upload = SimpleUploadedFile("rada.txt", b"Rada.", content_type="text/plain")
    with pytest.raises(Conflict):
        desk.answer(second, text="Druhá.", files=[upload], by=consultant)
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


def test_add_to_answer(consultant: User) -> None:
    request = SupportRequestFactory(answered=True)
    contact = desk.add_to_answer(request, text="Ještě něco.", by=consultant)
    request.refresh_from_db()
    assert (request.state, request.version, contact.is_answer) == ("answered", 2, True)
    assert OutgoingMail.objects.get().kind == "consultations/answer"
    assert verbs_of(request) == ["request.add_to_answer"]


@pytest.mark.parametrize("state", ["new", "open", "waiting_requester", "closed", "spam"])
def test_add_to_answer_is_refused(consultant: User, state: str) -> None:
    assert reasons(lambda: desk.add_to_answer(in_state(state), text="Ano.", by=consultant)) == [
        "Only an answered request can have something added to its answer."
    ]


@pytest.mark.parametrize("state", ["open", "waiting_expert", "answered", "waiting_requester"])
def test_ask_back(consultant: User, state: str) -> None:
    request = in_state(state)
    contact = desk.ask_back(request, text="Kde bydlíte?", by=consultant)
    request.refresh_from_db()
    assert (request.state, request.waiting_since, request.due_on) == ("waiting_requester", None, None)
    assert (contact.direction, contact.is_question_back) == ("outbound", True)
    mail = OutgoingMail.objects.get()
    assert mail.kind == "consultations/question_back"
    assert "Kde bydlíte" not in mail.text
    assert verbs_of(request) == ["request.ask_back"]


def test_ask_back_by_phone_sends_no_mail(consultant: User) -> None:
    desk.ask_back(SupportRequestFactory(open=True), text="Kde?", channel=Channel.PHONE_OUT, by=consultant)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("state", "reason"), [("new", NOT_TAKEN), ("closed", NOT_AT_WORK), ("referred", NOT_AT_WORK)]
)
def test_ask_back_is_refused(consultant: User, state: str, reason: str) -> None:
    assert reasons(lambda: desk.ask_back(in_state(state), text="Kde?", by=consultant)) == [reason]


def test_two_ask_back_at_once(consultant: User) -> None:
    first = in_state("waiting_requester")
    second = SupportRequest.objects.get(pk=first.pk)
    desk.ask_back(first, text="Kde?", by=consultant)
    with pytest.raises(Conflict):
        desk.ask_back(second, text="Kdy?", by=consultant)


@pytest.mark.parametrize("state", State.values)
def test_a_note_is_possible_in_every_state_and_stays_inside(consultant: User, state: str) -> None:
    request = in_state(state)
    note = desk.add_note(request, text="Volat odpoledne.", by=consultant)
    request.refresh_from_db()
    assert (request.state, request.version, note.direction) == (state, 1, "note")
    assert note not in Contact.objects.for_requester()
    assert not OutgoingMail.objects.exists()


def test_a_note_is_refused_to_one_who_only_reads() -> None:
    request = SupportRequestFactory()
    assert reasons(lambda: desk.add_note(request, text="Ne.", by=UserFactory(editor=True))) == [READS_ONLY]


def test_log_contact_keeps_both_times(consultant: User) -> None:
    request = SupportRequestFactory(open=True)
    colleague, sister = UserFactory(), PersonFactory()
    yesterday = timezone.now() - timedelta(days=1)
    contact = desk.log_contact(
        request,
        direction=Direction.INBOUND,
        channel=Channel.IN_PERSON,
        text="Přišla s dcerou.",
        took_place_at=yesterday,
        minutes=30,
        place="Brno",
        person=sister,
        spoken_by=colleague,
        by=consultant,
    )
    contact.refresh_from_db()
    assert contact.took_place_at == yesterday
    assert contact.logged_at > yesterday
    assert (contact.minutes, contact.place, contact.person) == (30, "Brno", sister)
    assert (contact.spoken_by, contact.logged_by) == (colleague, consultant)
    request.refresh_from_db()
    assert (request.state, request.version) == ("open", 1)


def test_log_contact_in_the_future_is_refused(consultant: User) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    request = SupportRequestFactory(open=True)
    assert reasons(
        lambda: desk.log_contact(
            request, direction="inbound", channel="letter", text="A", took_place_at=tomorrow, by=consultant
        )
    ) == ["What has not taken place yet cannot be logged."]


def test_what_we_waited_for_came_by_phone(consultant: User) -> None:
    request = in_state("waiting_requester", waiting_since=None, due_on=None)
    contact = desk.log_contact(
        request, direction="inbound", channel="phone_in", text="V Brně.", by=consultant
    )
    request.refresh_from_db()
    assert (request.state, request.waiting_since) == ("open", contact.took_place_at)
    assert request.due_on == due_on(timezone.now())
    assert contact.person == request.requester


def test_our_call_does_not_end_the_waiting(consultant: User) -> None:
    request = in_state("waiting_requester")
    contact = desk.log_contact(
        request, direction="outbound", channel="phone_out", text="Nikdo.", by=consultant
    )
    request.refresh_from_db()
    assert (request.state, contact.person) == ("waiting_requester", None)


# Where it goes


def test_wait_for_expert_and_go_on(consultant: User) -> None:
    request = SupportRequestFactory(open=True)
    since, due = request.waiting_since, request.due_on
    desk.wait_for_expert(request, by=consultant)
    request.refresh_from_db()
    assert (request.state, request.waiting_since, request.due_on) == ("waiting_expert", since, due)
    desk.go_on(request, by=consultant)
    request.refresh_from_db()
    assert (request.state, request.waiting_since, request.due_on) == ("open", since, due)
    assert verbs_of(request) == ["request.wait_for_expert", "request.go_on"]


def test_go_on_without_the_requester_starts_the_clock(consultant: User) -> None:
    request = in_state("waiting_requester", waiting_since=None, due_on=None)
    desk.go_on(request, by=consultant)
    request.refresh_from_db()
    assert request.waiting_since is not None
    assert request.due_on == due_on(timezone.now())


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("new", NOT_TAKEN),
        ("waiting_expert", "The request already waits for an expert."),
        ("waiting_requester", "Only a request that is being worked on can wait for an expert."),
        ("answered", "Only a request that is being worked on can wait for an expert."),
    ],
)
def test_wait_for_expert_is_refused(consultant: User, state: str, reason: str) -> None:
    assert reasons(lambda: desk.wait_for_expert(in_state(state), by=consultant)) == [reason]


@pytest.mark.parametrize("state", ["new", "open", "answered", "closed"])
def test_go_on_is_refused(consultant: User, state: str) -> None:
    assert reasons(lambda: desk.go_on(in_state(state), by=consultant)) == [
        "The request does not wait for anybody."
    ]


@pytest.mark.parametrize("state", ["new", "open", "waiting_requester", "waiting_expert"])
def test_refer(consultant: User, state: str) -> None:
    request = in_state(state)
    desk.refer(request, to=" Úřad práce v Brně ", by=consultant)
    request.refresh_from_db()
    assert (request.state, request.referred_to) == ("referred", "Úřad práce v Brně")
    assert (request.waiting_since, request.due_on) == (None, None)
    assert request.closed_at is not None
    assert audit.entries_of(request).get().details == {}


def test_refer_needs_to_whom(consultant: User) -> None:
    assert reasons(lambda: desk.refer(in_state("open"), to=" ", by=consultant)) == [
        "Write to whom the request is referred."
    ]


def test_refer_what_is_answered_is_refused(consultant: User) -> None:
    assert reasons(lambda: desk.refer(in_state("answered"), to="Úřad práce", by=consultant)) == [
        "“answered” cannot become “referred elsewhere”."
    ]


@pytest.mark.parametrize("state", ["waiting_requester", "answered", "referred"])
def test_close(consultant: User, state: str) -> None:
    request = in_state(state)
    desk.close(request, by=consultant)
    request.refresh_from_db()
    assert (request.state, request.due_on, request.waiting_since) == ("closed", None, None)
    assert request.closed_at is not None
    assert verbs_of(request) == ["request.close"]


@pytest.mark.parametrize("state", ["new", "open", "waiting_expert"])
def test_close_what_has_no_answer_is_refused(consultant: User, state: str) -> None:
    assert reasons(lambda: desk.close(in_state(state), by=consultant)) == [
        "Answer it or refer it first: a request is not closed without a word."
    ]


def test_close_again_is_refused(consultant: User) -> None:
    assert reasons(lambda: desk.close(in_state("closed"), by=consultant)) == [
        "“closed” cannot become “closed”."
    ]


@pytest.mark.parametrize("state", ["new", "open"])
def test_mark_duplicate(consultant: User, state: str) -> None:
    request, first = in_state(state), in_state("open")
    desk.mark_duplicate(request, of=first, by=consultant)
    request.refresh_from_db()
    assert (request.state, request.duplicate_of) == ("duplicate", first)
    assert audit.entries_of(request).get().details == {"of": first.pk}


def test_mark_duplicate_of_what_cannot_be_first(consultant: User) -> None:
    request = in_state("open")
    duplicate = in_state("duplicate")
    assert reasons(lambda: desk.mark_duplicate(request, of=request, by=consultant)) == [
        "A request cannot be a duplicate of itself."
    ]
    assert reasons(lambda: desk.mark_duplicate(request, of=duplicate, by=consultant)) == [
        f"{duplicate.reference} is itself “duplicate”. Give the one that counts."
    ]
    assert reasons(lambda: desk.mark_duplicate(duplicate.duplicate_of, of=request, by=consultant)) == [
        "Other requests are marked as duplicates of this one."
    ]


@pytest.mark.parametrize("state", ["new", "open"])
def test_mark_spam(consultant: User, state: str) -> None:
    request = in_state(state)
    desk.mark_spam(request, by=consultant)
    request.refresh_from_db()
    assert (request.state, request.due_on) == ("spam", None)


@pytest.mark.parametrize("state", ["waiting_requester", "answered", "closed"])
def test_mark_spam_what_was_dealt_with_is_refused(consultant: User, state: str) -> None:
    request = in_state(state)
    assert reasons(lambda: desk.mark_spam(request, by=consultant)) == [
        f"“{request.get_state_display()}” cannot become “spam”."
    ]
    assert desk.reasons_against_marking_duplicate(request, by=consultant) == [
        f"“{request.get_state_display()}” cannot become “duplicate”."
    ]


@pytest.mark.parametrize("state", ["answered", "closed", "duplicate", "withdrawn", "referred", "spam"])
def test_reopen(consultant: User, state: str) -> None:
    request = in_state(state, waiting_since=None, due_on=None)
    desk.reopen(request, by=consultant)
    request.refresh_from_db()
    assert (request.state, request.assignee, request.due_on) == ("open", consultant, due_on(timezone.now()))
    assert request.waiting_since is not None
    assert (request.closed_at, request.duplicate_of, request.referred_to) == (None, None, "")


def test_reopen_gives_it_back(consultant: User) -> None:
    before = UserFactory()
    request = in_state("closed", assignee=before)
    desk.reopen(request, by=consultant)
    request.refresh_from_db()
    assert request.assignee == before


def test_reopen_does_not_give_it_to_one_who_left(consultant: User) -> None:
    request = in_state("closed", assignee=UserFactory(is_active=False))
    desk.reopen(request, by=consultant)
    request.refresh_from_db()
    assert request.assignee == consultant


@pytest.mark.parametrize("state", ["new", "open", "waiting_requester", "waiting_expert"])
def test_reopen_what_is_open_is_refused(consultant: User, state: str) -> None:
    assert reasons(lambda: desk.reopen(in_state(state), by=consultant)) == ["The request is not closed."]


MOVES = {
    "take": ("new", lambda row, by: desk.take(row, by=by)),
    "assign": ("open", lambda row, by: desk.assign(row, to=UserFactory(), by=by)),
    "answer": ("open", lambda row, by: desk.answer(row, text="Ano.", by=by)),
    "add_to_answer": ("answered", lambda row, by: desk.add_to_answer(row, text="Ano.", by=by)),
    "ask_back": ("open", lambda row, by: desk.ask_back(row, text="Kde?", by=by)),
    "wait_for_expert": ("open", lambda row, by: desk.wait_for_expert(row, by=by)),
    "go_on": ("waiting_expert", lambda row, by: desk.go_on(row, by=by)),
    "refer": ("open", lambda row, by: desk.refer(row, to="Obec", by=by)),
    "close": ("answered", lambda row, by: desk.close(row, by=by)),
    "mark_duplicate": ("open", lambda row, by: desk.mark_duplicate(row, of=in_state("open"), by=by)),
    "mark_spam": ("open", lambda row, by: desk.mark_spam(row, by=by)),
    "reopen": ("closed", lambda row, by: desk.reopen(row, by=by)),
}


@pytest.mark.parametrize("name", MOVES)
def test_of_two_stale_copies_one_wins(consultant: User, name: str) -> None:
    state, verb = MOVES[name]
    first = in_state(state)
    second = SupportRequest.objects.get(pk=first.pk)
    verb(first, consultant)
    entries = audit.entries_of(first).count()
    with pytest.raises(Conflict):
        verb(second, consultant)
    assert audit.entries_of(first).count() == entries


@pytest.mark.parametrize("name", MOVES)
def test_an_editor_is_refused_everything(name: str) -> None:
    state, verb = MOVES[name]
    request = in_state(state)
    with pytest.raises(Refused):
        verb(request, UserFactory(editor=True))
    request.refresh_from_db()
    assert (request.state, request.version) == (state, 1)


def test_an_answer_is_not_late_for_a_note(consultant: User) -> None:
    first = SupportRequestFactory(open=True, due_on=date(2026, 12, 7))
    second = SupportRequest.objects.get(pk=first.pk)
    desk.add_note(first, text="Volala.", by=consultant)
    ContactFactory(request=first)
    desk.answer(second, text="Ano.", by=consultant)
    second.refresh_from_db()
    assert second.state == "answered"


def test_a_home_at_risk_does_not_get_lost_in_a_duplicate(consultant: User) -> None:
    request, first = SupportRequestFactory(home_loss="days"), SupportRequestFactory()
    assert reasons(lambda: desk.mark_duplicate(request, of=first, by=consultant)) == [
        f"Somebody loses a home here. Write it into {first.reference} first, or merge the two."
    ]
    SupportRequest.objects.filter(pk=first.pk).update(home_loss="later")
    first.refresh_from_db()
    desk.mark_duplicate(request, of=first, by=consultant)
    assert request.state == "duplicate"
