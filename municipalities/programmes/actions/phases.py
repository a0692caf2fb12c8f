"""Every write to the phase log of a programme; each counts as a change of the programme."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.states import verb
from municipalities.models import Programme, ProgrammePhase
from municipalities.programmes.actions.programmes import find_anew, reasons_against_editing, told_in, write

COLUMNS = ("title_cs", "start", "end", "text_cs", "source", "title_en", "text_en")
# More than anybody reads.
MOST = 40


def reasons_against_changing(programme: Programme, *, by: User) -> list[str]:
    """Return why `by` cannot change the log of a programme; empty when nothing stands against it."""
    return reasons_against_editing(programme.municipality, by=by)


def reasons_against_adding(programme: Programme, *, by: User) -> list[str]:
    """Return why `by` cannot add a phase; empty when nothing stands against it."""
    reasons = reasons_against_changing(programme, by=by)
    if programme.phases.count() >= MOST:
        reasons.append(_("A programme has at most %(count)s phases. Change one of them.") % {"count": MOST})
    return reasons


@verb(against=reasons_against_adding, versioned=True)
def add_phase(programme: Programme, *, words: Mapping[str, Any], version: int, by: User) -> ProgrammePhase:
    """Add a phase at the end of the log; raises Conflict when the programme changed meanwhile."""
    write(programme, {}, by=by)
    last = programme.phases.aggregate(last=Max("position"))["last"] or 0
    phase = ProgrammePhase.objects.create(programme=programme, position=last + 1, **told_in(words, COLUMNS))
    audit.record("programme.phase_add", programme, by=by, phase=phase.pk)
    find_anew(programme)
    return phase


@verb(against=reasons_against_changing, versioned=True)
def change_phase(
    programme: Programme, *, phase: ProgrammePhase, words: Mapping[str, Any], version: int, by: User
) -> None:
    """Write over a phase; raises Conflict when the programme changed meanwhile."""
    write(programme, {}, by=by)
    for name, value in told_in(words, COLUMNS).items():
        setattr(phase, name, value)
    phase.save()
    audit.record("programme.phase_change", programme, by=by, phase=phase.pk)
    find_anew(programme)


@verb(against=reasons_against_changing, versioned=True)
def remove_phase(programme: Programme, *, phase: ProgrammePhase, version: int, by: User) -> None:
    """Take a phase out of the log; raises Conflict when the programme changed meanwhile."""
    write(programme, {}, by=by)
    audit.record("programme.phase_remove", programme, by=by, phase=phase.pk)
    phase.delete()
    find_anew(programme)
