"""Values of indicators: entered, corrected, taken back. None is ever written over or deleted."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.forms.fields import PartialDate
from core.states import Refused, refuse_for, update, verb
from municipalities.figures import numbers
from municipalities.models import Indicator, IndicatorValue, Municipality


def reasons_of_role(by: User) -> list[str]:
    """Say why `by` may not touch figures at all; empty when they may."""
    return by.reasons_without(
        Permission.EDIT_MUNICIPALITY, _("Your role does not keep municipalities' figures.")
    )


def reasons_against_value(
    municipality: Municipality,
    *,
    indicator: Indicator,
    date: PartialDate,
    value: Decimal,
    instead_of: IndicatorValue | None = None,
) -> list[str]:
    """Say why a value cannot be right, or not beside another one; empty when it can."""
    reasons = []
    if date.on > timezone.localdate():
        reasons.append(_("The date has not come yet."))
    if fault := numbers.fault_of(f"{value:f}", indicator):
        reasons.append(fault)
    if indicator.at_most is not None:
        whole = _current(municipality, indicator.at_most, date).first()
        if whole and value > whole.value:
            told = {"value": numbers.shown(whole.value, indicator.at_most), "name": indicator.at_most.name}
            words = _("It cannot be more than %(value)s, the value of “%(name)s” of the same date.")
            reasons.append(words % told)
    if _current(municipality, indicator, date).exclude(pk=instead_of and instead_of.pk).exists():
        reasons.append(_has_one())
    return reasons


def _current(municipality: Municipality, indicator: Indicator, date: PartialDate) -> Any:
    return IndicatorValue.objects.current().filter(
        municipality=municipality, indicator=indicator, on=date.on, precision=date.precision
    )


def _has_one() -> str:
    return _("There is a value for this date already. Open it and correct it.")


def reasons_against_entering(
    municipality: Municipality, *, indicator: Indicator, date: PartialDate, value: Decimal, by: User
) -> list[str]:
    """Say why `by` cannot enter a value; empty when they can. What a date has already is to be corrected."""
    reasons = reasons_of_role(by)
    return reasons + reasons_against_value(municipality, indicator=indicator, date=date, value=value)


@verb(against=reasons_against_entering)
def enter_value(
    municipality: Municipality,
    *,
    indicator: Indicator,
    date: PartialDate,
    value: Decimal,
    by: User,
    **words: str,
) -> IndicatorValue:
    """Enter the value of an indicator on a date; `words` are its source and note in both languages."""
    columns = _columns(date, value, by, words)
    row = _create(municipality=municipality, indicator=indicator, **columns)
    audit.record("figure.enter", row, by=by, municipality=municipality.pk, indicator=indicator.slug)
    return row


def _columns(date: PartialDate, value: Decimal, by: User, words: dict[str, str]) -> dict[str, Any]:
    """Return the columns of a value; the address of a source is the same in both languages."""
    source, english = words["source_cs"], words.get("source_en")
    both = {**words, "source_en": english or (source if source.startswith("http") else "")}
    return {"on": date.on, "precision": date.precision, "value": value, "entered_by": by, **both}


def _create(**columns: Any) -> IndicatorValue:
    """Write a value; of two people at once who enter the same date, the second is refused."""
    try:
        with transaction.atomic():
            return IndicatorValue.objects.create(**columns)
    except IntegrityError:
        raise Refused([_has_one()]) from None


def reasons_against_correcting(row: IndicatorValue, *, by: User) -> list[str]:
    """Say why `by` cannot correct a value, or take it back; empty when they can."""
    reasons = reasons_of_role(by)
    if row.superseded_at is not None:
        reasons.append(_("This value was corrected or taken back already."))
    return reasons


@transaction.atomic
def correct_value(
    row: IndicatorValue, *, date: PartialDate, value: Decimal, reason: str, by: User, **words: str
) -> IndicatorValue:
    """Put a new value in the place of one that is wrong, saying why; the old one stays to be asked for.

    Raises Refused with the reasons, Conflict when somebody else was quicker.
    """
    place, indicator = row.municipality, row.indicator
    reasons = reasons_against_taking_back(row, reason=reason, by=by)
    reasons += reasons_against_value(place, indicator=indicator, date=date, value=value, instead_of=row)
    refuse_for(reasons)
    new = supersede(row, reason=_in_czech(reason), columns=_columns(date, value, by, words))
    told = {"municipality": row.municipality_id, "indicator": indicator.slug, "old": row.pk}
    audit.record("figure.correct", new, by=by, **told)
    return new


def _in_czech(reason: str) -> dict[str, str]:
    return {"superseded_reason_cs": reason, "superseded_reason_en": ""}


def reasons_against_taking_back(row: IndicatorValue, *, reason: str, by: User) -> list[str]:
    """Say why `by` cannot let a value hold no longer for a reason; empty when they can."""
    return reasons_against_correcting(row, by=by) + ([] if reason.strip() else [_("Write why.")])


@verb(against=reasons_against_taking_back)
def take_back_value(row: IndicatorValue, *, reason: str, by: User) -> None:
    """Let a value hold no longer, saying why; it stays to be asked for.

    Raises Conflict when somebody else was quicker.
    """
    end(row, reason=_in_czech(reason), at=timezone.now())
    told = {"municipality": row.municipality_id, "indicator": row.indicator.slug}
    audit.record("figure.take_back", row, by=by, **told)


def supersede(row: IndicatorValue, *, reason: dict[str, str], columns: dict[str, Any]) -> IndicatorValue:
    """End a value and write its successor at the same moment, inside the caller's transaction."""
    now = timezone.now()
    end(row, reason=reason, at=now)
    place = {"municipality_id": row.municipality_id, "indicator_id": row.indicator_id}
    return _create(**place, entered_at=now, replaces=row, **columns)


def end(row: IndicatorValue, *, reason: dict[str, str], at: datetime) -> None:
    """Let a value hold no longer from a moment on, inside the caller's transaction.

    Raises Conflict when it was ended meanwhile.
    """
    update(row, also={"superseded_at": at, **reason}, seen={"superseded_at": None})
