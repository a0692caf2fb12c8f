"""Real records that the portal ships as YAML: reading them, their Czech, their sources, writing what differs.

An app that ships records keeps two files: the records as they were gathered
(texts in English) and our own Czech translation, keyed by the English texts.
"""

import json
import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import yaml
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

Row = TypeVar("Row", bound=models.Model)
# An address in a sentence, without the punctuation behind it.
URL = re.compile(r"https?://\S*[^\s.,;:)]")


class Precision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


DAY, MONTH, YEAR = Precision.values


@dataclass(frozen=True)
class Report:
    """How many rows a loading made, changed (or removed) and left as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: "Report") -> "Report":
        return Report(
            self.created + other.created, self.updated + other.updated, self.unchanged + other.unchanged
        )


@dataclass(frozen=True)
class Source:
    """Where a fact comes from: its words and, when it is on the web, its address.

    `language` is set where the words are not in the reader's.
    """

    text: str
    url: str = ""
    language: str = ""


class Shipped:
    """The two files of one app.

    Raises ValueError for a text that has no Czech, so that none is shown in the wrong language unseen.
    """

    def __init__(self, records: Path, czech: Path) -> None:
        self._records, self._czech = records, czech

    @cached_property
    def records(self) -> dict[str, Any]:
        """The records as they were gathered."""
        return yaml.safe_load(self._records.read_text(encoding="utf-8"))

    @cached_property
    def texts(self) -> dict[str, str]:
        """Our Czech, by the English text."""
        return yaml.safe_load(self._czech.read_text(encoding="utf-8"))["texts"]

    def in_czech(self, text: str) -> str:
        """Return our Czech of an English text; raises ValueError when there is none."""
        if text not in self.texts:
            raise ValueError(f"{self._czech.name} has no Czech for {text!r}")
        return self.texts[text]

    def both(self, name: str, text: str | None) -> dict[str, str]:
        """Return the two columns of a translated text; what is not known is empty in both."""
        return {f"{name}_cs": self.in_czech(text) if text else "", f"{name}_en": text or ""}

    def both_lists(self, name: str, texts: Iterable[str] | None) -> dict[str, list[str]]:
        """Return the two columns of a translated list of texts."""
        texts = list(texts or ())
        return {f"{name}_cs": [self.in_czech(text) for text in texts], f"{name}_en": texts}

    def columns(
        self,
        model: type[models.Model],
        record: dict[str, Any],
        *,
        names: Iterable[str] = (),
        taken: Iterable[str] = (),
        **own: Any,
    ) -> dict[str, Any]:
        """Return the columns `names` of a row, or all: those in `own`, else what the record tells under them.

        A translated text comes in both languages, what is not known is empty or null.
        Raises ValueError for a key that is neither a column nor `taken` by the caller.
        """
        fields = {field.name: field for field in model._meta.concrete_fields if not field.primary_key}
        self.refuse_unknown(record, {*(names or fields), *taken})
        values = dict(own)
        for name in names or fields:
            told, field = record.get(name), fields[name]
            if not own.keys().isdisjoint((field.attname, f"{name}_cs")) or name.endswith(("_cs", "_en")):
                continue
            if f"{name}_cs" in fields:
                is_list = isinstance(field, models.JSONField)
                values |= self.both_lists(name, told) if is_list else self.both(name, told)
            else:
                values[field.attname] = "" if told is None and not field.null else field.to_python(told)
        return values

    @staticmethod
    def refuse_unknown(record: dict[str, Any], known: set[str]) -> None:
        """Raise ValueError when a record has a key that nobody loads, so that no fact is lost unseen."""
        if unknown := set(record) - known:
            raise ValueError(f"{record.get('slug') or record}: nobody loads {sorted(unknown)}")


def partial(found: Any) -> tuple[date | None, str]:
    """Return the first day that a date such as 2018, "2022-06" or "2021-09-02" may mean, and how exact it is.

    Nothing known is (None, ""). Raises ValueError for anything else.
    """
    if found is None:
        return None, ""
    parts = [int(part) for part in str(found).split("-")]
    precision = (YEAR, MONTH, DAY)[len(parts) - 1]
    return date(*[*parts, 1, 1][:3]), precision


def last_day(first: date, precision: str) -> date:
    """Return the last day that a date may mean of which the first one is kept."""
    if precision == YEAR:
        return date(first.year, 12, 31)
    return first.replace(day=monthrange(first.year, first.month)[1]) if precision == MONTH else first


def sources_of(text: str) -> list[Source]:
    """Return the single sources of a record, which stand with " ; " between them."""
    return [_source(part.strip()) for part in text.split(" ; ") if part.strip()]


def site(address: str) -> str:
    """Return the name of the site that an address leads to; "" where people typed what is no address."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _source(part: str) -> Source:
    found = URL.search(part)
    name = site(found[0]) if found else ""
    return Source(part.replace(found[0], name), found[0]) if found and name else Source(part)


def by_slug(model: type[Row], slug: str) -> Row:
    """Return the stored row of a slug, or a new one."""
    return model._default_manager.filter(slug=slug).first() or model(slug=slug)


def bring(row: models.Model, values: dict[str, Any]) -> Report:
    """Write `values` into a row, new or stored, when they differ; return what was done.

    A row that can be changed here remembers in its column `shipped` what it was brought last. Then only what
    still stands as it was shipped follows the new values; what somebody changed stays.
    """
    is_new = row.pk is None
    if hasattr(row, "shipped"):
        values = _followed(row, values)
    if not is_new and all(getattr(row, name) == value for name, value in values.items()):
        return Report(unchanged=1)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return Report(created=1) if is_new else Report(updated=1)


def _followed(row: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Return what may be written into a row that people change, and what is remembered as shipped."""
    shipped = {**row.shipped, **{name: _kept(value) for name, value in values.items()}}
    if row.pk is not None:
        values = {name: value for name, value in values.items() if _is_untouched(row, name)}
    return {**values, "shipped": shipped}


def _is_untouched(row: Any, name: str) -> bool:
    return name in row.shipped and _kept(getattr(row, name)) == row.shipped[name]


def _kept(value: Any) -> Any:
    """Return a value as JSON keeps it."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def remember_shipped(model: type[models.Model], names: Iterable[str]) -> None:
    """Take what stands today as shipped: for the migration of a table that had no column `shipped` yet."""
    for row in model._default_manager.all():
        row.shipped = {name: _kept(getattr(row, name)) for name in names}  # type: ignore[attr-defined]
        row.save(update_fields=["shipped"])
