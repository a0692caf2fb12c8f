"""The outlines of the country and where things stand on its map: geometry only.

A point of the map is a pair of whole numbers; the map is WIDTH wide. Where places lie so
close together that a finger could not tell them apart, their pins step aside, and a line
leads from each pin to its place.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, dist, radians
from pathlib import Path

FILE = Path(__file__).parent / "data" / "regions.geojson"

Point = tuple[int, int]
Positions = tuple[tuple[float, float], ...]
# Left, top, right, bottom.
Box = tuple[float, float, float, float]

WIDTH = 1000
MARGIN = 12
WEST, EAST, SOUTH, NORTH = 12.09, 18.87, 48.54, 51.07
# At this latitude a degree of longitude is as long on the map as on the ground.
SHRINK = cos(radians(49.8))
SCALE = (WIDTH - 2 * MARGIN) / ((EAST - WEST) * SHRINK)
HEIGHT = round((NORTH - SOUTH) * SCALE) + 2 * MARGIN

# What a finger needs: 24 px on a telephone, where the map is 358 px wide.
TARGET = 68
# How far a pin and the mark of a place are drawn from their middle; how wide and high a letter of a name is.
DOT, SPOT, LETTER, LINE = 18, 6, 14, 26
# A region's number: half of its width and half of its height.
COUNT = (36, 14)
ROUNDS = 400
STEP = 12


@dataclass(frozen=True)
class Outline:
    """A region's shape as an SVG path, and points inside it with how far each is from the borders."""

    nuts3: str
    path: str
    inside: tuple[tuple[Point, float], ...]


@dataclass(frozen=True)
class Name:
    """Where the name of a place is written, and which end of it stands there: start, middle or end."""

    at: Point
    anchor: str


@dataclass(frozen=True)
class Pin:
    """Where a place lies and where its pin stands."""

    spot: Point
    at: Point

    @property
    def is_moved(self) -> bool:
        """Whether a line has to lead from the pin to the place."""
        return dist(self.spot, self.at) > TARGET / 4


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a position stands on the map."""
    return (longitude - WEST) * SHRINK * SCALE + MARGIN, (NORTH - latitude) * SCALE + MARGIN


@lru_cache(maxsize=1)
def outlines() -> tuple[Outline, ...]:
    """Return the fourteen regions, made once from the shipped file."""
    found = []
    for feature in json.loads(FILE.read_text(encoding="utf-8"))["features"]:
        rings = [[project(*position) for position in ring] for ring in feature["geometry"]["coordinates"]]
        path = "".join(f"M{'L'.join(f'{round(x)} {round(y)}' for x, y in ring[:-1])}Z" for ring in rings)
        found.append(Outline(feature["properties"]["nuts3"], path, tuple(_inside(rings))))
    return tuple(found)


def _inside(rings: list[list[tuple[float, float]]]) -> Iterator[tuple[Point, float]]:
    """Yield points of a grid that lie inside a region, each with how far it is from the nearest corner."""
    xs, ys = zip(*rings[0], strict=True)
    corners = [corner for ring in rings for corner in ring]
    for x in range(round(min(xs)), round(max(xs)), STEP):
        for y in range(round(min(ys)), round(max(ys)), STEP):
            crossed = sum(
                (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
                for ring in rings
                for (x1, y1), (x2, y2) in pairwise(ring)
            )
            if crossed % 2 == 1:
                yield (x, y), min(dist((x, y), corner) for corner in corners)


@lru_cache(maxsize=32)
def laid_out(positions: Positions) -> tuple[tuple[Point, ...], tuple[Pin, ...]]:
    """Return where the number of each region stands, and a pin for each (longitude, latitude).

    Nothing is nearer to another than a finger can tell apart.
    """
    # Points as complex numbers, which can be added and have a distance.
    spots = [complex(*project(*position)) for position in positions]
    labels = tuple(_label(outline, spots) for outline in outlines())
    taken = [complex(*label) for label in labels]
    # Two at the very same place have to part somehow: each begins a hair to the right of the one before.
    at = [spot + index / 100 for index, spot in enumerate(spots)]
    for _round in range(ROUNDS):
        moves = [
            _push(pin, [*at[:index], *at[index + 1 :]], taken, spots[index]) for index, pin in enumerate(at)
        ]
        at = [_in_frame(pin + move) for pin, move in zip(at, moves, strict=True)]
    return labels, tuple(Pin(_whole(spot), _whole(pin)) for spot, pin in zip(spots, at, strict=True))


def _label(outline: Outline, spots: list[complex]) -> Point:
    """Return a point well inside a region that is no place's."""

    def worth(option: tuple[Point, float]) -> float:
        point, from_border = option
        nearest = min((abs(complex(*point) - spot) for spot in spots), default=TARGET)
        # Of the many that are far enough from both, one where the names of places have most room.
        return min(from_border, TARGET / 2) + min(nearest, TARGET) / 2 + min(nearest, 3 * TARGET) / 10

    return max(outline.inside, key=worth)[0]


def _push(pin: complex, others: list[complex], labels: list[complex], home: complex) -> complex:
    """Return how far a pin moves in one round: away from what is too near, else a little towards home."""
    away = 0j
    for other, least in [*((other, TARGET + 1) for other in others), *((label, TARGET) for label in labels)]:
        gap = abs(pin - other)
        if gap < least:
            away += (pin - other) * ((least - gap) / 2 / max(gap, 0.01))
    return away or (home - pin) * 0.02


def _in_frame(point: complex) -> complex:
    half = TARGET / 2
    return complex(min(max(point.real, half), WIDTH - half), min(max(point.imag, half), HEIGHT - half))


def _whole(point: complex) -> Point:
    return round(point.real), round(point.imag)


@lru_cache(maxsize=32)
def names(positions: Positions, texts: tuple[str, ...]) -> tuple[Name, ...]:
    """Return where each name stands: on the side of its pin where it covers least."""
    labels, pins = laid_out(positions)
    taken = [_box_around(label, *COUNT) for label in labels]
    taken += [_box_around(pin.at, DOT, DOT) for pin in pins]
    taken += [_box_around(pin.spot, SPOT, SPOT) for pin in pins]
    chosen: dict[int, Name] = {}
    # In the second round each of them knows where all the others stand.
    for index in [*range(len(pins))] * 2:
        others = [_box_of(name, texts[key]) for key, name in chosen.items() if key != index]
        chosen[index] = _freest(pins[index], texts[index], [*taken, *others])
    return tuple(chosen[index] for index in range(len(pins)))


def _freest(pin: Pin, text: str, taken: list[Box]) -> Name:
    x, y = pin.at
    beside, under = DOT + 8, LINE // 3
    sides = [
        Name((x + beside, y + under), "start"),
        Name((x - beside, y + under), "end"),
        Name((x, y + DOT + LINE), "middle"),
        Name((x, y - DOT - under), "middle"),
    ]
    for side, anchor in ((1, "start"), (-1, "end")):
        sides += [Name((x + side * DOT, y + shift), anchor) for shift in (2 * under - LINE, LINE)]
    return min(sides, key=lambda name: sum(_shared(_box_of(name, text), other) for other in taken))


def _box_of(name: Name, text: str) -> Box:
    # One letter more than it has, for the room around it.
    (x, y), width = name.at, LETTER * (len(text) + 1)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[name.anchor]
    return left, y - LINE, left + width, y + 4


def _box_around(point: Point, wide: int, high: int) -> Box:
    return point[0] - wide, point[1] - high, point[0] + wide, point[1] + high


def _shared(one: Box, other: Box) -> float:
    """Return how much of a box another covers, and much more for what lies outside of the map."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    outside = max(0, -one[0]) + max(0, one[2] - WIDTH)
    return max(width, 0) * max(height, 0) + outside * LINE
