"""Values of indicators: entered, corrected, taken back. None is ever written over or deleted."""

from dataclasses import dataclass
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
from core.states import Refused, refuse_for, update
from municipalities.figures import numbers
from municipalities.models import Indicator, IndicatorValue, Municipality


@dataclass(frozen=True)
class Words:
    """What stands behind a number, in both languages; the English is empty where there is none."""

    source_cs: str
    source_en: str = ""
    note_cs: str = ""
    note_en: str = ""

    @property
    def columns(self) -> dict[str, str]:
        """The columns; the address of a source is the same in both languages."""
        source_en = self.source_en or (self.source_cs if self.source_cs.startswith("http") else "")
        return {**vars(self), "source_en": source_en}


def reasons_of_role(by: User) -> list[str]:
    """Say why `by` may not touch figures at all; empty when they may."""
    return by.reasons_without(
        Permission.EDIT_MUNICIPALITY, _("Your role does not keep municipalities' figures.")
    )


def reasons_against_value(
    municipality: Municipality, *, indicator: Indicator, date: PartialDate, value: Decimal
) -> list[str]:
    """Say why a value cannot be right; empty when it can."""
    reasons = []
    if date.on > timezone.localdate():
        reasons.append(_("The date has not come yet."))
    if fault := numbers.fault_of(f"{value:f}", indicator):
        reasons.append(fault)
    if indicator.at_most is not None:
        whole = _current(municipality, indicator.at_most, date).first()
        if whole and value > whole.value:
            reasons.append(
                _("It cannot be more than %(value)s, the value of “%(name)s” of the same date.")
                % {"value": numbers.shown(whole.value, indicator.at_most), "name": indicator.at_most.name}
            )
    return reasons


def _current(municipality: Municipality, indicator: Indicator, date: PartialDate) -> Any:
    return IndicatorValue.objects.current().filter(
        municipality=municipality, indicator=indicator, on=date.on, precision=date.precision
    )


@transaction.atomic
def enter_value(
    municipality: Municipality,
    *,
    indicator: Indicator,
    date: PartialDate,
    value: Decimal,
    words: Words,
    by: User,
) -> IndicatorValue:
    """Enter the value of an indicator on a date.

    Raises Refused when the value cannot be right, or the date has one already, which is to be corrected.
    """
    reasons = reasons_of_role(by)
    reasons += reasons_against_value(municipality, indicator=indicator, date=date, value=value)
    if _current(municipality, indicator, date).exists():
        reasons.append(_has_one())
    refuse_for(reasons)
    row = _create(
        municipality=municipality,
        indicator=indicator,
        on=date.on,
        precision=date.precision,
        value=value,
        entered_by=by,
        **words.columns,
    )
    audit.record("figure.enter", row, by=by, municipality=municipality.pk, indicator=indicator.slug)
    return row


def _has_one() -> str:
    return _("There is a value for this date already. Open it and correct it.")


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
    row: IndicatorValue, *, date: PartialDate, value: Decimal, words: Words, reason: str, by: User
) -> IndicatorValue:
    """Put a new value in the place of one that is wrong, saying why; the old one stays to be asked for.

    Raises Refused with the reasons, Conflict when somebody else was quicker.
    """
    reasons = reasons_against_correcting(row, by=by)
    reasons += reasons_against_value(row.municipality, indicator=row.indicator, date=date, value=value)
    reasons += _reasons_of_reason(reason)
    if _current(row.municipality, row.indicator, date).exclude(pk=row.pk).exists():
        reasons.append(_has_one())
    refuse_for(reasons)
    new = supersede(
        row,
        reason={"superseded_reason_cs": reason, "superseded_reason_en": ""},
        columns={
            "on": date.on,
            "precision": date.precision,
            "value": value,
            "entered_by": by,
            **words.columns,
        },
    )
    audit.record(
        "figure.correct",
        new,
        by=by,
        municipality=row.municipality_id,
        indicator=row.indicator.slug,
        old=row.pk,
    )
    return new


@transaction.atomic
def take_back_value(row: IndicatorValue, *, reason: str, by: User) -> None:
    """Let a value hold no longer, saying why; it stays to be asked for.

    Raises Refused with the reasons, Conflict when somebody else was quicker.
    """
    refuse_for(reasons_against_correcting(row, by=by) + _reasons_of_reason(reason))
    end(
        row,
        reason={"superseded_reason_cs": reason, "superseded_reason_en": ""},
        at=timezone.now(),
    )
    audit.record(
        "figure.take_back", row, by=by, municipality=row.municipality_id, indicator=row.indicator.slug
    )


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


def _reasons_of_reason(reason: str) -> list[str]:
    return [] if reason.strip() else [_("Write why.")]
