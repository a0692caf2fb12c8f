"""What nobody of us has read: which verbs say so, who reads it, and that reading is in nobody's way."""

from typing import Any

import pytest

from accounts.models import User
from accounts.permissions import Role
from consultations.intake.actions.requester import Intake, receive, reply, withdraw
from consultations.models import SupportRequest
from consultations.related.actions.merge import merge, undo_merge
from consultations.related.actions.split import split
from consultations.requests.actions import desk, unread
from core import audit
from core.states import Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, SupportRequestFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def me() -> User:
    return UserFactory()


def is_unread(request: SupportRequest) -> bool:
    return SupportRequest.objects.unread().filter(pk=request.pk).exists()


def intake(**more: Any) -> Intake:
    return Intake(requester_kind="person", subject="Byt", text="Prosím o radu.", name="Jana", **more)


def test_what_comes_in_is_unread_and_what_a_colleague_writes_down_is_not(me: User) -> None:
    assert is_unread(receive(intake(), by=None))
    assert not is_unread(receive(intake(channel="phone_in"), by=me))


@pytest.mark.parametrize("state", [{"open": True}, {"answered": True}, {"state": "waiting_requester"}])
def test_a_reply_is_unread(state: dict[str, Any]) -> None:
    request = SupportRequestFactory(**state)
    reply(request, text="Ještě něco.", by=None)
    assert is_unread(request)


def test_a_reply_long_after_the_end_is_unread_where_it_goes_on() -> None:
    old = SupportRequestFactory(closed=True, closed_at="2020-01-01T00:00Z")
    contact = reply(SupportRequest.objects.get(pk=old.pk), text="Ještě něco.", by=None)
    assert (is_unread(old), is_unread(contact.request)) == (False, True)


@pytest.mark.parametrize("say", [desk.answer, desk.ask_back, desk.add_note])
def test_whoever_writes_has_read(me: User, say: Any) -> None:
    request = SupportRequestFactory(open=True, assignee=me, has_unread=True)
    say(request, text="Dobrý den", by=me)
    assert not is_unread(request)
    assert not request.has_unread


def test_a_note_from_a_page_older_than_the_words_does_not_read_them(me: User) -> None:
    request = SupportRequestFactory(open=True, assignee=me)
    page = request.version
    reply(request, text="Ještě něco.", by=None)
    desk.add_note(request, text="Volám jí.", by=me, version=page)
    assert is_unread(request)
    desk.add_note(request, text="Volám jí.", by=me, version=request.version)
    assert not is_unread(request)


def test_what_is_set_aside_as_spam_waits_for_no_reader(me: User) -> None:
    request = SupportRequestFactory(has_unread=True)
    desk.mark_spam(request, by=me)
    assert not is_unread(request)


def test_who_withdraws_may_have_written_something_before() -> None:
    request = SupportRequestFactory(open=True, has_unread=True)
    withdraw(request, by=None)
    assert is_unread(request)


def test_reading_makes_nobodys_form_late(me: User) -> None:
    request = SupportRequestFactory(open=True, has_unread=True)
    before = request.version
    unread.read(request, by=me, version=before)
    request.refresh_from_db()
    assert (request.has_unread, request.version) == (False, before)
    assert not audit.entries_of(request).exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_who_does_not_answer_does_not_take_it_from_those_who_do(role: Role) -> None:
    request = SupportRequestFactory(open=True, has_unread=True)
    unread.read(request, by=UserFactory(role=role))
    assert is_unread(request)
    for verb in (unread.mark_read, unread.mark_unread):
        with pytest.raises(Refused):
            verb(request, by=UserFactory(role=role))


def test_an_older_page_reads_nothing(me: User) -> None:
    request = SupportRequestFactory(open=True)
    page = request.version
    reply(request, text="Ještě něco.", by=None)
    unread.read(request, by=me, version=page)
    assert is_unread(request)


def test_by_a_button_it_is_read_and_unread_again(me: User) -> None:
    request = SupportRequestFactory(open=True)
    unread.mark_unread(request, by=me)
    assert is_unread(request)
    unread.mark_read(request, by=me)
    assert not is_unread(request)
    assert [row.verb for row in audit.entries_of(request)] == ["request.mark_unread", "request.mark_read"]


def test_unread_words_go_where_their_request_is_merged_and_stay_unread_on_both_after(me: User) -> None:
    request = SupportRequestFactory(open=True, has_unread=True)
    into = SupportRequestFactory(open=True, requester=request.requester)
    done = merge(request, into=into, by=me)
    assert (is_unread(request), is_unread(into)) == (False, True)
    undo_merge(done, by=me)
    assert (is_unread(request), is_unread(into)) == (True, True)


def test_what_is_split_off_an_unread_request_is_unread_too(me: User) -> None:
    request = SupportRequestFactory(open=True, has_unread=True)
    second = ContactFactory(request=request)
    new = split(request, contacts=[second], subject="Jiná věc", by=me)
    assert (is_unread(request), is_unread(new)) == (True, True)
