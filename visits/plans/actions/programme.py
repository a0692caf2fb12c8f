"""What is on the programme of a visit: added, changed, put in order, taken off."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.loading import DAY
from core.states import refuse_for, verb
from visits.models import ProgrammeItem, StudyVisit
from visits.plans.actions.plans import PROGRAMME, follow_change, reasons_of_role, touch

# The history tells these with what stood there before; who speaks is somebody's name and stays out of it.
TOLD = ("title_cs", "title_en", "on", "starts_at", "ends_at", "place")
MOST_ITEMS = 100


def faults_of(item: ProgrammeItem) -> dict[str, str]:
    """Return what is wrong with an item, by the name of the column."""
    faults, visit = {}, item.visit
    if item.ends_at and not item.starts_at:
        faults["starts_at"] = _("Write when it begins, too.")
    elif item.ends_at and item.starts_at and item.ends_at <= item.starts_at:
        faults["ends_at"] = _("It ends before it begins.")
    if item.on and visit.starts_on and item.on < visit.starts_on:
        faults["on"] = _("This day is before the visit.")
    last = visit.ends_on or (visit.starts_on if visit.starts_precision == DAY else None)
    if item.on and visit.ends_on and last and item.on > last:
        faults["on"] = _("This day is after the visit.")
    return faults


@verb(against=reasons_of_role, versioned=True)
def add(visit: StudyVisit, *, words: Mapping[str, Any], version: int, by: User) -> ProgrammeItem:
    """Put something more on the programme of a visit, seen as `version`, behind what is there.

    Raises Refused with what is wrong, Conflict when the visit changed meanwhile.
    """
    places = visit.programme.aggregate(last=Max("position"))["last"] or 0
    item = ProgrammeItem(visit=visit, position=places + 1, **words)
    refuse_for(faults_of(item).values())
    if visit.programme.count() >= MOST_ITEMS:
        refuse_for([_("A programme has at most %(count)s items.") % {"count": MOST_ITEMS}])
    item.save()
    _follow(visit, "visit.item_add", item, by, new=_told(item))
    return item


@verb(against=reasons_of_role, versioned=True)
def change(
    visit: StudyVisit, *, item: ProgrammeItem, words: Mapping[str, Any], version: int, by: User
) -> None:
    """Change an item of a visit, seen as `version`.

    Raises Refused with what is wrong, Conflict when the visit changed meanwhile.
    """
    old, is_same = _told(item), all(getattr(item, name) == word for name, word in words.items())
    for name, word in words.items():
        setattr(item, name, word)
    refuse_for(faults_of(item).values())
    if is_same:
        return
    item.save()
    _follow(visit, "visit.item_change", item, by, old=old, new=_told(item))


@verb(against=reasons_of_role, versioned=True)
def remove(visit: StudyVisit, *, item: ProgrammeItem, version: int, by: User) -> None:
    """Take an item off the programme; questions and sections that belong to it stay with the visit.

    Raises Conflict when the visit changed meanwhile.
    """
    pk, old = item.pk, _told(item)
    item.delete()
    item.pk = pk
    _follow(visit, "visit.item_remove", item, by, old=old)


@verb(against=reasons_of_role, versioned=True)
def shift(visit: StudyVisit, *, item: ProgrammeItem, up: bool, version: int, by: User) -> None:
    """Let an item change places with its neighbour; at an end nothing changes.

    Raises Conflict when the visit changed meanwhile.
    """
    rows = list(visit.programme.all())
    here = rows.index(item)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for place, row in enumerate(rows, start=1):
        row.position = place
    ProgrammeItem.objects.bulk_update(rows, ["position"])
    _follow(visit, "visit.item_move", item, by)


def _told(item: ProgrammeItem) -> dict[str, str]:
    return {name: str(word) for name in TOLD if (word := getattr(item, name))}


def _follow(visit: StudyVisit, verb_name: str, item: ProgrammeItem, by: User, **told: Any) -> None:
    touch(visit)
    audit.record(verb_name, visit, by=by, item=item.pk, **told)
    follow_change(visit, [PROGRAMME], by)
