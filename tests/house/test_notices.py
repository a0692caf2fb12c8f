"""Who is told of what, for every verb of consultations and municipalities: a literal table.

A new verb stands here, among those that tell somebody or among those that tell nobody.
"""

import importlib
import inspect
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from consultations.choices import Channel, Direction, HomeLoss, State
from consultations.desk.actions import bulk
from consultations.experts import actions as experts
from consultations.experts.tasks import look_after_experts
from consultations.intake.actions import log, rating, requester
from consultations.intake.actions.requester import Intake
from consultations.mailbox.actions import desk as mailbox
from consultations.mailbox.actions import incoming
from consultations.models import CameBy, IncomingMail, MailState, Rearrangement, SupportRequest
from consultations.peers import actions as peers
from consultations.peers.tasks import look_after_peers
from consultations.related.actions import merge, several, split
from consultations.requests.actions import desk, details, readings
from consultations.requests.tasks import tell_of_days
from consultations.support import actions as support
from consultations.support.tasks import tell_of_steps
from core.documents import actions as documents
from core.notices import actions as notices
from core.notices.models import Notice
from municipalities.exchange.actions import moderation, posts
from municipalities.models import ExchangeQuestion, Membership, ReturnPeriod
from municipalities.people.actions import hand_over
from municipalities.places.offices.actions import reports as offices
from municipalities.programmes.actions import programmes
from municipalities.returns.actions import returns
from municipalities.returns.tasks import look_after_returns, remind_once_a_day
from tests.factories.consultations import (
    ContactFactory,
    SummaryEditionFactory,
    SummaryFactory,
    SupportRequestFactory,
    TopicFactory,
)
from tests.factories.exchange import ExchangeAnswerFactory, ExchangeQuestionFactory
from tests.factories.experts import ExpertQuestionFactory, SecondReadingFactory
from tests.factories.figures import IndicatorFactory, ReturnFactory, ReturnPeriodFactory
from tests.factories.peers import PeerQuestionFactory
from tests.factories.programmes import a_draft
from tests.factories.support import PlanStepFactory
from tests.worlds.notices import World

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("consultations", "municipalities")

Told = dict[str, str]
Deed = Callable[[World], object]
# (verb, in what case): what is done by "me" or by who asked, and who is told of which kind.
TABLE: dict[tuple[str, str], tuple[Deed, Told]] = {}


def tells(verb: str, case: str = "", /, **told: str) -> Callable[[Deed], Deed]:
    """Name what a deed shows: the verb, in what case, and whom it tells of which kind."""

    def add(deed: Deed) -> Deed:
        TABLE[verb, case] = (deed, told)
        return deed

    return add


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


# Second readings, experts, other municipalities -------------------------------------------

READINGS = "consultations.requests.actions.readings"


@tells(f"{READINGS}.ask_reading", reader="consultations/reading_asked")
def _(world):
    readings.ask_reading(world.request, text="Výklad.", by=world.me, reader=world.reader)


@tells(f"{READINGS}.ask_reading", "of whoever is free", duty="consultations/reading_asked")
def _(world):
    readings.ask_reading(world.request, text="Výklad.", by=world.me)


@tells(
    f"{READINGS}.ask_reading",
    "of somebody away",
    holder="consultations/reading_asked",
    deputy="requests/stand_in",
)
def _(world):
    readings.ask_reading(world.request, text="Výklad.", by=world.me, reader=world.holder)


DECIDED = {"holder": "consultations/reading_decided", "deputy": "consultations/reading_decided"}


@tells(f"{READINGS}.approve", **DECIDED)
def _(world):
    reading = SecondReadingFactory(request=world.request, asked_by=world.holder)
    readings.approve(reading, version=1, by=world.me)


@tells(f"{READINGS}.send_back", **DECIDED)
def _(world):
    reading = SecondReadingFactory(request=world.request, asked_by=world.holder)
    readings.send_back(reading, remark="Doplňte zdroj.", version=1, by=world.me)


EXPERTS = "consultations.experts"
EXPERT = {
    "holder": "consultations/expert_settled",
    "deputy": "consultations/expert_settled",
    "watcher": "consultations/expert_settled",
}


@tells(f"{EXPERTS}.actions.answer", **EXPERT)
def _(world):
    experts.answer(ExpertQuestionFactory(request=world.request, sent=True), text="Ano.")


@tells(f"{EXPERTS}.actions.decline", **EXPERT)
def _(world):
    experts.decline(ExpertQuestionFactory(request=world.request, sent=True), reason="time")


@tells(f"{EXPERTS}.tasks.look_after_experts", **EXPERT)
def _(world):
    past = timezone.localdate() - timedelta(days=1)
    ExpertQuestionFactory(request=world.request, sent=True, due_on=past, expires_on=past)
    look_after_experts.call()


PEERS = "consultations.peers"
PEER = {
    "holder": "consultations/peer_settled",
    "deputy": "consultations/peer_settled",
    "watcher": "consultations/peer_settled",
}


def asked(world: World, **fields: Any) -> Any:
    return PeerQuestionFactory(request=world.request, municipality=world.other_place, **fields)


@tells(f"{PEERS}.actions.ask", elsewhere="consultations/peer_question")
def _(world):
    day = timezone.localdate() + timedelta(days=14)
    peers.ask(world.request, municipality=world.other_place, question="Jak na to?", due_on=day, by=world.me)


@tells(f"{PEERS}.actions.revoke", elsewhere="consultations/peer_revoked")
def _(world):
    peers.revoke(asked(world), version=1, by=world.me)


@tells(f"{PEERS}.actions.answer", **PEER)
def _(world):
    peers.answer(asked(world), text="Zárukou.", version=1, by=world.elsewhere)


@tells(f"{PEERS}.actions.decline", **PEER)
def _(world):
    peers.decline(asked(world), reason="time", version=1, by=world.elsewhere)


@tells(f"{PEERS}.tasks.look_after_peers", elsewhere="consultations/peer_reminder")
def _(world):
    asked(world, next_step_on=timezone.localdate())
    look_after_peers.call()


# As days go by ----------------------------------------------------------------------------

WEDNESDAY = "2026-12-02T05:00Z"


@tells("consultations.requests.tasks.tell_of_days", holder="requests/due", deputy="requests/due")
def _(world):
    SupportRequest.objects.update(due_on=timezone.localdate() + timedelta(days=1))
    tell_of_days.call()


@tells(
    "consultations.requests.tasks.tell_of_days",
    "late",
    holder="requests/overdue",
    deputy="requests/overdue",
)
def _(world):
    SupportRequest.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    tell_of_days.call()


@tells("consultations.support.tasks.tell_of_steps", holder="support/step_due", deputy="support/step_due")
def _(world):
    PlanStepFactory(plan__request=world.request, who=world.holder, due_on=timezone.localdate())
    tell_of_steps.call()


@tells("consultations.support.actions.finish_step", asker="requests/from_centre")
def _(world):
    step = PlanStepFactory(plan__request=world.request, who=world.me)
    support.finish_step(step, text="Byli jsme tam.", by=world.me, took_place_at=timezone.now())


# Municipalities -----------------------------------------------------------------------------

KEEPERS = ("me", "duty", "holder", "deputy", "colleague", "watcher", "topical", "reader")
RETURNS = "municipalities.returns"
EXCHANGE = "municipalities.exchange.actions"
PROGRAMMES = "municipalities.programmes.actions.programmes"
OFFICES = "municipalities.places.offices.actions.reports"


def of_place(kind: str) -> Told:
    return dict.fromkeys(("asker", "official"), f"municipalities/{kind}")


def a_return(world: World, **fields: Any) -> Any:
    return ReturnFactory(municipality=world.place, **fields)


@tells(f"{RETURNS}.actions.returns.open_period", **of_place("return_opened"))
def _(world):
    today = timezone.localdate()
    asked = returns.Asked(
        year=2025, values_on=date(2025, 12, 31), due_on=today + timedelta(days=30),
        indicators=[IndicatorFactory()], municipalities=[world.place],
    )  # fmt: skip
    returns.open_period(asked, by=world.me)


@tells(f"{RETURNS}.actions.returns.add_municipality", **of_place("return_opened"))
def _(world):
    returns.add_municipality(ReturnPeriodFactory(), municipality=world.place, by=world.me)


@tells(f"{RETURNS}.actions.returns.remind", **of_place("return_reminder"))
def _(world):
    returns.remind(a_return(world), by=world.me)


@tells(f"{RETURNS}.actions.returns.remind_all", **of_place("return_reminder"))
def _(world):
    returns.remind_all(a_return(world).period, by=world.me)


@tells(f"{RETURNS}.actions.returns.send", me="municipalities/return_sent")
def _(world):
    returns.send(a_return(world, period__opened_by=world.me), version=1, by=world.asker)


@tells(f"{RETURNS}.actions.returns.accept", **of_place("return_accepted"))
def _(world):
    returns.accept(a_return(world, sent=True), version=1, by=world.me)


@tells(f"{RETURNS}.actions.returns.send_back", **of_place("return_sent_back"))
def _(world):
    returns.send_back(a_return(world, sent=True), remark="Nesedí.", version=1, by=world.me)


@tells(f"{RETURNS}.tasks.look_after_returns", **of_place("return_reminder"))
def _(world):
    ReturnPeriod.objects.filter(pk=a_return(world).period_id).update(next_step_on=timezone.localdate())
    look_after_returns.call()


@tells(f"{RETURNS}.tasks.remind_once_a_day", **of_place("return_reminder"))
def _(world):
    remind_once_a_day(a_return(world))


def a_question(world: World) -> Any:
    return ExchangeQuestionFactory(municipality=world.place, author=world.asker)


@tells(
    f"{EXCHANGE}.posts.answer",
    asker="municipalities/exchange_answered",
    official="municipalities/exchange_went_on",
)
def _(world):
    question = a_question(world)
    ExchangeAnswerFactory(question=question, municipality=world.place, author=world.official)
    posts.answer(question, text="U nás takto.", municipality=world.other_place, by=world.elsewhere)


@tells(f"{EXCHANGE}.posts.settle", asker="municipalities/exchange_settled")
def _(world):
    posts.settle(a_question(world), is_settled=True, by=world.official)


@tells(
    f"{EXCHANGE}.posts.settle",
    "it is open again",
    **dict.fromkeys(("asker", "elsewhere"), "municipalities/exchange_reopened"),
)
def _(world):
    question = a_question(world)
    ExchangeAnswerFactory(question=question, municipality=world.other_place, author=world.elsewhere)
    ExchangeQuestion.objects.filter(pk=question.pk).update(settled_at=timezone.now())
    posts.settle(question, is_settled=False, by=world.official)


REPORTED = dict.fromkeys(("me", "watcher", "topical", "reader"), "municipalities/exchange_reported")


@tells(f"{EXCHANGE}.moderation.report", **REPORTED)
def _(world):
    moderation.report(a_question(world), reason="wrong", by=world.elsewhere)


@tells(f"{EXCHANGE}.moderation.hide", asker="municipalities/exchange_hidden")
def _(world):
    moderation.hide(a_question(world), reason="Jména.", by=world.me)


@tells(f"{EXCHANGE}.moderation.restore", asker="municipalities/exchange_restored")
def _(world):
    question = a_question(world)
    moderation.hide(question, reason="Jména.", by=world.me)
    forget()
    moderation.restore(question, by=world.me)


@tells(f"{PROGRAMMES}.ask_publishing", **dict.fromkeys(KEEPERS, "municipalities/programme_asked"))
def _(world):
    draft = a_draft(world.place, world.asker)
    programmes.ask_publishing(draft, version=draft.version, by=world.asker)


@tells(f"{PROGRAMMES}.publish", asker="municipalities/programme_published")
def _(world):
    draft = a_draft(world.place, world.asker)
    programmes.ask_publishing(draft, version=draft.version, by=world.asker)
    forget()
    programmes.publish(draft, version=draft.version, by=world.me)


@tells("municipalities.people.actions.hand_over.hand_over", official="municipalities/handed_over")
def _(world):
    membership = Membership.objects.get(user=world.asker)
    hand_over.hand_over(membership, to=world.official, role="contact", on=timezone.localdate(), by=world.me)


@tells("municipalities.people.actions.hand_over.begin_by_invitation", elsewhere="municipalities/handed_over")
def _(world):
    promised = hand_over.invite_successor(
        Membership.objects.get(user=world.asker), email="novy@example.org", name="Nový",
        language="cs", role="contact",
        on=timezone.localdate(), by=world.me,
    )  # fmt: skip
    hand_over.begin_by_invitation(promised.invitation, world.elsewhere)


@tells(f"{OFFICES}.report", **dict.fromkeys(KEEPERS, "municipalities/office_reported"))
def _(world):
    offices.report(world.place, office=None)


@tells(
    f"{OFFICES}.say_more",
    "another visitor wrote before",
    **dict.fromkeys(KEEPERS, "municipalities/office_reported"),
)
def _(world):
    row = offices.report(world.place, office=None)
    offices.say_more(row, note="Telefon je jiný.")
    forget()
    offices.say_more(row, note="Mail také.")


# Texts --------------------------------------------------------------------------------------

TEXTS = "core.documents.actions"


def a_text(world: World, **fields: Any) -> Any:
    summary = SummaryFactory(created_by=world.colleague)
    return SummaryEditionFactory(document=summary, author=world.colleague, **fields)


@tells(f"{TEXTS}.submit", **dict.fromkeys(("me", "watcher", "topical", "reader"), "summary/in_review"))
def _(world):
    text = a_text(world)
    documents.submit(text, version=text.version, by=world.colleague)


@tells(f"{TEXTS}.send_back", colleague="summary/sent_back")
def _(world):
    text = a_text(world, in_review=True)
    documents.send_back(text, remark="Zdroj?", version=text.version, by=world.me)


@tells(f"{TEXTS}.publish", colleague="summary/published")
def _(world):
    text = a_text(world, in_review=True)
    documents.publish(text, version=text.version, by=world.me)


# Of these nobody is told.
SILENT = """
consultations.desk.actions.filters: move_up note_export remove rename restore save share
consultations.desk.actions.presence: beat leave
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
municipalities.exchange.actions.moderation: dismiss
municipalities.exchange.actions.posts: ask link_summary mend take_back thank unthank
municipalities.exchange.tasks: send_digests switch_off switch_on
municipalities.figures.actions.indicators: add_indicator change_indicator set_in_use
municipalities.figures.actions.values: correct_value enter_value take_back_value
municipalities.people.actions.hand_over: invite_successor
municipalities.people.actions.memberships: add_member end_membership
municipalities.places.actions: set_help_limit
municipalities.places.offices.actions.imports: bring_in
municipalities.places.offices.actions.offices: add check close correct reopen
municipalities.places.offices.actions.reports: settle
municipalities.places.register.actions: apply
municipalities.practices.actions: assess mark_adoption start_practice undo_step
municipalities.programmes.actions.office: change_office
municipalities.programmes.actions.phases: add_phase change_phase remove_phase
municipalities.programmes.actions.programmes: create discard edit take_back_asking unpublish
consultations.desk.tasks: keep_weeks
municipalities.returns.actions.returns: close_period reopen_period save take_back
"""
# Parts of verbs, and reads, that stand beside them.
PARTS = """
consultations.experts.actions: finds_in
consultations.experts.tasks: end_waiting next_step_on tell
consultations.intake.actions.short_code: plain_word
consultations.intake.actions.requester: begins_anew find_received find_reply lock_survivor
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
consultations.requests.tasks: next_early untold wake
municipalities.exchange.actions.posts: speaks_for follow
municipalities.exchange.tasks: next_morning
municipalities.figures.actions.indicators: has_values
municipalities.figures.actions.values: supersede end
municipalities.people.actions.hand_over: when_handed_over open_matters first_day
municipalities.people.actions.memberships: begin
municipalities.places.register.actions: prepare
municipalities.places.offices.actions.imports: prepare
municipalities.places.offices.actions.reports: settle_seen
municipalities.practices.actions: last_day adoption_of states_after
municipalities.programmes.actions.programmes: told_in write find_anew
municipalities.returns.actions.returns: faults_of
municipalities.returns.tasks: next_step_on
"""


def names_in(text: str) -> set[str]:
    """Return the full names of a list that is written by modules."""
    lines = (line.split(":") for line in text.strip().splitlines())
    return {f"{module}.{name}" for module, names in lines for name in names.split()}


def functions() -> Iterator[tuple[str, FunctionType]]:
    """Yield each function of the verbs and tasks of the apps by its full name, but for reasons."""
    for path in sorted(ROOT.glob("*/**/*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[0] not in APPS or not {"actions", "tasks"} & set(parts) or parts[-1] == "__init__":
            continue
        module = importlib.import_module(".".join(parts))
        for name, made in vars(module).items():
            function = inspect.unwrap(getattr(made, "func", made))
            is_own = inspect.isfunction(function) and function.__module__ == module.__name__
            if is_own and not name.startswith(("_", "reasons_")):
                yield f"{module.__name__}.{name}", function


def test_every_verb_stands_in_the_table():
    tell, silent, parts = {verb for verb, _case in TABLE}, names_in(SILENT), names_in(PARTS)
    assert (tell & silent, tell & parts, silent & parts) == (set(), set(), set())
    texts = {verb for verb in tell if verb.startswith(TEXTS)}
    assert {name for name, _function in functions()} == (tell | silent | parts) - texts


def called_by(function: FunctionType) -> Iterator[FunctionType]:
    """Yield the functions of ours that the code of a function names."""
    names, known = set(names_of(function.__code__)), function.__globals__
    found = [known[name] for name in names if name in known]
    modules = [
        one for one in found if isinstance(one, ModuleType) and one.__name__.startswith((*APPS, "core"))
    ]
    found += [getattr(module, name) for module in modules for name in names if hasattr(module, name)]
    for one in found:
        one = one.func if isinstance(one, partial) else one
        if inspect.isfunction(one):
            yield inspect.unwrap(one)


def names_of(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from names_of(constant)


def does_tell(function: FunctionType) -> bool:
    """Tell whether a function can come to tell somebody something."""
    seen, waiting = set(), [function]
    while waiting:
        one = waiting.pop()
        if one is inspect.unwrap(notices.tell):
            return True
        if one not in seen and one.__module__.startswith((*APPS, "core")):
            seen.add(one)
            waiting += called_by(one)
    return False


def test_whoever_tells_nobody_by_the_table_calls_nothing_that_tells():
    silent = names_in(SILENT)
    assert [name for name, function in functions() if name in silent and does_tell(function)] == []


def forget() -> None:
    """Let only what is told from now on count."""
    Notice.objects.all().delete()


@pytest.fixture
def world(db, settings):
    settings.MAIL_INBOX = "portal@example.org"
    with time_machine.travel(WEDNESDAY, tick=False):
        yield World()


@pytest.mark.parametrize(("verb", "case"), TABLE, ids=lambda text: text.split(".", 1)[-1])
def test_who_is_told_of_what(world, verb, case):
    deed, told = TABLE[verb, case]
    deed(world)
    rows = list(Notice.objects.select_related("receiver"))
    assert {row.receiver.name: row.kind for row in rows} == told
    # Of one event nobody is told twice, and everybody may see what they are told of.
    assert len(rows) == len(told)
    assert len(notices_seen(rows)) == len(rows)


def notices_seen(rows: list[Notice]) -> list[Notice]:
    """Return the notices whose receivers may see the thing."""
    models = {model._meta.model_name: model for model in apps.get_models()}
    return [
        row
        for row in rows
        if models[row.about_kind]._default_manager.visible_to(row.receiver).filter(pk=row.about_id).exists()
    ]
