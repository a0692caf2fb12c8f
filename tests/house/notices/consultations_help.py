"""Whom help with requests tells: second readings, experts, colleagues elsewhere, days and steps."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from consultations.experts import actions as experts
from consultations.experts.tasks import look_after_experts
from consultations.models import SupportRequest
from consultations.peers import actions as peers
from consultations.peers.tasks import look_after_peers
from consultations.requests.actions import readings
from consultations.requests.tasks import tell_of_days
from consultations.support import actions as support
from consultations.support.tasks import tell_of_steps
from tests.factories.experts import ExpertQuestionFactory, SecondReadingFactory
from tests.factories.peers import PeerQuestionFactory
from tests.factories.support import PlanStepFactory
from tests.house.notices import tells
from tests.worlds.notices import World

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
