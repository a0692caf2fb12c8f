"""A question to another municipality: checked, asked and taken back by the desk; answered, once, or declined.

The municipality's officials get what was written for them, nothing else of the request.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.choices import DeclineReason, PeerState
from consultations.experts.actions import reasons_against_writing
from consultations.models import PeerQuestion, SupportRequest
from consultations.models.peer import month_of
from consultations.peers import emails
from consultations.peers.queries import asked_in_month, askers_of, names_of, officials_for, reasons_of_limit
from consultations.peers.tasks import look_after_peers, next_step_on, tell
from consultations.requests.known_people import known_of
from consultations.requests.roles import reasons_of_role
from core import audit
from core.detector.finds import Find, Kind, Known, find
from core.notices.actions import mark_read
from core.states import check_seen, move, reasons_against_moving, refuse_for, verb
from municipalities.models import Municipality
from municipalities.places.small_places import longer_names
from municipalities.places.successions import reasons_against_choosing


def find_hits(request: SupportRequest, text: str, *, may_name: bool = False) -> list[Find]:
    """Return what in a text could tell whom a request is about.

    The requester's municipality counts, however big it is, unless they agreed to its being named.
    """
    known = known_of(SupportRequest.objects.filter(pk=request.pk))
    if may_name:
        known = replace(known, places=())
    else:
        places = tuple(names_of(Municipality.objects.filter(pk__in=askers_of(request))))
        known |= Known(places=places, other_places=longer_names(places))
    return find({"question": text}, known)


def sentence(hit: Find) -> str:
    """Say what was found in the question."""
    if hit.kind == Kind.PLACE:
        return _("The text names the requester's municipality: “%(found)s”.") % {"found": hit.found}
    return str(hit)


def _is_kept(hit: Find, kept: Mapping[str, str]) -> bool:
    # The municipality is named with the requester's consent only, never for a reason of ours.
    if hit.kind == Kind.PLACE or hit.key not in kept:
        return False
    return hit.may_stay_unexplained or bool(kept[hit.key].strip())


def reasons_against_asking(request: SupportRequest, *, municipality: Municipality, by: User) -> list[str]:
    """Return why `by` cannot ask a municipality about a request; empty when nothing stands against it."""
    reasons = reasons_against_writing(request, by=by)
    if municipality.pk in askers_of(request):
        return [*reasons, _("The request comes from this municipality.")]
    gone = reasons_against_choosing(municipality)
    reasons += gone
    if not gone and not officials_for(municipality, request):
        reasons.append(_("Nobody who could answer speaks for this municipality."))
    asked = asked_in_month([municipality.pk], timezone.localdate()).get(municipality.pk, 0)
    reasons += reasons_of_limit(municipality.help_limit, asked)
    waiting = PeerQuestion.objects.pending().filter(request=request.pk, municipality=municipality.pk)
    if waiting.exists():
        reasons.append(_("Its answer to an earlier question about this request is still being waited for."))
    return reasons


@transaction.atomic
def ask(
    request: SupportRequest,
    *,
    municipality: Municipality,
    question: str,
    due_on: date,
    by: User,
    kept_finds: Mapping[str, str] | None = None,
    consent: str = "",
) -> PeerQuestion:
    """Ask a municipality: its officials are written to, and it has one question less this month.

    `kept_finds` are finds of the check that stay, each with the reason. `consent` says how and when the
    requester agreed that their municipality is named; empty, they did not.
    Raises Refused with reasons_against_asking, for each open find by name, or for a day that is over.
    """
    # Of two colleagues who ask at once, the second sees the first one's question.
    municipality = Municipality.objects.select_for_update().get(pk=municipality.pk)
    question, consent, kept, today = question.strip(), consent.strip(), kept_finds or {}, timezone.localdate()
    reasons = reasons_against_asking(request, municipality=municipality, by=by)
    reasons += [] if question else [_("Write the question.")]
    reasons += [] if due_on > today else [_("Ask for the answer by a day that is still to come.")]
    hits = find_hits(request, question, may_name=bool(consent))
    stays = [hit for hit in hits if _is_kept(hit, kept)]
    refuse_for(reasons + [sentence(hit) for hit in hits if hit not in stays])
    row = PeerQuestion.objects.create(
        request=request,
        municipality=municipality,
        question=question,
        kept_finds={hit.key: {"found": hit.found, "reason": kept[hit.key].strip()} for hit in stays},
        names_municipality=bool(consent),
        consent=consent,
        asked_by=by,
        month=month_of(today),
        due_on=due_on,
        next_step_on=next_step_on(due_on, after=today),
    )
    audit.record("peer.ask", row, by=by, request=request.pk, municipality=municipality.code)
    emails.peer_question(row, officials_for(municipality, request))
    look_after_peers.plan()
    return row


def reasons_against_revoking(question: PeerQuestion, *, by: User) -> list[str]:
    """Return why `by` cannot take the question back; empty when nothing stands against it."""
    return reasons_of_role(by) + reasons_against_moving(question, PeerState.REVOKED)


@verb(against=reasons_against_revoking, versioned=True)
def revoke(question: PeerQuestion, *, version: int, by: User) -> None:
    """Take a question back; the officials are told. It counts for its month: they had it before them."""
    move(question, PeerState.REVOKED, also={"next_step_on": None})
    audit.record("peer.revoke", question, by=by, request=question.request_id)
    emails.peer_revoked(question, officials_for(question.municipality, question.request))


def reasons_against_settling(question: PeerQuestion, *, by: User) -> list[str]:
    """Return why `by` can neither answer nor decline now; empty when nothing stands against it."""
    speaks = question.municipality.memberships.current().filter(user=by.pk).exists()
    if not speaks or not PeerQuestion.objects.visible_to(by).filter(pk=question.pk).exists():
        return [_("Only those who speak for the municipality answer.")]
    if question.shown_state == PeerState.ASKED:
        return []
    words = {
        PeerState.ANSWERED: _("Your municipality has answered already."),
        PeerState.DECLINED: _("Your municipality has declined already."),
        PeerState.REVOKED: _("The Contact Centre has taken the question back."),
        PeerState.EXPIRED: _("The time to answer is over."),
    }
    return [words[question.shown_state]]


@transaction.atomic
def answer(question: PeerQuestion, *, text: str, version: int, by: User) -> None:
    """Take the municipality's answer, onto the request and to whoever has it.

    Raises Refused with reasons_against_settling or without a text, Conflict when a colleague was quicker.
    """
    text = text.strip()

    def told() -> str:
        heading = _("Answer of colleagues from another municipality, %(name)s:")
        return "\n\n".join([heading % {"name": question.municipality.full_name}, text])

    _refuse_late(question, version, by, [] if text else [_("Write your answer.")])
    _settle(question, PeerState.ANSWERED, told, by, answer=text)


@transaction.atomic
def decline(question: PeerQuestion, *, reason: str, version: int, by: User, words: str = "") -> None:
    """Take it that the municipality will not answer, and why.

    Raises Refused with reasons_against_settling or without a known reason, Conflict when a
    colleague was quicker.
    """
    words = words.strip()

    def told() -> str:
        said = {"name": question.municipality.full_name, "reason": DeclineReason(reason).label}
        parts = [_("%(name)s will not answer our question: %(reason)s.") % said, words]
        return "\n\n".join(filter(None, parts))

    _refuse_late(question, version, by, [] if reason in DeclineReason else [_("Choose a reason.")])
    _settle(question, PeerState.DECLINED, told, by, decline_reason=reason, decline_words=words)


def _refuse_late(question: PeerQuestion, version: int, by: User, reasons: list[str]) -> None:
    # One after the other: the second official sees what the first one has sent.
    question.refresh_from_db(from_queryset=PeerQuestion.objects.select_for_update())
    if question.state == PeerState.ASKED:
        check_seen(question, version)
    refuse_for(reasons_against_settling(question, by=by) + reasons)


def _settle(question: PeerQuestion, state: PeerState, told: Callable[[], str], by: User, **said: Any) -> None:
    settled = {"settled_at": timezone.now(), "settled_by": by, "next_step_on": None}
    move(question, state, also={**said, **settled, "told_as": tell(question, told)})
    entry = "peer.answer" if state == PeerState.ANSWERED else "peer.decline"
    audit.record(entry, question, by=by, request=question.request_id)
    mark_read(question, by=by)
    emails.peer_settled(question)
