"""Loading of who serves whom and of the offices that the portal ships with; loading again changes nothing."""

import csv
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml
from django.db import transaction

from core.loading import Report, Shipped
from municipalities.choices import OfficeKind
from municipalities.models import Municipality, Office
from municipalities.places.loading import DATA, merge

COLUMNS = ("name", "address", "as_of", "doubt", "source")


@lru_cache(maxsize=1)
def read_offices() -> dict[str, Any]:
    """Read the shipped offices and the source of who serves whom once."""
    return yaml.safe_load((DATA / "offices.yaml").read_text(encoding="utf-8"))


def seats_source() -> dict[str, str]:
    """Return where it is known from who serves whom, by language."""
    return read_offices()["orp_source"]


@transaction.atomic
def load() -> Report:
    """Bring the seats with extended powers, company numbers and shipped offices in line with the files.

    An office that a person or a file has changed since stays as it is, as does one that people wrote.
    """
    known = Municipality.objects.values_list("code", "lau2_code", "pk")
    places = {code: (lau2, pk) for code, lau2, pk in known}
    report, _changed = merge(Municipality, ["code"], _served(places))
    return report + merge(Office, ["key"], _contact_points(places))[0]


def _served(places: dict[str, tuple[str, int]]) -> Iterator[dict[str, Any]]:
    with (DATA / "orp.csv").open(encoding="utf-8", newline="") as file:
        told = {row["lau2_code"]: row for row in csv.DictReader(file) if row["orp_lau2_code"] in places}
    for code, (lau2, _pk) in places.items():
        if row := told.get(lau2):
            # A district of Prague has an office of its own, whose number the file does not tell.
            number = row["company_number"] if code == lau2 else ""
            seat = places[row["orp_lau2_code"]][1]
            yield {"code": code, "served_by_id": seat, "company_number": number}


def _contact_points(places: dict[str, tuple[str, int]]) -> Iterator[dict[str, Any]]:
    theirs = set(Office.objects.filter(version__gt=1).values_list("key", flat=True))
    taken = set(Office.objects.filter(key=None).values_list("municipality_id", "kind", "name"))
    for record in read_offices()["contact_points"]:
        Shipped.refuse_unknown(record, {*COLUMNS, "key", "code"})
        place, words = places.get(record["code"]), {name: record.get(name, "") for name in COLUMNS}
        if place is None or record["key"] in theirs:
            continue
        if (place[1], OfficeKind.CONTACT_POINT, words["name"]) not in taken:
            yield {
                "key": record["key"],
                "kind": OfficeKind.CONTACT_POINT.value,
                "municipality_id": place[1],
                **words,
            }
