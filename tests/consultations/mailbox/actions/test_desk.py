"""What a person does with mail that could not be placed by itself."""

from typing import Any

import pytest

from accounts.models import User
from consultations.choices import Channel, State
from consultations.mailbox.actions import desk
from consultations.mailbox.actions.incoming import place, store
from consultations.models import CameBy, Contact, IncomingMail, MailState, SupportRequest
from core.letters.letter import Unreadable
from core.outbox.dead_addresses import is_dead, mark
from core.states import Conflict
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory, SupportRequestFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

READS = "Your role reads mail but does not place it."
SETTLED = "Nothing is to be decided about this message any more."


def come(subject: str = "Dotaz", **headers: str) -> IncomingMail:
    """Let a message of Petr come, read and placed as far as it can be."""
    head = {"From": "Petr Novotný <petr@example.org>", "Subject": subject, "Message-ID": "<1@example.org>"}
    lines = [f"{name}: {value}" for name, value in {**head, **headers}.items()]
    mail = store("\n".join([*lines, "", "Posílám smlouvu.", ""]).encode(), came_by=CameBy.IMAP)
    place(mail)
    return mail


def anew(mail: IncomingMail) -> IncomingMail:
    return IncomingMail.objects.get(pk=mail.pk)


@pytest.fixture
def me() -> User:
    return UserFactory()


@pytest.fixture
def case() -> SupportRequest:
    return SupportRequestFactory(open=True, requester=PersonFactory(name="Jana", email="jana@example.org"))


@pytest.fixture
def held(case: SupportRequest) -> IncomingMail:
    """A message of a stranger that names a request and waits for a decision."""
    mail = come(case.reference)
    assert mail.state == MailState.HELD
    return mail


@pytest.fixture
def failed(settings: Any) -> IncomingMail:
    """A message that could not be read when it came, and can be now."""
    most, settings.MAIL_MAX_BYTES = settings.MAIL_MAX_BYTES, 10
    mail = come()
    settings.MAIL_MAX_BYTES = most
    assert (mail.state, mail.last_error) == (MailState.FAILED, "too-large")
    return mail


class TestPlacing:
    def test_it_stands_on_the_request_as_its_senders_and_adds_nobody(self, me, case, held):
        version = case.version
        contact = desk.place_by_hand(held, request=case, by=me)
        row = anew(held)
        assert (row.state, row.request, row.contact, row.settled_by) == (MailState.PLACED, case, contact, me)
        assert (contact.text, contact.channel, contact.logged_by) == ("Posílám smlouvu.", Channel.EMAIL, me)
        assert (contact.person.name, contact.person.email) == ("Petr Novotný", "petr@example.org")
        assert not case.participants.exists()
        assert SupportRequest.objects.get(pk=case.pk).version == version + 1
        assert written(held)[-1] == ("mail.place_by_hand", me.pk, {"request": case.pk})

    @pytest.mark.parametrize("who", ["somebody known", "the requester"])
    def test_who_is_known_is_not_written_down_anew(self, me, case, held, who):
        person = PersonFactory(email="petr@example.org") if who == "somebody known" else case.requester
        if who == "the requester":
            type(person).objects.filter(pk=person.pk).update(email="Petr@example.org")
            case = SupportRequest.objects.get(pk=case.pk)
        assert desk.place_by_hand(held, request=case, by=me).person == person

    def test_it_is_refused(self, me, case, held, failed):
        assert refusal(desk.place_by_hand, held, request=case, by=UserFactory(editor=True)) == [READS]
        assert refusal(desk.place_by_hand, failed, request=case, by=me) == [
            "The message could not be read. Read it again first."
        ]
        spam = SupportRequestFactory(state=State.SPAM)
        assert refusal(desk.place_by_hand, held, request=spam, by=me) == [
            "We do not deal with this request. If that is a mistake, ask us anew."
        ]
        desk.place_by_hand(held, request=case, by=me)
        assert refusal(desk.place_by_hand, held, request=case, by=me) == [SETTLED]
        assert case.contacts.filter(text="Posílám smlouvu.").count() == 1

    @pytest.mark.parametrize("verb", ["place_by_hand", "make_request"])
    def test_what_cannot_be_read_any_more_stays_where_it_is(self, me, case, held, settings, verb):
        settings.MAIL_MAX_BYTES = 10
        where = {"request": case} if verb == "place_by_hand" else {}
        with pytest.raises(Unreadable):
            getattr(desk, verb)(held, **where, by=me)
        assert anew(held).state == MailState.HELD

    def test_of_two_who_decide_one_wins(self, me, case, held):
        theirs = anew(held)
        made = desk.make_request(held, by=UserFactory())
        with pytest.raises(Conflict):
            desk.place_by_hand(theirs, request=case, by=me)
        assert Contact.objects.filter(message_id="<1@example.org>").get().request == made


class TestMakingARequest:
    def test_it_begins_with_the_message(self, me, held):
        request = desk.make_request(held, by=me)
        row = anew(held)
        assert (row.state, row.request, row.contact) == (MailState.PLACED, request, request.contacts.get())
        assert (request.state, request.created_by, request.channel) == (State.NEW, me, Channel.EMAIL)
        assert (request.requester.email, request.contacts.get().text) == (
            "petr@example.org",
            "Posílám smlouvu.",
        )
        assert written(held)[-1] == ("mail.make_request", me.pk, {"request": request.pk})

    def test_it_is_refused(self, me, held, failed):
        assert refusal(desk.make_request, held, by=UserFactory(administrator=True)) == [READS]
        assert refusal(desk.make_request, failed, by=me) == [
            "The message could not be read. Read it again first."
        ]
        desk.discard(held, by=me, reason="Reklama")
        assert refusal(desk.make_request, held, by=me) == [SETTLED]
        assert SupportRequest.objects.count() == 1

    def test_what_a_machine_wrote_can_become_one(self, me):
        mail = come(**{"Auto-Submitted": "auto-replied"})
        assert mail.state == MailState.MACHINE
        assert desk.make_request(mail, by=me).requester.email == "petr@example.org"


class TestDiscarding:
    def test_it_is_kept_with_its_reason_until_that_is_undone(self, me, held):
        desk.discard(held, by=me, reason="Reklama")
        row = anew(held)
        assert (row.state, row.reason, row.settled_by) == (MailState.DISCARDED, "Reklama", me)
        desk.undo_discard(row, by=me)
        row = anew(held)
        assert (row.state, row.reason, row.settled_by, row.settled_at) == (MailState.HELD, "", None, None)
        assert written(held)[-2:] == [("mail.discard", me.pk, {}), ("mail.undo_discard", me.pk, {})]

    def test_what_could_not_be_read_fails_again(self, me, failed):
        desk.discard(failed, by=me, reason="Reklama")
        desk.undo_discard(failed, by=me)
        assert anew(failed).state == MailState.FAILED

    def test_it_is_refused(self, me, case, held):
        editor = UserFactory(editor=True)
        assert refusal(desk.discard, held, by=editor, reason="Reklama") == [READS]
        not_discarded = "The message is not discarded."
        assert refusal(desk.undo_discard, held, by=editor) == [READS, not_discarded]
        assert refusal(desk.undo_discard, held, by=me) == [not_discarded]
        desk.place_by_hand(held, request=case, by=me)
        assert refusal(desk.discard, held, by=me, reason="Reklama") == [SETTLED]
        assert anew(held).state == MailState.PLACED

    def test_what_a_colleague_has_settled_is_not_discarded(self, me, case, held):
        theirs = anew(held)
        desk.place_by_hand(held, request=case, by=UserFactory())
        with pytest.raises(Conflict):
            desk.discard(theirs, by=me, reason="Reklama")
        assert anew(held).reason == ""


class TestReadingAgain:
    def test_it_is_placed_as_if_it_came_now(self, me, failed):
        assert desk.read_again(failed, by=me) == failed
        row = anew(failed)
        assert (row.state, row.last_error, row.sender) == (MailState.PLACED, "", "petr@example.org")
        assert row.request.subject == "Dotaz"
        assert [verb for verb, by, _details in written(failed) if by == me.pk] == ["mail.read_again"]

    def test_what_cannot_be_read_still_is_put_aside_again(self, me, failed, settings):
        settings.MAIL_MAX_BYTES = 10
        desk.read_again(failed, by=me)
        assert (anew(failed).state, anew(failed).last_error) == (MailState.FAILED, "too-large")

    def test_it_is_refused(self, me, case, held):
        assert refusal(desk.read_again, held, by=UserFactory(editor=True)) == [READS]
        desk.place_by_hand(held, request=case, by=me)
        assert refusal(desk.read_again, held, by=me) == [SETTLED]

    def test_what_a_colleague_has_settled_is_not_read_again(self, me, case, held):
        theirs = anew(held)
        desk.place_by_hand(held, request=case, by=UserFactory())
        with pytest.raises(Conflict):
            desk.read_again(theirs, by=me)
        assert anew(held).state == MailState.PLACED


def test_a_dead_address_is_written_to_again_when_a_person_says_so(me):
    row = mark("jana@example.org", "5.1.1")
    assert refusal(desk.revive, "jana@example.org", by=UserFactory(editor=True)) == [READS]
    assert is_dead("jana@example.org")
    assert desk.revive(" Jana@example.org", by=me)
    assert not is_dead("jana@example.org")
    assert not desk.revive("jana@example.org", by=me)
    assert row.status == "5.1.1"
