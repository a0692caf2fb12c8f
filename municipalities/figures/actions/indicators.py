"""The list of indicators: added to, changed, retired and taken up again."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.audit import words
from core.states import check_seen, update, verb
from municipalities.models import Indicator, IndicatorValue


def reasons_against_managing(*, by: User) -> list[str]:
    """Say why `by` may not change the list; empty when they may."""
    return by.reasons_without(
        Permission.MANAGE_INDICATORS, _("Your role does not look after the list of indicators.")
    )


def has_values(indicator: Indicator) -> bool:
    """Tell whether an indicator was ever given a value, also one that was corrected since."""
    return IndicatorValue.objects.filter(indicator=indicator).exists()


def reasons_against_adding(columns: Mapping[str, Any], *, by: User) -> list[str]:
    """Say why an indicator of these columns cannot be added; empty when it can."""
    return reasons_against_managing(by=by) + _reasons_of_whole(columns)


def reasons_against_changing(indicator: Indicator, *, columns: Mapping[str, Any], by: User) -> list[str]:
    """Say why an indicator cannot become this; empty when it can."""
    reasons = reasons_against_managing(by=by)
    if columns["unit"] != indicator.unit and has_values(indicator):
        reasons.append(_("It has values already, so its unit stays. Add a new indicator instead."))
    if columns["places"] < indicator.places and has_values(indicator):
        reasons.append(_("It has values already, so they keep their decimal places."))
    return reasons + _reasons_of_whole(columns, indicator)


def _reasons_of_whole(columns: Mapping[str, Any], indicator: Indicator | None = None) -> list[str]:
    whole: Indicator | None = columns["at_most"]
    if whole is None:
        return []
    if indicator is not None and indicator.pk in (whole.pk, whole.at_most_id):
        return [_("An indicator cannot be held down by itself. Choose another one.")]
    if whole.unit != columns["unit"]:
        return [_("Both indicators have to have the same unit.")]
    return []


@verb(against=reasons_against_adding)
def add_indicator(columns: Mapping[str, Any], *, by: User) -> Indicator:
    """Add an indicator to the list; it is asked for from the next period on."""
    row = Indicator.objects.create(slug=words.free_slug(Indicator, columns["name_en"]), **columns)
    audit.record("indicator.add", row, by=by, slug=row.slug)
    return row


@verb(against=reasons_against_changing)
def change_indicator(indicator: Indicator, *, columns: Mapping[str, Any], version: int, by: User) -> None:
    """Change what an indicator, seen as `version`, is called and means.

    Raises Conflict when it changed meanwhile.
    """
    check_seen(indicator, version)
    words.change(indicator, columns, by=by)


@verb(against=reasons_against_managing)
def set_in_use(indicator: Indicator, *, in_use: bool, version: int, by: User) -> None:
    """Retire an indicator, so that it is no longer asked for, or take it up again; its values stay.

    Raises Conflict when it changed meanwhile.
    """
    check_seen(indicator, version)
    update(indicator, also={"is_active": in_use})
    audit.record("indicator.take_up" if in_use else "indicator.retire", indicator, by=by, slug=indicator.slug)
