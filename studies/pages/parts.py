"""What the capabilities of studies add to the pages of one material: tabs at the desk, parts in public.

Each is one row of a table. Its template finds `material` and, as `part`, what the context function returned.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from studies.models import Material
from studies.pages.facts import facts_at_desk, told
from studies.plan.queries import contracts_of
from studies.reviews import queries as reviews
from studies.texts import queries as texts

Context = Callable[[Material, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Part:
    """One part of a page; of the function's answer None is nothing to show, {} is enough to be drawn."""

    key: str
    title: Promise
    template: str
    context: Context
    # What the function returned for one material and reader.
    told: dict[str, Any] | None = None


# The tabs of a material at the desk. Only the open one is asked; the first one is open where none is named.
DESK_TABS: tuple[Part, ...] = (
    Part("facts", pgettext_lazy("of a material", "Record"), "studies/pages/desk_facts.html", facts_at_desk),
    Part("text", gettext_lazy("Text"), "studies/texts/desk_tab.html", texts.at_desk),
    Part("reviews", gettext_lazy("Reviews"), "studies/reviews/desk/tab.html", reviews.of_material),
    Part("contracts", gettext_lazy("Contracts"), "studies/plan/contracts.html", contracts_of),
    Part("history", gettext_lazy("History"), "studies/pages/desk_history.html", told),
)

# What stands on the public page of a material below what it is about, in this order.
PUBLIC_PARTS: tuple[Part, ...] = (
    Part("text", gettext_lazy("Text"), "studies/texts/of_material.html", texts.published_of),
)


def tab_of(key: str | None, material: Material, user: Any) -> Part:
    """Return the tab that an address names, or the first one, with what it tells."""
    chosen = next((tab for tab in DESK_TABS if tab.key == key), DESK_TABS[0])
    return replace(chosen, told=chosen.context(material, user))


def public_parts(material: Material, user: Any) -> list[Part]:
    """Return the parts that have something to tell of a material."""
    told = [replace(part, told=part.context(material, user)) for part in PUBLIC_PARTS]
    return [part for part in told if part.told is not None]
