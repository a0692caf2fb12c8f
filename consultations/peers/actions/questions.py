"""What the desk does with a question to another municipality: checks it, asks it, takes it back.

The municipality's officials get what was written for them, nothing else of the request.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from consultations.choices import PeerState
from consultations.experts.actions.questions import reasons_against_writing
from consultations.models import PeerQuestion, SupportRequest
from consultations.models.peer import month_of
from consultations.peers import emails
from consultations.peers.queries import asked_in_month, askers_of, names_of, officials_for, reasons_of_limit
from consultations.peers.tasks import look_after_peers, next_step_on
from consultations.requests.known_people import known_of
from core import audit
from core.detector.finds import Find, Kind, Known, find
from core.states import Conflict, label, may_move, move, refuse_for
from municipalities.models import Municipality
from municipalities.places.small_places import longer_names
from municipalities.places.successions import reasons_against_choosing


@dataclass(frozen=True)
class PeerWords:
    """All that a consultant writes for a municipality, one small value that the form returns."""

    question: str
    due_on: date
    # Finds of the check that stay, each with the reason.
    kept_finds: dict[str, str] = field(default_factory=dict)
    # How and when the requester agreed that their municipality is named; empty: they did not.
    consent: str = ""


# The check ----------------------------------------------------------------------


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


def _open_hits(request: SupportRequest, words: PeerWords) -> list[Find]:
    hits = find_hits(request, words.question, may_name=bool(words.consent.strip()))
    return [hit for hit in hits if not _is_kept(hit, words.kept_finds)]


def _is_kept(hit: Find, kept: dict[str, str]) -> bool:
    # The municipality is named with the requester's consent only, never for a reason of ours.
    if hit.kind == Kind.PLACE or hit.key not in kept:
        return False
    return hit.may_stay_unexplained or bool(kept[hit.key].strip())


# Asking -------------------------------------------------------------------------


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
def ask(request: SupportRequest, *, municipality: Municipality, words: PeerWords, by: User) -> PeerQuestion:
    """Ask a municipality: its officials are written to, and it has one question less this month.

    Raises Refused with reasons_against_asking, for each open find by name, or for a day that is over.
    """
    # Of two colleagues who ask at once, the second sees the first one's question.
    municipality = Municipality.objects.select_for_update().get(pk=municipality.pk)
    reasons = reasons_against_asking(request, municipality=municipality, by=by)
    if not words.question.strip():
        reasons.append(_("Write the question."))
    today = timezone.localdate()
    if words.due_on <= today:
        reasons.append(_("Ask for the answer by a day that is still to come."))
    reasons += [sentence(hit) for hit in _open_hits(request, words)]
    refuse_for(reasons)
    question = PeerQuestion.objects.create(
        request=request,
        municipality=municipality,
        question=words.question.strip(),
        kept_finds=_used(request, words),
        names_municipality=bool(words.consent.strip()),
        consent=words.consent.strip(),
        asked_by=by,
        month=month_of(today),
        due_on=words.due_on,
        next_step_on=next_step_on(words.due_on, after=today),
    )
    audit.record("peer.ask", question, by=by, request=request.pk, municipality=municipality.code)
    emails.peer_question(question, officials_for(municipality, request))
    look_after_peers.plan()
    return question


def _used(request: SupportRequest, words: PeerWords) -> dict[str, dict[str, str]]:
    """Return those finds that are really in the text and stay, each with its reason."""
    kept = words.kept_finds
    finds = find_hits(request, words.question)
    used = [one for one in finds if _is_kept(one, kept)]
    return {one.key: {"found": one.found, "reason": kept[one.key].strip()} for one in used}


# Taking back --------------------------------------------------------------------


def reasons_against_revoking(question: PeerQuestion, *, by: User) -> list[str]:
    """Return why `by` cannot take the question back; empty when nothing stands against it."""
    reasons = []
    if not by.has(Permission.ANSWER_REQUEST):
        reasons.append(_("Your role reads requests but does not work on them."))
    if not may_move(question, PeerState.REVOKED):
        names = {"from": question.get_state_display(), "to": label(question, PeerState.REVOKED)}
        reasons.append(_("“%(from)s” cannot become “%(to)s”.") % names)
    return reasons


@transaction.atomic
def revoke(question: PeerQuestion, *, version: int, by: User) -> None:
    """Take a question back; the officials are told. It still counts for its month: they had it before them.

    Raises Refused with reasons_against_revoking, Conflict when it changed meanwhile.
    """
    if question.version != version:
        raise Conflict(question)
    refuse_for(reasons_against_revoking(question, by=by))
    move(question, PeerState.REVOKED, also={"next_step_on": None})
    audit.record("peer.revoke", question, by=by, request=question.request_id)
    emails.peer_revoked(question, officials_for(question.municipality, question.request))
