"""Finding one's municipality without its spelling: the region, the town in charge, the municipality."""

import re
from dataclasses import dataclass, field
from typing import Any

import czech_sort
from django.http import QueryDict
from django.utils.http import urlencode

from municipalities.models import Municipality, Region
from municipalities.places import maps

# Municipalities of which nobody told who serves them are a handful (military areas).
MOST_OTHERS = 25
AROUND_NAME = re.compile(r"^(Hlavní město|Kraj|Capital City of) | (kraj|Region)$")


@dataclass(frozen=True)
class Link:
    """One line of a list, and where it leads."""

    name: str
    url: str
    is_chosen: bool = False


@dataclass
class Places:
    """What there is to choose from, by what has been chosen: a region, then a town."""

    map: maps.Map
    # What a region is called on the map, where there is little room.
    short: dict[str, str]
    regions: list[Link]
    region: Region | None = None
    towns: list[Link] = field(default_factory=list)
    others: list[Link] = field(default_factory=list)
    town: Municipality | None = None
    municipalities: list[Link] = field(default_factory=list)


def places(asked: QueryDict, *, page: str) -> Places:
    """Return the steps for `?region=` and `?town=`; `page` is where a municipality leads to.

    Answers to the other questions (`s`, `home`) go along on every link.
    """
    kept = {name: str(asked[name]) for name in ("s", "home") if asked.get(name)}
    slug = str(asked.get("region", ""))

    def to_region(row: Region) -> str:
        return f"?{urlencode({**kept, 'region': row.slug})}"

    rows = list(Region.objects.all())
    found = Places(
        map=maps.of_regions(to_region, chosen=slug),
        short={row.name: AROUND_NAME.sub("", row.name) for row in rows},
        regions=[Link(row.name, to_region(row), row.slug == slug) for row in rows],
        region=next((row for row in rows if row.slug == slug), None),
    )
    if found.region:
        _fill(found, str(asked.get("town", "")), kept, page)
    return found


def _fill(found: Places, code: str, kept: dict[str, str], page: str) -> None:
    existing = Municipality.objects.existing()
    in_region = existing.filter(region=found.region)
    towns = _sorted(existing.filter(pk__in=in_region.order_by().values("served_by")))
    slug = found.region.slug if found.region else ""

    def to_page(row: Municipality) -> str:
        return f"{page}?{urlencode({'municipality': row.code, **kept})}"

    def to_town(row: Municipality) -> str:
        return f"?{urlencode({**kept, 'region': slug, 'town': row.code})}"

    found.town = next((row for row in towns if row.code == code), None)
    found.towns = [Link(row.name, to_town(row), row.code == code) for row in towns]
    others = _sorted(in_region.filter(served_by=None)[:MOST_OTHERS])
    found.others = [Link(row.name, to_page(row)) for row in others]
    if found.town:
        # At most some hundred: those of one district of extended powers.
        served = _sorted(existing.filter(served_by=found.town).select_related("region"))
        twice = _repeated([row.name for row in served])
        found.municipalities = [
            Link(row.full_name if row.name in twice else row.name, to_page(row)) for row in served
        ]


def _sorted(rows: Any) -> list[Municipality]:
    return sorted(rows, key=lambda row: (czech_sort.key(row.name), row.pk))


def _repeated(names: list[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}
