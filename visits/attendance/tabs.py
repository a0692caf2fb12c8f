"""What the tabs of a visit at the desk tell of taking part: its people, and the questions taken along."""

from collections import Counter
from typing import Any

from accounts.models import User
from visits.attendance import queries
from visits.attendance.actions import invitations, people, places, presence
from visits.choices import STANDING, InvitationState, PlaceState
from visits.models import Attendee, StudyVisit, VisitInvitation


def people_of(visit: StudyVisit, user: User) -> dict[str, Any]:
    """Return who is invited and who goes, with what may be done; queries do not grow with the people."""
    taken = queries.places_of(visit)
    rows = queries.invitations_of(visit)
    unspoken = queries.unspoken(rows)
    counts = Counter(row.state for row in rows)
    new = {row.pk: row.leaves_at for row in visit.invitations.just_invited()}
    of_ministry = queries.ministry_people(visit)
    everybody = [one for row in rows for one in getattr(row, "people", ())] + of_ministry
    told = {
        "places": taken,
        "rows": [{**_row(visit, row, user, taken, unspoken), "may_take_back": row.pk in new} for row in rows],
        "new": len(new),
        "is_mail_waiting": any(row.pk in new and row.municipality_id not in unspoken for row in rows),
        "leaves_at": min(new.values(), default=None),
        "ministry": [_person(visit, None, one, user, taken) for one in of_ministry],
        "counts": [(label, counts[state]) for state, label in InvitationState.choices if counts[state]],
        "waiting": sum(one.state == PlaceState.WAITING for one in everybody),
        "named": sum(one.state == PlaceState.NAMED for one in everybody),
        "has_people": bool(taken.count),
        "against_inviting": invitations.reasons_against_inviting(visit, by=user),
        "against_adding": people.reasons_against_adding(visit, by=user),
        "against_confirming_all": places.reasons_against_confirming_all(visit, by=user),
        "may_tick": bool(taken.count) and not presence.reasons_of_visit(visit),
        "may_manage": not places.reasons_of_role(user),
    }
    more = not told["against_adding"] or told["has_people"]
    return {**told, "main": _main(visit, told), "has_more": more}


def _main(visit: StudyVisit, told: dict[str, Any]) -> str:
    """Return what is most likely done next with the people of a visit; empty when nothing is left to do."""
    if told["named"] and not queries.is_over(visit):
        return "confirm"
    if told["may_tick"]:
        return "tick"
    return "invite" if visit.is_coming else ""


def _row(
    visit: StudyVisit, row: VisitInvitation, user: User, taken: queries.Places, unspoken: set[int]
) -> dict[str, Any]:
    row.visit = visit
    told = [
        _person(visit, row, one, user, taken)
        for one in sorted(getattr(row, "people", ()), key=queries.rank_of)
    ]
    return {
        "invitation": row,
        "people": told,
        "is_spoken_for": row.municipality_id not in unspoken,
        "may_remind": not invitations.reasons_against_reminding(row, by=user),
        "may_answer": not places.reasons_of_role(user),
    }


def _person(
    visit: StudyVisit, row: VisitInvitation | None, one: Attendee, user: User, taken: queries.Places
) -> dict[str, Any]:
    one.visit, one.invitation = visit, row
    is_to_confirm = one.state in (PlaceState.NAMED, PlaceState.WAITING)
    may = {
        "may_wait": not places.reasons_against_waiting(one, by=user),
        "may_refuse": not places.reasons_against_refusing(one, by=user),
        "may_change": not places.reasons_of_time(visit) and one.state in STANDING,
    }
    return {
        "person": one,
        "is_to_confirm": is_to_confirm,
        "against_confirming": places.why_not_confirm(one, user, taken) if is_to_confirm else [],
        **may,
        "is_movable": any(may.values()),
    }


def questions_of(visit: StudyVisit, user: User) -> dict[str, Any]:
    """Return the questions taken along by programme item, with what was heard."""
    told = queries.questions_by_item(visit)
    return {"items": told, "count": sum(len(rows) for _title, rows in told), "user": user}
