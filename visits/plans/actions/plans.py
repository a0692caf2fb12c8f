"""Writing a visit down: a new one, its words changed, put back, and a copy for another time."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import Permission
from core import audit, search
from core.audit import words as own_words
from core.audit.words import Sets, last_place
from core.loading import DAY
from core.states import check_seen, refuse_for, update, verb
from visits.choices import PlaceState, VisitState
from visits.hosts.loading import found_visit
from visits.models import Attendee, StudyVisit

# What a copy has of the visit that it was made of: no dates, no people, nothing that came of it.
COPIED = (
    "title_cs", "title_en", "host_id", "host_names_cs", "host_names_en", "organiser", "country_cs",
    "country_en", "places_cs", "places_en", "goals_cs", "goals_en", "topics_cs", "topics_en", "quota",
    "capacity", "instructions",
)  # fmt: skip
COPIED_ITEM = ("position", "title_cs", "title_en", "starts_at", "ends_at", "place", "speaker")


Changed = Callable[[StudyVisit, list[str], User], Any]
# Addresses below the list of visits that are no visit.
TAKEN_SLUGS = frozenset({"hosts", "subscribe"})
PROGRAMME = "programme"
_changed: list[Changed] = []


def when_changed(callback: Changed) -> None:
    """Let `callback` follow whenever words of a visit changed, inside the verb.

    It gets the names of the columns, and `PROGRAMME` for what is on the programme.
    """
    if callback not in _changed:
        _changed.append(callback)


def reasons_of_role(by: User) -> list[str]:
    """Return why `by` cannot run study visits; empty when nothing stands against it."""
    return by.reasons_without(Permission.MANAGE_VISITS, _("Your role does not run study visits."))


def faults_of(visit: Any) -> dict[str, str]:
    """Return what is wrong with the words of a visit, by the name of the column."""
    faults = {}
    if not visit.title_cs and not visit.country_cs:
        faults["title_cs"] = _("Write a title or a country, so that the visit has a name.")
    if visit.starts_on and visit.ends_on and visit.ends_on < visit.starts_on:
        faults["ends_on"] = _("The last day is before the first one.")
    if visit.ends_on and not visit.starts_on:
        faults["starts_on"] = _("Write the first day, too, as exactly as you know it.")
    until = visit.sign_up_until
    is_late = until and visit.starts_on and timezone.localdate(until) >= visit.starts_on
    if is_late and visit.starts_precision == DAY:
        faults["sign_up_until"] = _("Sign-up has to end before the first day.")
    return faults


def lacks_of(visit: StudyVisit) -> list[str]:
    """Return what a visit lacks so that municipalities could sign up; empty when it lacks nothing."""
    today, now, lacks = timezone.localdate(), timezone.now(), []
    if not visit.host_id and not visit.host_names:
        lacks.append(_("Write who is visited: a host, or the names of others."))
    if not visit.starts_on:
        lacks.append(_("Write the first day, as exactly as you know it."))
    elif visit.starts_precision == DAY and visit.starts_on <= today:
        lacks.append(_("The first day has passed."))
    if not visit.sign_up_until:
        lacks.append(_("Write until when people can sign up."))
    elif visit.sign_up_until <= now:
        lacks.append(_("The moment until which people can sign up has passed."))
    if not visit.quota:
        lacks.append(_("Write how many people of one municipality may go."))
    return lacks


def _reasons_against_words(visit: StudyVisit) -> list[str]:
    reasons = list(faults_of(visit).values())
    if visit.state == VisitState.OPEN and not visit.quota:
        reasons.append(_("Write how many people of one municipality may go."))
    if visit.state == VisitState.OPEN and not (visit.sign_up_until and visit.starts_on):
        reasons.append(_("Sign-up is open: leave the first day and the end of sign-up filled in."))
    placed = Attendee.objects.filter(visit=visit, state=PlaceState.CONFIRMED).count() if visit.pk else 0
    if visit.capacity is not None and visit.capacity < placed:
        words = ngettext(
            "%(count)s person has a place already.", "%(count)s people have a place already.", placed
        )
        reasons.append(words % {"count": placed})
    return reasons


@transaction.atomic
def plan(*, words: Mapping[str, Any], sets: Sets, by: User) -> StudyVisit:
    """Write down a new visit, which only the desk sees until sign-up opens.

    `words` are its columns by name, `sets` its rows of many to many. Raises Refused with what is wrong.
    """
    visit = StudyVisit(**words, position=last_place(StudyVisit))
    refuse_for(reasons_of_role(by) + _reasons_against_words(visit))
    visit.slug = own_words.free_slug(StudyVisit, _words_of_address(visit))
    if visit.slug in TAKEN_SLUGS:
        visit.slug = f"visit-{visit.slug}"
    visit.position = _place_in_time(visit) or visit.position
    own_words.add(visit, by=by)
    for name, rows in sets.items():
        getattr(visit, name).set(rows)
    find_anew(visit)
    return visit


@transaction.atomic
def change(visit: StudyVisit, *, words: Mapping[str, Any], sets: Sets, version: int, by: User) -> bool:
    """Change the words of a visit, seen as `version`, and keep those before; return whether any differed.

    Raises Refused with what is wrong, Conflict when it changed meanwhile.
    """
    check_seen(visit, version)
    refuse_for(reasons_of_role(by) + _reasons_against_words(_as_it_would_be(visit, words)))
    return _write(visit, words, sets, by)


@verb(against=reasons_of_role, versioned=True)
def put_back(visit: StudyVisit, *, entry: audit.AuditEntry, version: int, by: User) -> None:
    """Let the words before a change stand again, which itself is a change.

    Raises Refused when they do not fit what stands beside them today, Conflict when it changed meanwhile.
    """
    words, sets = own_words.before(visit, entry)
    refuse_for(_reasons_against_words(_as_it_would_be(visit, words)))
    _write(visit, words, sets, by)


def _write(visit: StudyVisit, words: Mapping[str, Any], sets: Sets, by: User) -> bool:
    # A text that nobody has given in a language is empty, whichever way the database says so.
    words = {
        name: word for name, word in words.items() if word not in ("", []) or getattr(visit, name) is not None
    }
    differs = [name for name, word in words.items() if getattr(visit, name) != word]
    place = _place_in_time(_as_it_would_be(visit, words)) if "starts_on" in differs else None
    also = {} if place is None else {"position": place}
    if not own_words.change(visit, words, by=by, sets=sets, also=also):
        return False
    follow_change(visit, differs, by)
    return True


@verb(against=reasons_of_role)
def copy(visit: StudyVisit, *, by: User) -> StudyVisit:
    """Plan a visit like another one: its words and its programme without days, and nobody who took part."""
    new = StudyVisit(**{name: getattr(visit, name) for name in COPIED}, copied_from=visit)
    new.slug = own_words.free_slug(StudyVisit, _words_of_address(new))
    new.position = last_place(StudyVisit)
    new.save()
    new.themes.set(visit.themes.filter(retired_at=None))
    new.programme.bulk_create(
        type(item)(visit=new, **{name: getattr(item, name) for name in COPIED_ITEM})
        for item in visit.programme.all()
    )
    audit.record("visit.copy", new, by=by, of=visit.pk)
    return new


def find_anew(visit: StudyVisit) -> None:
    """Write anew how the public finds a visit; one that it does not see is not found."""
    row = StudyVisit.objects.published().for_list().prefetch_related("programme").filter(pk=visit.pk).first()
    if row:
        search.put_many([found_visit(row)], scope=search.PUBLIC)
    else:
        search.drop("visit", visit.pk)


def follow_change(visit: StudyVisit, names: list[str], by: User) -> None:
    """Let what follows from a visit's words follow their change."""
    find_anew(visit)
    for callback in _changed:
        callback(visit, names, by)


def touch(visit: StudyVisit) -> None:
    """Let a change beside a visit count as one of it. Raises Conflict when it changed meanwhile."""
    update(visit, also={})


def _as_it_would_be(visit: StudyVisit, words: Mapping[str, Any]) -> StudyVisit:
    fields = {field.attname: getattr(visit, field.attname) for field in visit._meta.concrete_fields}
    return StudyVisit(**{**fields, **words})


def _words_of_address(visit: Any) -> str:
    year = str(visit.starts_on.year) if visit.starts_on else ""
    name = visit.title_en or visit.title_cs or visit.country_en or visit.country_cs
    return f"{name[:28]} {year}"


def _place_in_time(visit: StudyVisit) -> int | None:
    """Return the place behind the last visit that began no later; None where none did or no day is known."""
    if not visit.starts_on:
        return None
    earlier = StudyVisit.objects.filter(starts_on__lte=visit.starts_on).exclude(pk=visit.pk)
    return earlier.aggregate(last=Max("position"))["last"]
