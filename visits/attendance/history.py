"""What was done about the people of a visit and what they ask, for its history at the desk."""

from collections import defaultdict
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy

from core.audit import AuditEntry
from visits.models import Attendee, StudyVisit, TravelQuestion, VisitInvitation
from visits.plans.queries import Line

# Of one visit nobody reads more.
MOST = 300
# What a verb did, behind who did it.
DONE = {
    "visit.invite": gettext_lazy("invited municipalities"),
    "visit.uninvite": gettext_lazy("took invitations back before they left"),
    "visit.remind": gettext_lazy("reminded those who had not answered"),
    "visit.tell_changed": gettext_lazy("told those who go what had changed"),
    "invitation.accept": gettext_lazy("said that the municipality goes"),
    "invitation.decline": gettext_lazy("said that the municipality cannot go"),
    "invitation.reconsider": gettext_lazy("took back that the municipality cannot go"),
    "invitation.silent": gettext_lazy("noted that the municipality did not answer"),
    "invitation.wait": gettext_lazy("let the municipality answer again"),
    "invitation.remind": gettext_lazy("reminded the municipality"),
    "invitation.quota": gettext_lazy("changed the places of the municipality"),
    "attendee.name": gettext_lazy("named somebody"),
    "attendee.change": gettext_lazy("changed what is written of somebody"),
    "attendee.move_up": gettext_lazy("put somebody further up"),
    "attendee.next": gettext_lazy("moved somebody up from the waiting list"),
    "attendee.confirm": gettext_lazy("confirmed a place"),
    "attendee.wait": gettext_lazy("put somebody on the waiting list"),
    "attendee.refuse": gettext_lazy("gave somebody no place"),
    "attendee.give_up": gettext_lazy("gave a place up"),
    "attendee.tick": gettext_lazy("noted whether somebody was there"),
    "travel_question.ask": gettext_lazy("sent a question along"),
    "travel_question.change": gettext_lazy("changed a question"),
    "travel_question.withdraw": gettext_lazy("took a question back"),
    "travel_question.note": gettext_lazy("noted what was heard"),
}
# By themselves these are done behind a personal link, by whoever had the place.
OWN = "attendee.give_up"


def history(visit: StudyVisit) -> list[Line]:
    """Return the newest of what was done, newest first, in a number of queries that does not grow with it."""
    about = {
        "attendee": visit.attendees.all(),
        "visitinvitation": visit.invitations.all(),
        "travelquestion": visit.questions.all(),
        "studyvisit": StudyVisit.objects.filter(pk=visit.pk),
    }
    of_them = Q()
    for kind, rows in about.items():
        of_them |= Q(subject_kind=kind, subject_id__in=rows.values("pk"))
    entries = list(AuditEntry.objects.filter(of_them, verb__in=DONE).order_by("-pk")[:MOST])
    users = get_user_model().objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    names = _names(entries)
    return [_line(entry, users, names) for entry in entries]


def _line(entry: AuditEntry, users: dict[int, Any], names: dict[tuple[str, int], str]) -> Line:
    actor = users.get(entry.actor_id) if entry.actor_id else None
    name = names.get((entry.subject_kind, entry.subject_id), "")
    if actor is None and entry.verb == OWN:
        return Line(entry, name, str(DONE[OWN]), [])
    return Line(entry, str(actor.name) if actor else "", str(DONE[entry.verb]), [], of=name or _count(entry))


def _count(entry: AuditEntry) -> str:
    """Return how many municipalities an entry about the whole visit concerned."""
    return str(len(entry.details.get("municipalities", ())) or entry.details.get("count") or "")


def _names(entries: list[AuditEntry]) -> dict[tuple[str, int], str]:
    """Return how the subjects of entries are called, by their kind and number."""
    pks = defaultdict(list)
    for entry in entries:
        pks[entry.subject_kind].append(entry.subject_id)
    people = Attendee.objects.filter(pk__in=pks["attendee"]).select_related("invitation__municipality")
    names = {("attendee", row.pk): _called(row) for row in people}
    for model in (VisitInvitation, TravelQuestion):
        kind = str(model._meta.model_name)
        rows = model._default_manager.filter(pk__in=pks[kind]).values_list("pk", "municipality__name")
        names |= {(kind, pk): name for pk, name in rows}
    return names


def _called(attendee: Attendee) -> str:
    of = attendee.invitation
    return f"{attendee.name} ({of.municipality.name})" if of else attendee.name
