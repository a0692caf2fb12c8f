"""Offices kept right: added, corrected, checked, closed and opened again."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.states import update, verb
from municipalities.choices import OF_MUNICIPALITY, OWN_SOURCE
from municipalities.models import Municipality, Office
from municipalities.places.offices.actions.reports import settle_seen
from municipalities.places.successions import reasons_against_choosing


def reasons_against_keeping(municipality: Municipality, *, kind: str, by: User) -> list[str]:
    """Return why `by` cannot write about offices of a kind in a municipality; empty when they may."""
    if by.has(Permission.EDIT_MUNICIPALITY):
        return []
    speaks = Municipality.objects.spoken_for_by(by).filter(pk=municipality.pk)
    if not by.has(Permission.SPEAK_FOR_MUNICIPALITY) or not speaks.exists():
        return [_("Your role does not write about municipalities.")]
    if kind not in OF_MUNICIPALITY:
        return [_("The Contact Centre keeps the branches of the Labour Office. Report what is wrong there.")]
    return []


def reasons_against_adding(
    municipality: Municipality, *, kind: str, words: Mapping[str, Any], by: User
) -> list[str]:
    """Return why `by` cannot add an office to a municipality; empty when nothing stands against it."""
    reasons = reasons_against_keeping(municipality, kind=kind, by=by)
    reasons += reasons_against_choosing(municipality)
    return reasons or _reasons_against_twice(municipality, kind, words["name"])


def reasons_against_correcting(office: Office, *, words: Mapping[str, Any], by: User) -> list[str]:
    """Return why `by` cannot write this of an office; empty when nothing stands against it."""
    return reasons_against_deciding(office, by=by) or _reasons_against_twice(
        office.municipality, office.kind, words["name"], but=office
    )


def reasons_against_deciding(office: Office, *, by: User) -> list[str]:
    """Return why `by` cannot write about an office; empty when nothing stands against it."""
    return reasons_against_keeping(office.municipality, kind=office.kind, by=by)


def _reasons_against_twice(
    municipality: Municipality, kind: str, name: str, but: Office | None = None
) -> list[str]:
    rows = Office.objects.filter(municipality=municipality, kind=kind, name=name)
    others = rows.exclude(pk=but.pk) if but else rows
    if others.exists():
        return [_("The municipality has an office of this kind and name already. Correct that one.")]
    return []


def _lock(row: Municipality | Office) -> None:
    """Let others who give an office of the same municipality its name wait, so that none has a twin."""
    place = row.municipality_id if isinstance(row, Office) else row.pk
    # What only points at the municipality need not wait.
    Municipality.objects.select_for_update(no_key=True).get(pk=place)


@verb(against=reasons_against_adding, lock=_lock)
def add(municipality: Municipality, *, kind: str, words: Mapping[str, Any], by: User) -> Office:
    """Add an office, `words` by the names of its columns."""
    told = {**words, **_checked(by)}
    office = Office.objects.create(municipality=municipality, kind=kind, **told)
    audit.record("office.add", office, by=by)
    return office


@verb(against=reasons_against_correcting, lock=_lock, versioned=True)
def correct(
    office: Office, *, version: int, words: Mapping[str, Any], newest_report: int = 0, by: User
) -> None:
    """Write how an office is reached, and settle the reports of visitors that stood beside the form.

    Raises Conflict when it changed meanwhile.
    """
    told = {**words, **_checked(by)}
    columns = [name for name in words if getattr(office, name) != told[name]]
    _write(office, told, "office.correct", newest_report, by, columns=columns)


@verb(against=reasons_against_deciding, versioned=True)
def check(office: Office, *, version: int, newest_report: int = 0, by: User) -> None:
    """Say that all that stands there is right; whatever made it uncertain is cleared."""
    _write(office, _checked(by), "office.check", newest_report, by)


@verb(against=reasons_against_deciding, versioned=True)
def close(office: Office, *, version: int, newest_report: int = 0, by: User) -> None:
    """Say that an office is there no more: nobody is sent to it. It can be opened again."""
    told = {"closed_on": timezone.localdate()}
    _write(office, told, "office.close", newest_report, by)


@verb(against=reasons_against_deciding, versioned=True)
def reopen(office: Office, *, version: int, by: User) -> None:
    """Say that an office is there after all."""
    _write(office, {"closed_on": None}, "office.reopen", 0, by)


def _checked(by: User) -> dict[str, Any]:
    """Return what an office bears after somebody has looked at it; officials speak for their municipality."""
    told: dict[str, Any] = {"checked_at": timezone.now(), "checked_by": by, "doubt": ""}
    if by.has(Permission.EDIT_MUNICIPALITY):
        return told
    return told | {"source": OWN_SOURCE, "as_of": timezone.localdate().isoformat()}


def _write(
    office: Office,
    told: Mapping[str, Any],
    name: str,
    newest_report: int,
    by: User,
    columns: Iterable[str] = (),
) -> None:
    update(office, also=told)
    settle_seen(office.municipality, office=office, newest=newest_report, by=by)
    audit.record(name, office, by=by, columns=list(columns))
