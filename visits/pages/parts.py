"""What the capabilities of visits add to the pages of one visit: tabs at the desk, parts in public.

Each is one row of a table. Its template finds `visit` and, as `part`, what the context function returned.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from visits.attendance.tabs import people_of, questions_of
from visits.deliveries.queries import of_public_visit, of_visit
from visits.lessons import queries as lessons
from visits.models import StudyVisit
from visits.pages.facts import plan, told
from visits.reports import queries as reports

Context = Callable[[StudyVisit, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Part:
    """One part of a page; of the function's answer None is nothing to show, {} is enough to be drawn."""

    key: str
    title: Promise
    template: str
    context: Context
    # What the function returned for one visit and reader.
    told: dict[str, Any] | None = None


# The tabs of a visit at the desk. Only the open one is asked; the first one is open where none is named.
DESK_TABS: tuple[Part, ...] = (
    Part("plan", pgettext_lazy("of a visit", "Plan"), "visits/pages/desk_plan.html", plan),
    Part("people", gettext_lazy("People"), "visits/attendance/desk_people.html", people_of),
    Part("questions", gettext_lazy("Questions"), "visits/attendance/desk_questions.html", questions_of),
    Part("report", gettext_lazy("Report"), "visits/reports/desk_tab.html", reports.of_visit_at_desk),
    Part("deliveries", gettext_lazy("Deliveries"), "visits/deliveries/of_visit.html", of_visit),
    Part("lessons", gettext_lazy("What came of it"), "visits/lessons/desk_tab.html", lessons.desk_part),
    Part("history", gettext_lazy("History"), "visits/pages/desk_history.html", told),
)

# What stands on the public page of a visit below what is known of it, in this order.
PUBLIC_PARTS: tuple[Part, ...] = (
    Part("report", gettext_lazy("Report"), "visits/reports/of_visit.html", reports.of_visit),
    Part("lessons", gettext_lazy("What came of it"), "visits/lessons/public.html", lessons.public_part),
    Part(
        "by-mail",
        gettext_lazy("Reports by e-mail"),
        "visits/deliveries/of_public_visit.html",
        of_public_visit,
    ),
)


def tab_of(key: str | None, visit: StudyVisit, user: Any) -> Part:
    """Return the tab that an address names, or the first one, with what it tells."""
    chosen = next((tab for tab in DESK_TABS if tab.key == key), DESK_TABS[0])
    return replace(chosen, told=chosen.context(visit, user))


def public_parts(visit: StudyVisit, user: Any) -> list[Part]:
    """Return the parts that have something to tell of a visit."""
    told = [replace(part, told=part.context(visit, user)) for part in PUBLIC_PARTS]
    return [part for part in told if part.told is not None]
