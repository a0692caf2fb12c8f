"""How a material goes on, from its announcement until readers have it and another one takes its place."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core import audit
from core.states import may_move, move, verb
from studies.choices import OUT, PlanState
from studies.models import Material
from studies.plan.actions.materials import find_anew, lacks_reason, reasons_of_role


@dataclass(frozen=True)
class Step:
    """One way on, as a button says it, and what is said once it is done."""

    to: str
    label: Any
    done: Any


STEPS = (
    Step(
        PlanState.COMMISSIONED,
        gettext_lazy("Its authors are commissioned"),
        gettext_lazy("The material is commissioned."),
    ),
    Step(PlanState.DRAFTED, gettext_lazy("Writing begins"), gettext_lazy("Writing has begun.")),
    Step(
        PlanState.IN_EXPERT_REVIEW,
        gettext_lazy("Give it to experts"),
        gettext_lazy("Experts read the material."),
    ),
    Step(PlanState.FINISHING, gettext_lazy("Finish it"), gettext_lazy("It gets its last touches now.")),
    Step(PlanState.PUBLISHED, gettext_lazy("It is published"), gettext_lazy("The material is published.")),
    Step(
        PlanState.SUPERSEDED,
        gettext_lazy("Another one takes its place"),
        gettext_lazy("The material is superseded. Its page stays and says so."),
    ),
    Step(
        PlanState.ANNOUNCED,
        gettext_lazy("It is only announced"),
        gettext_lazy("The material is announced."),
    ),
)
# Those that go back have words of their own.
_BACK: dict[tuple[str, str], Promise] = {
    (PlanState.COMMISSIONED, PlanState.ANNOUNCED): gettext_lazy("It is only announced"),
    (PlanState.IN_EXPERT_REVIEW, PlanState.DRAFTED): gettext_lazy("Back to writing"),
    (PlanState.FINISHING, PlanState.IN_EXPERT_REVIEW): gettext_lazy("Back to the experts"),
    (PlanState.FINISHING, PlanState.DRAFTED): gettext_lazy("Back to writing"),
    (PlanState.PUBLISHED, PlanState.DRAFTED): gettext_lazy("Write it anew"),
    (PlanState.SUPERSEDED, PlanState.PUBLISHED): gettext_lazy("It holds again"),
}
# Why a step is no way on: where the material is, and what therefore is not done.
_NOW: dict[str, Promise] = {
    PlanState.ANNOUNCED: gettext_lazy("The material is only announced so far"),
    PlanState.COMMISSIONED: gettext_lazy("The material is commissioned, and not written yet"),
    PlanState.DRAFTED: gettext_lazy("The material is being written"),
    PlanState.IN_EXPERT_REVIEW: gettext_lazy("Experts are reading the material"),
    PlanState.FINISHING: gettext_lazy("The material is being finished"),
    PlanState.PUBLISHED: gettext_lazy("The material is out"),
    PlanState.SUPERSEDED: gettext_lazy("Another material has taken its place"),
}
_CANNOT: dict[str, Promise] = {
    PlanState.ANNOUNCED: gettext_lazy("it cannot go back to its announcement"),
    PlanState.COMMISSIONED: gettext_lazy("it cannot be commissioned"),
    PlanState.DRAFTED: gettext_lazy("writing cannot begin"),
    PlanState.IN_EXPERT_REVIEW: gettext_lazy("it cannot be given to experts"),
    PlanState.FINISHING: gettext_lazy("it cannot be finished"),
    PlanState.PUBLISHED: gettext_lazy("it cannot be published"),
    PlanState.SUPERSEDED: gettext_lazy("no other one can take its place"),
}


def steps_of(material: Material, *, by: User) -> list[dict[str, Any]]:
    """Return the ways from where a material is, each with its label and the reasons against it.

    Those that go on come before those that go back.
    """
    ways = [step for step in STEPS if may_move(material, step.to)]
    return [
        {
            "to": step.to,
            "label": _BACK.get((material.state, step.to), step.label),
            "reasons": reasons_against_going(material, to=step.to, by=by),
        }
        for step in sorted(ways, key=lambda step: (material.state, step.to) in _BACK)
    ]


def reasons_against_going(material: Material, *, to: str, by: User) -> list[str]:
    """Return why a material cannot go on to a state; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if to not in _CANNOT:
        return [*reasons, _("There is no such state.")]
    if not may_move(material, to):
        names = {"now": _NOW[material.state], "cannot": _CANNOT[to]}
        return [*reasons, _("%(now)s; %(cannot)s.") % names]
    if not material.is_in_use:
        reasons.append(_("It was put away. Take it up again first."))
    if to in OUT:
        reasons += _lacks_of(material)
    elif to != PlanState.ANNOUNCED and not material.owner_id:
        reasons.append(_("Write who looks after it."))
    if to not in OUT and lacks_reason(material):
        reasons.append(_("It is late, and the plan is public: write why."))
    return reasons


def _lacks_of(material: Any) -> list[str]:
    lacks = []
    if not material.title_cs:
        lacks.append(_("Write its Czech title."))
    if not material.abstract_cs:
        lacks.append(_("Write in Czech what it is about."))
    if not material.kind:
        lacks.append(_("Write of which kind it is."))
    if not material.source and not material.year:
        lacks.append(_("Write in which year it came out, or where we know it from."))
    return lacks


@verb(against=reasons_against_going, versioned=True)
def go(material: Material, *, to: str, version: int, by: User) -> None:
    """Let a material, seen as `version`, go on to another state.

    Raises Refused with what stands against it, Conflict when it changed meanwhile.
    """
    before = material.state
    move(material, to)
    audit.record(f"material.{to}", material, by=by, before=before)
    find_anew(material)
