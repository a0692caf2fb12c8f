"""The map's geometry: the shipped outlines, and pins that a finger can tell apart."""

from itertools import combinations
from math import dist

from municipalities.places import loading, outlines


def the_sixteen():
    return tuple((float(row["longitude"]), float(row["latitude"])) for row in loading.read().pilots)


def test_the_fourteen_regions_are_shipped_with_their_licence():
    regions = outlines.outlines()
    assert {len(regions), len({region.nuts3 for region in regions})} == {14}
    assert all(region.path.startswith("M") and region.path.endswith("Z") for region in regions)
    assert "Copyright (c) 2021 Jindra Lacko" in outlines.FILE.with_name("regions.LICENSE.txt").read_text()


def test_a_position_stands_where_it_lies():
    west, east = outlines.project(12.1, 50), outlines.project(18.8, 50)
    north, south = outlines.project(15, 51), outlines.project(15, 48.6)
    assert 0 < west[0] < 30
    assert 970 < east[0] < outlines.WIDTH
    assert 0 < north[1] < south[1] < outlines.HEIGHT
    # A degree of longitude is shorter than one of latitude.
    assert (east[0] - west[0]) / 6.7 < (south[1] - north[1]) / 2.4


def test_a_finger_can_tell_all_targets_apart_on_a_telephone():
    labels, pins = outlines.laid_out(the_sixteen())
    targets = [*(pin.at for pin in pins)]
    px = 358 / outlines.WIDTH
    assert min(dist(*pair) for pair in combinations(targets, 2)) * px >= 24
    assert min(dist(pin, label) for pin in targets for label in labels) * px >= 24
    half = outlines.TARGET / 2
    assert all(half <= x <= outlines.WIDTH - half and half <= y <= outlines.HEIGHT - half for x, y in targets)


def test_two_at_the_same_place_part():
    _labels, pins = outlines.laid_out(((16.6, 49.2), (16.6, 49.2)))
    assert pins[0].spot == pins[1].spot
    assert dist(pins[0].at, pins[1].at) >= outlines.TARGET - 1
    assert pins[0].is_moved or pins[1].is_moved


def test_the_names_of_the_sixteen_do_not_cover_each_other():
    names = tuple(row["name"] for row in loading.read().pilots)
    placed = outlines.names(the_sixteen(), names)
    boxes = [outlines._box_of(name, text) for name, text in zip(placed, names, strict=True)]
    assert [pair for pair in combinations(boxes, 2) if outlines._shared(*pair) > outlines.LINE * 8] == []
