"""Loading of the indicators and the first values that the portal ships; loading again changes nothing.

An indicator that was changed here stays as it is. A value that a person has corrected or taken
back stays so; one that the file corrects supersedes the shipped one.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from core.loading import Report, bring, partial
from municipalities.models import Indicator, IndicatorValue, Municipality

DATA = Path(__file__).parent / "data" / "indicators.yaml"
CORRECTED = {
    "superseded_reason_cs": "Opraveno v údajích, které portál dodává.",
    "superseded_reason_en": "Corrected in the records that the portal ships.",
}
TEXTS = ("name", "definition")
# What the file says of the value of one date.
TOLD = ("value", "source_cs", "source_en", "is_of_project_page", "note_cs", "note_en")
Key = tuple[int, int, Any, str]


@lru_cache(maxsize=1)
def read() -> dict[str, Any]:
    """Read the file once."""
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))


@transaction.atomic
def load(data: dict[str, Any] | None = None) -> Report:
    """Add what is missing of the indicators and their first values."""
    data = data or read()
    return _load_indicators(data["indicators"]) + _load_values(data["values"])


def _load_indicators(records: list[dict[str, Any]]) -> Report:
    known = {row.slug: row for row in Indicator.objects.all()}
    report = Report()
    for number, record in enumerate(records, start=1):
        columns = {name: value for name, value in record.items() if name not in TEXTS}
        columns |= {f"{name}_{code}": text for name in TEXTS for code, text in record[name].items()}
        if "at_most" in record:
            columns["at_most_id"] = known[columns.pop("at_most")].pk
        row = known.setdefault(record["slug"], Indicator())
        report += bring(row, {**columns, "position": 10 * number})
    return report


def _load_values(records: list[dict[str, Any]]) -> Report:
    current, shipped = _known()
    report = Report()
    for row in _rows(records):
        report += _bring(row, current.get(_key(row)), shipped.get(_key(row)))
    return report


def _rows(records: list[dict[str, Any]]) -> Iterator[IndicatorValue]:
    slugs = {record["municipality"] for record in records}
    places = dict(Municipality.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    indicators = dict(Indicator.objects.values_list("slug", "pk"))
    for record in records:
        date = dict(zip(("on", "precision"), partial(record["date"]), strict=True))
        yield IndicatorValue(
            municipality_id=places[record["municipality"]],
            indicator_id=indicators[record["indicator"]],
            **date,
            value=Decimal(str(record["value"])),
            source_cs=record["source"],
            source_en=record["source"],
            is_of_project_page=record.get("is_of_project_page", False),
            note_cs=record["note"]["cs"],
            note_en=record["note"]["en"],
        )


def _known() -> tuple[dict[Key, IndicatorValue], dict[Key, IndicatorValue]]:
    """Return the values of each date that hold, and the newest that the portal shipped for it."""
    rows = IndicatorValue.objects.order_by("pk")
    shipped = {_key(row): row for row in rows.filter(entered_by=None, from_return=None)}
    places = {key[0] for key in shipped} | set(Municipality.objects.pilots().values_list("pk", flat=True))
    return {_key(row): row for row in rows.current().filter(municipality__in=places)}, shipped


def _key(row: IndicatorValue) -> Key:
    return row.municipality_id, row.indicator_id, row.on, row.precision


def _bring(row: IndicatorValue, current: IndicatorValue | None, shipped: IndicatorValue | None) -> Report:
    if shipped is None and current is None:
        row.save()
        return Report(created=1)
    # Of a person's date: theirs holds. Corrected or taken back by a person: so it stays.
    if shipped is None or shipped.superseded_at is not None:
        return Report(unchanged=1)
    if all(getattr(shipped, name) == getattr(row, name) for name in TOLD):
        return Report(unchanged=1)
    now = timezone.now()
    IndicatorValue.objects.filter(pk=shipped.pk).update(superseded_at=now, **CORRECTED)
    row.entered_at, row.replaces = now, shipped
    row.save()
    return Report(updated=1)
