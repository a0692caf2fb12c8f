"""The map of the country for a page: what is drawn, what each part is called and where it leads."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from municipalities.models import Municipality, MunicipalityQuerySet, Region
from municipalities.places import outlines


@dataclass(frozen=True)
class MapRegion:
    """One region: its shape, how many municipalities of the list lie in it, and where it leads."""

    name: str
    path: str
    x: int
    y: int
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class MapPlace:
    """One place: its number in the list, its pin, its name and where they stand."""

    municipality: Municipality
    number: int
    pin: outlines.Pin
    name: outlines.Name


@dataclass(frozen=True)
class Map:
    """Everything that templates/municipalities/map.html draws."""

    regions: list[MapRegion]
    places: list[MapPlace]
    width: int = outlines.WIDTH
    height: int = outlines.HEIGHT
    target: int = outlines.TARGET // 2

    @property
    def numbers(self) -> dict[int, int]:
        """The number of each place in the list, by its municipality."""
        return {place.municipality.pk: place.number for place in self.places}


def of_list(rows: MunicipalityQuerySet, pilots: list[Municipality], *, chosen: Mapping[str, str]) -> Map:
    """Return the map of what a list shows.

    `pilots` are all of the project in the order of the list, so that a pin stays where it is
    whatever the list is narrowed by; `chosen` are the filters in force, which a region's link keeps.
    """
    counted = rows.order_by().values("region_id").annotate(count=Count("pk"))
    counts = {row["region_id"]: row["count"] for row in counted}
    shown = set(rows.pilots().order_by().values_list("pk", flat=True))
    return _map(counts, pilots, shown, chosen)


def of_pilots(pilots: list[Municipality]) -> Map:
    """Return the map of the municipalities of the project."""
    counts = Counter(pilot.region_id for pilot in pilots)
    return _map(counts, pilots, {pilot.pk for pilot in pilots}, {"pilot": "on"})


def of_regions(link: Callable[[Region], str], *, chosen: str = "") -> Map:
    """Return the map of the regions alone, each leading where `link` says; `chosen` is the slug of one."""
    rows, regions = {region.pk: region for region in Region.objects.all()}, []
    for outline in outlines.outlines():
        # A name has most room where the borders are farthest.
        (x, y), _room = max(outline.inside, key=lambda option: option[1])
        if row := rows.get(outline.nuts3):
            regions.append(MapRegion(row.name, outline.path, x, y, 0, link(row), chosen == row.slug))
    return Map(regions, [])


def _map(
    counts: Mapping[str, int], pilots: list[Municipality], shown: set[int], chosen: Mapping[str, str]
) -> Map:
    known = [(number, row) for number, row in enumerate(pilots, 1) if row.longitude and row.latitude]
    positions = tuple((float(row.longitude or 0), float(row.latitude or 0)) for _number, row in known)
    labels, pins = outlines.laid_out(positions)
    names = outlines.names(positions, tuple(row.name for _number, row in known))
    places = [
        MapPlace(row, number, pin, name)
        for (number, row), pin, name in zip(known, pins, names, strict=True)
        if row.pk in shown
    ]
    rows, regions = {region.pk: region for region in Region.objects.all()}, []
    for outline, (x, y) in zip(outlines.outlines(), labels, strict=True):
        if row := rows.get(outline.nuts3):
            url = f"{reverse('municipalities')}?{urlencode({**chosen, 'region': row.slug})}"
            count, is_chosen = counts.get(row.pk, 0), chosen.get("region") == row.slug
            regions.append(MapRegion(row.name, outline.path, x, y, count, url, is_chosen))
    return Map(regions, places)
