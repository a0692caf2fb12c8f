"""The list of indicators: added to, changed, retired and taken up again."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.search.prefix import plain
from core.states import check_seen, refuse_for, update
from municipalities.models import Indicator, IndicatorValue


@dataclass(frozen=True)
class Definition:
    """All that an administrator says of an indicator."""

    name_cs: str
    name_en: str
    unit: str
    definition_cs: str
    definition_en: str
    position: int = 100
    places: int = 0
    counts_people: bool = False
    per_inhabitants: bool = True
    at_most: Indicator | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the indicator."""
        return dict(vars(self))


def reasons_against_managing(*, by: User) -> list[str]:
    """Say why `by` may not change the list; empty when they may."""
    return by.reasons_without(
        Permission.MANAGE_INDICATORS, _("Your role does not look after the list of indicators.")
    )


def has_values(indicator: Indicator) -> bool:
    """Tell whether an indicator was ever given a value, also one that was corrected since."""
    return IndicatorValue.objects.filter(indicator=indicator).exists()


def reasons_against_changing(indicator: Indicator, *, definition: Definition, by: User) -> list[str]:
    """Say why an indicator cannot become this; empty when it can."""
    reasons = reasons_against_managing(by=by)
    if definition.unit != indicator.unit and has_values(indicator):
        reasons.append(_("It has values already, so its unit stays. Add a new indicator instead."))
    if definition.places < indicator.places and has_values(indicator):
        reasons.append(_("It has values already, so they keep their decimal places."))
    return reasons + _reasons_of_whole(indicator, definition)


def _reasons_of_whole(indicator: Indicator | None, definition: Definition) -> list[str]:
    whole = definition.at_most
    if whole is None:
        return []
    if indicator is not None and indicator.pk in (whole.pk, whole.at_most_id):
        return [_("An indicator cannot be held down by itself. Choose another one.")]
    if whole.unit != definition.unit:
        return [_("Both indicators have to have the same unit.")]
    return []


@transaction.atomic
def add_indicator(*, definition: Definition, by: User) -> Indicator:
    """Add an indicator to the list; it is asked for from the next period on.

    Raises Refused with the reasons.
    """
    refuse_for(reasons_against_managing(by=by) + _reasons_of_whole(None, definition))
    row = Indicator.objects.create(slug=_slug(definition.name_en), **definition.columns)
    audit.record("indicator.add", row, by=by, slug=row.slug)
    return row


def _slug(name: str) -> str:
    """Return a slug that no indicator has yet."""
    base = slugify(plain(name))[:34] or "indicator"
    taken = set(Indicator.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    forms = (f"{base}-{number}" if number > 1 else base for number in range(1, len(taken) + 2))
    return next(form for form in forms if form not in taken)


@transaction.atomic
def change_indicator(indicator: Indicator, *, definition: Definition, version: int, by: User) -> None:
    """Change what an indicator, seen as `version`, is called and means.

    Raises Refused with reasons_against_changing, Conflict when it changed meanwhile.
    """
    refuse_for(reasons_against_changing(indicator, definition=definition, by=by))
    check_seen(indicator, version)
    update(indicator, also=definition.columns)
    audit.record("indicator.change", indicator, by=by, slug=indicator.slug)


@transaction.atomic
def set_in_use(indicator: Indicator, *, in_use: bool, version: int, by: User) -> None:
    """Retire an indicator, so that it is no longer asked for, or take it up again; its values stay.

    Raises Refused with reasons_against_managing, Conflict when it changed meanwhile.
    """
    refuse_for(reasons_against_managing(by=by))
    check_seen(indicator, version)
    update(indicator, also={"is_active": in_use})
    verb = "indicator.take_up" if in_use else "indicator.retire"
    audit.record(verb, indicator, by=by, slug=indicator.slug)
