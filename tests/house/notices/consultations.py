"""Whom requests tell: what comes in, what the desk does, what is merged."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from consultations.choices import Channel, Direction, HomeLoss, State
from consultations.desk.actions import bulk
from consultations.intake.actions import log, rating, requester
from consultations.intake.actions.requester import Intake
from consultations.mailbox.actions import desk as mailbox
from consultations.mailbox.actions import incoming
from consultations.models import CameBy, IncomingMail, MailState, Rearrangement, SupportRequest
from consultations.related.actions import merge, several, split
from consultations.requests.actions import desk, details
from tests.factories.consultations import (
    ContactFactory,
    SupportRequestFactory,
    TopicFactory,
)
from tests.house.notices import forget, tells
from tests.worlds.notices import World

# A request comes in -----------------------------------------------------------------

DESK = "consultations.requests.actions.desk"
DETAILS = "consultations.requests.actions.details"
ASKING = "consultations.intake.actions.requester"
MAIL = "consultations.mailbox.actions"
RELATED = "consultations.related.actions"


def an_intake(world: World, **fields: Any) -> Intake:
    usual = {"requester_kind": "person", "subject": "Byt", "text": "Kde mohu požádat?", "topic": world.topic}
    return Intake(**{**usual, **fields})


@tells(f"{ASKING}.receive", duty="requests/new", topical="requests/on_topic")
def _(world):
    requester.receive(an_intake(world), by=None)


@tells(f"{ASKING}.receive", "its words say so", duty="requests/home_at_risk", topical="requests/on_topic")
def _(world):
    requester.receive(an_intake(world, text="Zítra nás vystěhují z bytu."), by=None)


@tells(f"{ASKING}.receive", "a home is at risk", duty="requests/home_at_risk", topical="requests/on_topic")
def _(world):
    day = timezone.localdate() + timedelta(days=5)
    requester.receive(an_intake(world, home_at_risk_by=day), by=None)


@tells("consultations.intake.actions.log.log_request", duty="requests/new", topical="requests/on_topic")
def _(world):
    log.log_request(an_intake(world, channel=Channel.PHONE_IN), by=world.me)


@tells("consultations.intake.actions.log.log_request", "answered on the spot")
def _(world):
    intake = an_intake(world, channel=Channel.PHONE_IN)
    log.log_request(intake, by=world.me, said="Na úřadě.", is_answered=True)


# What who asked does afterwards -----------------------------------------------------


@tells(f"{ASKING}.reply", holder="requests/reply", deputy="requests/reply", watcher="requests/reply")
def _(world):
    requester.reply(world.request, text="Ještě něco.", by=world.asker)


AT_RISK = {
    "duty": "requests/home_at_risk",
    "holder": "requests/home_at_risk",
    "deputy": "requests/home_at_risk",
}


@tells(f"{ASKING}.reply", "its words say that a home is lost", **AT_RISK, watcher="requests/reply")
def _(world):
    requester.reply(world.request, text="Zítra nás vystěhují.", by=None)


@tells(f"{ASKING}.reply", "a home is at risk", **AT_RISK, watcher="requests/reply")
def _(world):
    requester.reply(world.request, text="A pak?", by=None, home={"home_loss": HomeLoss.DAYS})


@tells(f"{ASKING}.reply", "nobody has it", duty="requests/reply")
def _(world):
    requester.reply(world.new(), text="Ještě něco.", by=None)


@tells(f"{ASKING}.reply", "whoever had it answers no more", duty="requests/reply")
def _(world):
    requester.reply(world.new(state="open", assignee=world.gone), text="Ještě něco.", by=None)


@tells(
    f"{ASKING}.reply",
    "it was closed",
    holder="requests/reopened",
    deputy="requests/reopened",
    watcher="requests/reopened",
)
def _(world):
    SupportRequest.objects.update(state=State.CLOSED, closed_at=timezone.now())
    requester.reply(SupportRequest.objects.get(), text="Ještě něco.", by=None)


@tells(f"{ASKING}.reply", "a new one goes on from it", duty="requests/reopened")
def _(world):
    closed = world.new(state=State.CLOSED, closed_at=timezone.now() - timedelta(days=400))
    requester.reply(closed, text="Ještě něco.", by=None)


@tells(
    f"{ASKING}.withdraw",
    holder="requests/withdrawn",
    deputy="requests/withdrawn",
    watcher="requests/withdrawn",
)
def _(world):
    requester.withdraw(world.request, by=world.asker)


@tells(
    f"{ASKING}.ask_deletion",
    holder="requests/deletion_asked",
    deputy="requests/deletion_asked",
    watcher="requests/deletion_asked",
)
def _(world):
    requester.ask_deletion(world.request, by=None)


@tells(
    "consultations.intake.actions.rating.rate",
    holder="requests/rated",
    deputy="requests/rated",
    watcher="requests/rated",
)
def _(world):
    SupportRequest.objects.update(state=State.ANSWERED, answered_at=timezone.now())
    rating.rate(SupportRequest.objects.get(), value="helped", by=None)


# Mail ---------------------------------------------------------------------------------


def a_mail(
    subject: str = "Dotaz", *, sender: str = "Jan <jan@example.org>", text: str = "Kde?"
) -> IncomingMail:
    head = f"From: {sender}\nTo: portal@example.org\nSubject: {subject}\nMessage-ID: <one@example.org>"
    return incoming.store(f"{head}\n\n{text}\n".encode(), came_by=CameBy.IMAP)


def held(world: World) -> IncomingMail:
    return IncomingMail.objects.create(**_stored(a_mail(), state=MailState.HELD))


def _stored(mail: IncomingMail, **fields: Any) -> dict[str, Any]:
    values = {"key": mail.key, "size": mail.size, "came_by": mail.came_by, "digest": "x" * 64, **fields}
    mail.delete()
    return values


@tells(f"{MAIL}.incoming.store", "too large", duty="mailbox/held")
def _(world):
    a_mail(text="x" * 60_000_000)


@tells(f"{MAIL}.incoming.place", duty="requests/new")
def _(world):
    incoming.place(a_mail())


@tells(f"{MAIL}.incoming.place", "nobody can tell where it belongs", duty="mailbox/held")
def _(world):
    incoming.place(a_mail(world.request.reference))


@tells(f"{MAIL}.incoming.place_waiting", duty="requests/new")
def _(world):
    a_mail()
    incoming.place_waiting()


@tells(
    f"{MAIL}.desk.place_by_hand",
    holder="requests/reply",
    deputy="requests/reply",
    watcher="requests/reply",
)
def _(world):
    mailbox.place_by_hand(held(world), request=world.request, by=world.me)


@tells(f"{MAIL}.desk.make_request", duty="requests/new")
def _(world):
    mailbox.make_request(held(world), by=world.me)


@tells(f"{MAIL}.desk.read_again", duty="requests/new")
def _(world):
    mailbox.read_again(held(world), by=world.me)


# The desk -----------------------------------------------------------------------------


@tells(
    f"{DESK}.assign",
    colleague="requests/assigned",
    holder="requests/taken_over",
)
def _(world):
    desk.assign(world.request, to=world.colleague, by=world.me)


@tells(f"{DESK}.assign", "to somebody away", holder="requests/assigned", deputy="requests/stand_in")
def _(world):
    desk.assign(world.new(), to=world.holder, by=world.me)


@tells(f"{DESK}.take", holder="requests/taken_over")
def _(world):
    desk.take(world.request, by=world.me)


@tells(f"{DESK}.take", "nobody had it")
def _(world):
    desk.take(world.new(), by=world.me)


FOLLOWED = {"holder": "requests/answered", "deputy": "requests/answered", "watcher": "requests/answered"}


@tells(f"{DESK}.answer", **FOLLOWED, asker="requests/from_centre")
def _(world):
    desk.answer(world.request, text="Ano.", by=world.me)


@tells(f"{DESK}.answer", "to somebody without an account")
def _(world):
    desk.answer(SupportRequestFactory(open=True, assignee=world.me), text="Ano.", by=world.me)


@tells(f"{DESK}.add_to_answer", **FOLLOWED, asker="requests/from_centre")
def _(world):
    SupportRequest.objects.update(state=State.ANSWERED, answered_at=timezone.now())
    desk.add_to_answer(SupportRequest.objects.get(), text="A ještě.", by=world.me)


@tells(f"{DESK}.ask_back", asker="requests/from_centre")
def _(world):
    desk.ask_back(world.request, text="Kdy?", by=world.me)


@tells(f"{DESK}.add_note")
def _(world):
    desk.add_note(world.request, text="Bez zmínky.", by=world.me)


@tells(
    f"{DESK}.add_note",
    "colleagues are mentioned, officials and who has left are not",
    mentioned="requests/mentioned",
    holder="requests/mentioned",
    deputy="requests/stand_in",
)
def _(world):
    desk.add_note(world.request, text="@Mentioned @holder @asker @gone @me", by=world.me)


@tells(
    f"{DESK}.log_contact",
    "they called",
    holder="requests/reply",
    deputy="requests/reply",
    watcher="requests/reply",
)
def _(world):
    said = {"channel": Channel.PHONE_IN, "text": "Volali."}
    desk.log_contact(world.request, direction=Direction.INBOUND, **said, by=world.me)


@tells(f"{DESK}.log_contact", "we called", asker="requests/from_centre")
def _(world):
    said = {"channel": Channel.PHONE_OUT, "text": "Volali jsme."}
    desk.log_contact(world.request, direction=Direction.OUTBOUND, **said, by=world.me)


ENDED = {"holder": "requests/ended", "deputy": "requests/ended", "watcher": "requests/ended"}


@tells(f"{DESK}.refer", **ENDED)
def _(world):
    desk.refer(world.request, to="Úřad práce", by=world.me)


@tells(f"{DESK}.close", **ENDED)
def _(world):
    SupportRequest.objects.update(state=State.ANSWERED)
    desk.close(SupportRequest.objects.get(), by=world.me)


@tells(f"{DESK}.mark_duplicate", **ENDED)
def _(world):
    desk.mark_duplicate(world.request, of=world.new(), by=world.me)


@tells(f"{DESK}.mark_spam", **ENDED)
def _(world):
    desk.mark_spam(world.request, by=world.me)


@tells(f"{DESK}.reopen", holder="requests/assigned", deputy="requests/stand_in")
def _(world):
    SupportRequest.objects.update(state=State.CLOSED, closed_at=timezone.now())
    desk.reopen(SupportRequest.objects.get(), by=world.me)


@tells(f"{DETAILS}.edit_details")
def _(world):
    details.edit_details(world.request, details={"subject": "Jinak"}, by=world.me)


@tells(f"{DETAILS}.edit_details", "a home is at risk", **AT_RISK)
def _(world):
    details.edit_details(world.request, details={"home_loss": HomeLoss.DAYS}, by=world.me)


@tells(f"{DETAILS}.edit_details", "the day has come nearer", **AT_RISK)
def _(world):
    today = timezone.localdate()
    case = world.new(state="open", assignee=world.holder, home_at_risk_by=today + timedelta(days=20))
    details.edit_details(case, details={"home_at_risk_by": today + timedelta(days=3)}, by=world.me)


@tells(f"{DETAILS}.edit_details", "the day is later")
def _(world):
    today = timezone.localdate()
    case = world.new(state="open", assignee=world.holder, home_at_risk_by=today + timedelta(days=3))
    details.edit_details(case, details={"home_at_risk_by": today + timedelta(days=20)}, by=world.me)


@tells(f"{DETAILS}.set_topic", topical="requests/on_topic")
def _(world):
    details.set_topic(world.new(topic=TopicFactory()), topic=world.topic, by=world.me)


@tells("consultations.desk.actions.bulk.do", colleague="requests/assigned", holder="requests/taken_over")
def _(world):
    bulk.do("assign", [(world.request, world.request.version)], by=world.me, to=world.colleague)


@tells("consultations.desk.actions.bulk.undo")
def _(world):
    rows = [(world.new(topic=None), 1)]
    done = bulk.do("topic", rows, by=world.me, topic=TopicFactory()).action
    bulk.undo(done, by=world.me)


# Two requests ---------------------------------------------------------------------------

MOVED = {
    "holder": "requests/rearranged",
    "deputy": "requests/rearranged",
    "watcher": "requests/rearranged",
}


@tells(f"{RELATED}.merge.merge", **MOVED)
def _(world):
    merge.merge(world.request, into=world.new(), by=world.me)


@tells(f"{RELATED}.merge.undo_merge", **MOVED)
def _(world):
    done = merge.merge(world.request, into=world.new(), by=world.me)
    forget()
    merge.undo_merge(done, by=world.me)


@tells(f"{RELATED}.split.split", **MOVED)
def _(world):
    contact = ContactFactory(request=world.request)
    split.split(world.request, contacts=[contact], subject="Jiné", by=world.me)


@tells(f"{RELATED}.split.undo_split", **MOVED)
def _(world):
    contact = ContactFactory(request=world.request)
    new = split.split(world.request, contacts=[contact], subject="Jiné", by=world.me)
    forget()
    split.undo_split(Rearrangement.objects.get(target=new), by=world.me)


@tells(f"{RELATED}.several.answer_several", **FOLLOWED, asker="requests/from_centre")
def _(world):
    several.answer_several([world.request], text="Ano.", by=world.me, once="key")


# Of these nobody is told.
SILENT = """
consultations.desk.actions.filters: move_up note_export remove rename restore save share
consultations.desk.actions.presence: beat leave
consultations.desk.tasks: keep_weeks
consultations.experts.actions: discard edit keep_find open_question prolong remind renew_link revoke send
consultations.experts.actions: write
consultations.experts.tasks: remind
consultations.intake.actions.reach: give_reach
consultations.intake.actions.short_code: drop_code make_code open_by_code
consultations.mailbox.actions.desk: discard revive undo_discard
consultations.prepared.actions: edit_prepared offer_prepared write_prepared
consultations.related.actions.links: link unlink
consultations.related.actions.persons: merge_persons undo_merge_persons
consultations.requests.actions.desk: go_on wait_for_expert
consultations.requests.actions.details: add_participant confirm_guess drop_guess renew_link
consultations.requests.actions.details: set_sensitive_note
consultations.requests.actions.drafts: discard_draft restore_draft save_draft share_draft take_over
consultations.requests.actions.drafts: unshare_draft
consultations.requests.actions.hand_over: move pass_on
consultations.requests.actions.home: write_outcome
consultations.requests.actions.readings: withdraw
consultations.requests.actions.snooze: snooze unsnooze
consultations.requests.actions.topics: set_answer_days
consultations.requests.actions.undo: undo_answer
consultations.requests.actions.unread: mark_read mark_unread
consultations.requests.actions.watch: unwatch watch watch_topics
consultations.requests.tasks: count_answered
consultations.summaries.actions: link_request start_summary tell_requesters unlink_request
consultations.support.actions: add_step change_step close_plan drop_step open_plan reopen_plan take_step_back
"""
# Parts of verbs, and reads, that stand beside them.
PARTS = """
consultations.experts.actions: finds_in
consultations.experts.tasks: end_waiting next_step_on tell
consultations.intake.actions.requester: begins_anew find_received find_reply lock_survivor
consultations.intake.actions.short_code: plain_word
consultations.mailbox.actions.incoming: begin join message_key open_letter section
consultations.peers.actions: find_hits sentence
consultations.peers.tasks: next_step_on tell
consultations.prepared.actions: index_prepared
consultations.related.actions.merge: are_of_same_person join join_people lock of_same_person
consultations.requests.actions.details: follow
consultations.requests.actions.drafts: below drop_sent keep_text own_draft
consultations.requests.actions.hand_over: matters person_of
consultations.requests.actions.home: is_still_to_come
consultations.requests.actions.notes: note
consultations.requests.actions.readings: give_back may_read use
consultations.requests.actions.undo: as_it_stands columns_before keep_way_back
consultations.requests.actions.unread: read
consultations.requests.tasks: untold wake
"""
