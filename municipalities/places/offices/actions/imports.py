"""A table of offices brought in: what it would change, and the changing, all or nothing.

`prepare()` compares a file with the portal and writes nothing; `bring_in()` does the same inside its
transaction and writes what the person has seen. Empty cells change nothing. What a person has checked on
the file's day or later stays.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.states import refuse_for, verb
from municipalities.models import Municipality, Office
from municipalities.places.offices import file
from municipalities.places.offices.file import Row
from municipalities.places.register.file import Fault

BATCH = 500


@dataclass(frozen=True)
class Upload:
    """What is to be brought in: the file's bytes, where they come from, of which day they speak."""

    data: bytes
    source: str
    on: date


@dataclass(frozen=True)
class Change:
    """One office that the portal has, and what the file tells of it otherwise: column, before, after."""

    line: int
    office: Office
    differs: dict[str, tuple[str, str]]
    # Why it is left as it is; empty where it is changed.
    kept: str = ""


@dataclass
class Plan:
    """What a file would do."""

    upload: Upload
    new: list[tuple[Row, Municipality]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    kept: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed)

    @property
    def digest(self) -> str:
        """What tells this plan from another: what is written, over what."""
        told = [repr((row, place.pk)) for row, place in self.new]
        told += [repr((one.office.pk, one.office.version, one.differs)) for one in self.changed]
        return hashlib.sha256(
            "\n".join([self.upload.source, str(self.upload.on), *told]).encode()
        ).hexdigest()


def prepare(upload: Upload) -> Plan:
    """Compare a file with the portal; raises BrokenFile when it cannot be read at all."""
    reading = file.read(upload.data)
    plan = Plan(upload, faults=list(reading.faults))
    places = _places()
    stored = _stored()
    for row in reading.rows:
        place = places.get(row.code)
        if wrong := _wrong_with_place(row, place):
            plan.faults.append(Fault(row.line, wrong))
        elif place is not None:
            _compare(plan, row, place, stored.get((place.pk, row.kind, row.name)))
    plan.faults.sort()
    return plan


def _places() -> dict[str, Municipality]:
    rows = Municipality.objects.only("pk", "code", "name", "dissolved_on").order_by()
    return {row.code: row for row in rows}


def _stored() -> dict[tuple[int, str, str], Office]:
    rows = Office.objects.select_related("municipality").order_by()
    return {(row.municipality_id, row.kind, row.name): row for row in rows}


def _wrong_with_place(row: Row, place: Municipality | None) -> str:
    if place is None:
        return _("No municipality has the code “%(code)s”.") % {"code": row.code[:20]}
    if place.dissolved_on and place.dissolved_on <= timezone.localdate():
        return _("%(name)s is no municipality any more.") % {"name": place.name}
    return ""


def _compare(plan: Plan, row: Row, place: Municipality, office: Office | None) -> None:
    if office is None:
        plan.new.append((row, place))
        return
    told = row.told | ({"doubt": ""} if office.doubt else {})
    differs = {
        name: (getattr(office, name), text) for name, text in told.items() if getattr(office, name) != text
    }
    if not differs:
        plan.unchanged += 1
    elif kept := _why_kept(office, plan.upload.on):
        plan.kept.append(Change(row.line, office, differs, kept))
    else:
        plan.changed.append(Change(row.line, office, differs))


def _why_kept(office: Office, on: date) -> str:
    if office.closed_on:
        return _("It is closed here. If it is open again, open it on its page first.")
    if office.checked_at and timezone.localdate(office.checked_at) >= on:
        return _("Somebody has checked it here on the day of the file or later.")
    return ""


def reasons_against_writing(plan: Plan) -> list[str]:
    """Return why nothing can be written of a plan; empty when it can."""
    if plan.faults:
        return [_("The file has lines that are wrong. Mend them and choose it again.")]
    if plan.is_empty:
        return [_("The file tells nothing that the portal does not know.")]
    return []


def reasons_against_bringing_in(*, by: User) -> list[str]:
    """Return why `by` cannot bring in a file; empty when nothing stands against it."""
    return by.reasons_without(
        Permission.EDIT_MUNICIPALITY, _("Your role does not write about municipalities.")
    )


@verb(against=reasons_against_bringing_in)
def bring_in(upload: Upload, *, seen: str, by: User) -> Plan:
    """Write what a file would change, all or nothing, and return what was done.

    `seen` is the digest of the plan that the person has seen. Raises Refused where it is another one by now.
    """
    # Two at once: the second one waits and sees what the first has written.
    list(Office.objects.select_for_update().order_by("pk").values_list("pk"))
    plan = prepare(upload)
    refuse_for(reasons_against_writing(plan))
    if plan.digest != seen:
        refuse_for([_("Somebody has changed an office meanwhile. Look at what would change once more.")])
    words = {"source": upload.source, "as_of": upload.on.isoformat()}
    new = [
        Office(municipality=place, kind=row.kind, name=row.name, **row.told, **words)
        for row, place in plan.new
    ]
    Office.objects.bulk_create(new, batch_size=BATCH)
    _write_changed(plan.changed, words)
    audit.record_all("office.import", _told(new, plan.changed), by=by)
    return plan


def _write_changed(changed: list[Change], words: dict[str, str]) -> None:
    offices = [change.office for change in changed]
    for change in changed:
        for name, (_before, after) in change.differs.items():
            setattr(change.office, name, after)
        change.office.source, change.office.as_of = words["source"], words["as_of"]
        change.office.checked_at = change.office.checked_by = None
        change.office.version += 1
    columns = [*file.COLUMNS, "doubt", "source", "as_of", "checked_at", "checked_by", "version"]
    # As rows that are there already, which databases do many times quicker than a bulk_update.
    Office.objects.bulk_create(
        offices, batch_size=BATCH, update_conflicts=True, update_fields=columns, unique_fields=["id"]
    )


def _told(new: list[Office], changed: list[Change]) -> Iterator[tuple[Office, dict[str, list[str]]]]:
    yield from ((office, {}) for office in new)
    yield from ((change.office, {"columns": sorted(change.differs)}) for change in changed)
