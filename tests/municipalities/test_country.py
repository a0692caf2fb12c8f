"""The map's geometry: the shipped outlines, and pins that a finger can tell apart."""

from itertools import combinations
from math import dist

from municipalities import country, loading


def the_sixteen():
    return tuple((float(row["longitude"]), float(row["latitude"])) for row in loading.read().pilots)


def test_the_fourteen_regions_are_shipped_with_their_licence():
    regions = country.outlines()
    assert {len(regions), len({region.nuts3 for region in regions})} == {14}
    assert all(region.path.startswith("M") and region.path.endswith("Z") for region in regions)
    assert "Copyright (c) 2021 Jindra Lacko" in country.FILE.with_name("regions.LICENSE.txt").read_text()


def test_a_position_stands_where_it_lies():
    west, east = country.project(12.1, 50), country.project(18.8, 50)
    north, south = country.project(15, 51), country.project(15, 48.6)
    assert 0 < west[0] < 30
    assert 970 < east[0] < country.WIDTH
    assert 0 < north[1] < south[1] < country.HEIGHT
    # A degree of longitude is shorter than one of latitude.
    assert (east[0] - west[0]) / 6.7 < (south[1] - north[1]) / 2.4


def test_a_finger_can_tell_all_targets_apart_on_a_telephone():
    labels, pins = country.laid_out(the_sixteen())
    targets = [*(pin.at for pin in pins)]
    px = 358 / country.WIDTH
    assert min(dist(*pair) for pair in combinations(targets, 2)) * px >= 24
    assert min(dist(pin, label) for pin in targets for label in labels) * px >= 24
    half = country.TARGET / 2
    assert all(half <= x <= country.WIDTH - half and half <= y <= country.HEIGHT - half for x, y in targets)


def test_two_at_the_same_place_part():
    _labels, pins = country.laid_out(((16.6, 49.2), (16.6, 49.2)))
    assert pins[0].spot == pins[1].spot
    assert dist(pins[0].at, pins[1].at) >= country.TARGET - 1
    assert pins[0].is_moved or pins[1].is_moved


def test_the_names_of_the_sixteen_do_not_cover_each_other():
    names = tuple(row["name"] for row in loading.read().pilots)
    placed = country.names(the_sixteen(), names)
    boxes = [country._box_of(name, text) for name, text in zip(placed, names, strict=True)]
    assert [pair for pair in combinations(boxes, 2) if country._shared(*pair) > country.LINE * 8] == []
