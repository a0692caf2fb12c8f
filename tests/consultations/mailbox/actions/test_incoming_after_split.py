"""What comes by mail after requests were merged or split is where a person would look for it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.choices import State
from consultations.mailbox.actions.incoming import place, store
from consultations.mailbox.placement import decide
from consultations.models import CameBy, Contact, IncomingMail, Rearrangement, SupportRequest
from consultations.related.actions.merge import merge, undo_merge
from consultations.related.actions.split import split, undo_split
from consultations.requests.actions import desk
from core.letters.letter import read
from core.outbox import tokens
from core.outbox.mail import OutgoingMail
from tests import mails
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, SupportRequestFactory
from tests.mails import World, build_world

pytestmark = pytest.mark.django_db


class Post:
    """Jana's requests, and her mail about them."""

    def __init__(self, world: World) -> None:
        self.by = UserFactory()
        self.first = world.requests["jana"]
        self.jana = self.first.requester
        self.sent = 0

    def write(self, text: str, *, to_box: str = "", **headers: str) -> IncomingMail:
        """Let a mail of Jana's come to the signed address of a request; return what became of it."""
        self.sent += 1
        told = {
            "from": "jana@example.com",
            "to": to_box or self.box(self.first),
            "subject": "Re: Kauce",
            "message_id": f"<{self.sent}@mail.example.com>",
            **headers,
        }
        lines = [f"{name.replace('_', '-').title()}: {value}" for name, value in told.items()]
        raw = "\r\n".join([*lines, "Content-Type: text/plain; charset=utf-8", "", text, ""]).encode()
        mail = store(raw, came_by=CameBy.IMAP)
        place(mail)
        mail.refresh_from_db()
        return mail

    def box(self, request: SupportRequest) -> str:
        return tokens.reply_address(request.pk, self.jana.email)

    def answer(self, text: str) -> Contact:
        return desk.answer(fresh(self.first), text=text, by=self.by)

    def split(self, *contacts: Contact) -> SupportRequest:
        return split(fresh(self.first), contacts=contacts, subject="Dluh", by=self.by)


def fresh(request: SupportRequest) -> SupportRequest:
    return SupportRequest.objects.get(pk=request.pk)


def texts(request: SupportRequest) -> list[str]:
    return list(request.contacts.order_by("pk").values_list("text", flat=True))


@pytest.fixture
def post(settings: Any) -> Post:
    for name, value in mails.SETTINGS.items():
        setattr(settings, name, value)
    return Post(build_world())


def test_a_reply_follows_the_message_that_it_answers(post: Post) -> None:
    gone, stayed = post.write("Mám i dluh.").contact, post.write("A kauce?").contact
    new = post.split(gone)

    follows = post.write("K dluhu.", in_reply_to=gone.message_id, references=stayed.message_id)
    remains = post.write("Ke kauci.", in_reply_to=stayed.message_id, references=gone.message_id)

    assert (follows.why, follows.request, follows.contact.request) == ("split-off", new, new)
    assert (remains.why, remains.request) == ("sign", post.first)
    assert texts(new) == ["Mám i dluh.", "K dluhu."]


def test_a_reply_to_an_answer_of_ours_that_was_split_off_follows_it(post: Post) -> None:
    answer = post.answer("O dluhu jinak.")
    ours = answer.sent_as.message_id
    new = post.split(answer)

    by_address = post.write("Děkuji.", in_reply_to=ours)
    plain = {"to_box": "centrum@centrum.example.org", "subject": f"Re: {answer.sent_as.subject}"}
    by_reference = post.write("Ještě.", in_reply_to=ours, **plain)

    assert (by_address.request, by_reference.request) == (new, new)


def test_the_newest_message_that_is_known_decides(post: Post) -> None:
    gone = post.write("Mám i dluh.").contact
    new = post.split(gone)
    stayed = "<prvni.jana@mail.example.com>"

    newer = post.write("1", in_reply_to="<cizi@example.net>", references=f"{stayed} {gone.message_id}")
    older = post.write("2", in_reply_to="<cizi@example.net>", references=f"{gone.message_id} {stayed}")
    none = post.write("3")

    assert [mail.request for mail in (newer, older, none)] == [new, post.first, post.first]


def test_a_reply_to_our_receipt_stays_although_it_refers_to_what_went(post: Post) -> None:
    gone = post.write("Mám i dluh.").contact
    post.split(gone)
    receipt = tokens.message_id(post.first.pk, post.jana.email)

    reply = post.write("Díky.", in_reply_to=receipt, references=f"{gone.message_id} {receipt}")

    assert reply.request == post.first


def test_after_the_split_is_undone_a_reply_goes_to_the_first_again(post: Post) -> None:
    gone = post.write("Mám i dluh.").contact
    new = post.split(gone)
    post.write("K dluhu.", in_reply_to=gone.message_id)
    undo_split(Rearrangement.objects.get(), by=post.by)

    reply = post.write("A ještě.", in_reply_to=gone.message_id)

    assert (reply.why, reply.request) == ("sign", post.first)
    assert texts(post.first)[-3:] == ["Mám i dluh.", "K dluhu.", "A ještě."]
    assert texts(new) == []


def test_a_reply_follows_through_two_splits_and_a_merge(post: Post) -> None:
    one, two = post.write("Dluh.").contact, post.write("Exekuce.").contact
    middle = post.split(one, two)
    last = split(fresh(middle), contacts=[two], subject="Exekuce", by=post.by)
    other = SupportRequestFactory(open=True, requester=post.jana)
    merge(fresh(last), into=other, by=post.by)

    reply = post.write("K exekuci.", in_reply_to=two.message_id)

    assert (reply.request, reply.contact.came_to) == (other, last)


def test_splits_without_end_raise_no_number_of_queries(post: Post) -> None:
    gone = post.write("Dluh.").contact
    place = post.split(gone)
    for _round in range(7):
        ContactFactory(request=place)
        place = split(fresh(place), contacts=[gone], subject="Dluh", by=post.by)
    raw = (
        f"From: jana@example.com\r\nTo: {post.box(post.first)}\r\n"
        f"Subject: x\r\nIn-Reply-To: {gone.message_id}\r\n\r\nK dluhu.\r\n"
    )
    found = read(raw.encode())

    with CaptureQueriesContext(connection) as queries:
        decision = decide(found)

    # Further back than anybody splits, the sign alone counts.
    assert (decision.request, len(queries) <= 30) == (post.first, True)


def test_whoever_is_not_known_on_the_new_request_does_not_get_there(post: Post) -> None:
    gone = post.write("Mám i dluh.").contact
    new = post.split(gone)
    SupportRequest.objects.filter(pk=new.pk).update(requester=SupportRequestFactory().requester)

    assert post.write("K dluhu.", in_reply_to=gone.message_id).request == post.first


def test_a_forged_sender_does_not_get_there_either(post: Post) -> None:
    gone = post.write("Mám i dluh.").contact
    new = post.split(gone)

    forged = post.write("Pošlete to mně.", **{"from": "cizi@example.org", "in_reply_to": gone.message_id})

    assert forged.request is None
    assert texts(new) == ["Mám i dluh."]


def test_what_a_machine_says_to_a_message_that_went_is_noted_there(post: Post) -> None:
    gone = post.answer("O dluhu jinak.")
    new = post.split(gone)

    mail = post.write("Nejsem tu.", in_reply_to=gone.sent_as.message_id, auto_submitted="auto-replied")

    assert mail.contact.request == new


def test_merge_reply_by_mail_undo_and_everything_is_in_its_place(post: Post) -> None:
    other = SupportRequestFactory(open=True, requester=post.jana, with_contact=False)
    ContactFactory(request=other, person=post.jana, text="Jiná věc.")
    before = texts(post.first)
    done = merge(fresh(post.first), into=other, by=post.by)

    to_merged = post.write("K první.", in_reply_to="<prvni.jana@mail.example.com>")
    to_survivor = post.write("K druhé.", to_box=post.box(other))
    assert (to_merged.why, to_merged.request) == ("merged", other)
    assert texts(other) == [*before, "Jiná věc.", "K první.", "K druhé."]
    assert texts(post.first) == []
    undo_merge(Rearrangement.objects.get(pk=done.pk), by=post.by)

    assert texts(post.first) == [*before, "K první."]
    assert texts(other) == ["Jiná věc.", "K druhé."]
    assert (to_survivor.request, fresh(post.first).state) == (other, State.OPEN)
    assert post.write("Dál k první.", in_reply_to=to_merged.contact.message_id).request == post.first
    assert not OutgoingMail.objects.exists()
