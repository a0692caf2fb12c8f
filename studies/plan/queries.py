"""The plan of thirteen materials: how far each place is, and which announced kind it is for."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from core.audit import words
from core.loading import Source, sources_of
from studies.choices import IN_THE_MAKING, OUT, PlanState
from studies.models import Material
from studies.plan.loading import SHIPPED

# How many materials the project announced.
CLAIMED = SHIPPED.records["meta"]["claimed_total"]
PLACES = range(1, CLAIMED + 1)


@dataclass(frozen=True)
class Plan:
    """The announced materials, place by place; one that nobody has written down is only announced."""

    rows: list[Material]
    claimed: int = CLAIMED

    @property
    def sources(self) -> list[Source]:
        """Where the number is from."""
        return sources_of(SHIPPED.records["meta"]["claimed_source"])

    def _number(self, *states: str) -> int:
        return sum(row.state in states for row in self.rows)

    @property
    def counts(self) -> str:
        """How many are out, in the making and only announced, in words; together they are all."""
        out, making = self._number(*OUT), self._number(*IN_THE_MAKING)
        parts = [
            (out, _("%(count)s published")),
            (making, _("%(count)s in the making")),
            (self.claimed - out - making, _("%(count)s only announced so far")),
        ]
        return ", ".join(words % {"count": count} for count, words in parts if count)

    @property
    def segments(self) -> list[str]:
        """The line of the plan: "out", "making" or "announced" for each place."""
        by_place = {row.place: row.state for row in self.rows}
        states = [by_place.get(place, PlanState.ANNOUNCED) for place in range(1, self.claimed + 1)]
        return [
            "out" if state in OUT else "making" if state in IN_THE_MAKING else "announced" for state in states
        ]

    @property
    def late_without_reason(self) -> int:
        """How many are late while nobody knows why."""
        return sum(row.is_late and not row.delay_reason for row in self.rows)


def plan() -> Plan:
    """Return the plan, place by place; one query."""
    rows = Material.objects.published().filter(place__isnull=False)
    return Plan(list(rows.defer("shipped").order_by("place")))


def announced(rows: list[Material]) -> list[tuple[str, list[Material]]]:
    """Return each kind that the project announced, in the reader's language, with its materials among `rows`.

    Which are its materials is our reading.
    """
    by_slug = {row.slug: row for row in rows}
    is_english = (get_language() or "").startswith("en")
    return [
        (
            kind["text"] if is_english else SHIPPED.in_czech(kind["text"]),
            [by_slug[slug] for slug in kind["slugs"] if slug in by_slug],
        )
        for kind in SHIPPED.records["meta"]["announced_kinds"]
    ]


# What a verb did, behind who did it.
DONE = {
    f"material.{PlanState.ANNOUNCED}": gettext_lazy("put it back among those announced"),
    f"material.{PlanState.COMMISSIONED}": gettext_lazy("noted that it is commissioned"),
    f"material.{PlanState.DRAFTED}": gettext_lazy("let writing begin"),
    f"material.{PlanState.IN_EXPERT_REVIEW}": gettext_lazy("gave it to experts"),
    f"material.{PlanState.FINISHING}": gettext_lazy("let it be finished"),
    f"material.{PlanState.PUBLISHED}": gettext_lazy("noted that it is published"),
    f"material.{PlanState.SUPERSEDED}": gettext_lazy("noted that another one took its place"),
    "material.contract_add": gettext_lazy("wrote down a contract"),
    "material.contract_change": gettext_lazy("changed a contract"),
    "material.contract_remove": gettext_lazy("took off a contract"),
}


@dataclass(frozen=True)
class Line:
    """One line of a history: who did what, with the words before and after."""

    change: words.Change
    done: str

    @property
    def words(self) -> list[dict[str, Any]]:
        """The words before and after; how much of a date is known said as people say it."""
        names = {"day": _("the day"), "month": _("the month"), "year": _("the year")}
        return [
            {**word, **{side: names.get(str(word[side]).lower(), "") for side in ("old", "new")}}
            if word["name"].endswith("_precision")
            else word
            for word in self.change.words
        ]


def history(material: Material) -> list[Line]:
    """Return what was done to a material, newest first, in a number of queries that does not grow with it."""
    changes = words.history(material)
    return [Line(one, str(DONE.get(one.entry.verb, one.done))) for one in changes]


def contracts_of(material: Material, user: Any) -> dict[str, Any]:
    """Return the contracts on a material that somebody may see, and whether they may at all."""
    may_see = user.has(Permission.MANAGE_MATERIALS)
    return {"may_see": may_see, "contracts": material.contracts.visible_to(user)}
