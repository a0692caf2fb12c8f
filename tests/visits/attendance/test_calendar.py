"""The calendar file: what RFC 5545 asks, and that a newer one takes the place of the older."""

import re
from datetime import date, time

import pytest

from tests.factories.attendance import OpenVisitFactory
from tests.factories.visits import ProgrammeItemFactory
from visits.attendance.calendar import calendar_of
from visits.choices import VisitState

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    return OpenVisitFactory(
        title_cs="Vídeň; Seestern, Nordbahnhof\\a tak dál",
        starts_on=date(2027, 4, 12),
        ends_on=date(2027, 4, 14),
        starts_precision="day",
        version=4,
    )


def events(text):
    """Return the events of a file as mappings of what they say, unfolded."""
    lines = text.replace("\r\n ", "").split("\r\n")
    found, current = [], None
    for line in lines:
        if line == "BEGIN:VEVENT":
            current = {}
        elif line == "END:VEVENT":
            found.append(current)
            current = None
        elif current is not None:
            name, _colon, value = line.partition(":")
            current[name] = value
    return found


def test_the_days_of_a_visit_are_whole_and_the_end_is_the_day_after(visit):
    [event] = events(calendar_of(visit, link="/cs/links/x/"))
    assert event["DTSTART;VALUE=DATE"] == "20270412"
    assert event["DTEND;VALUE=DATE"] == "20270415"
    assert event["SEQUENCE"] == "4"
    assert event["UID"] == f"visit-{visit.pk}@localhost"
    assert event["SUMMARY;LANGUAGE=cs"] == "Vídeň\\; Seestern\\, Nordbahnhof\\\\a tak dál"
    assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])


def test_an_item_of_the_programme_is_at_its_hour_there(visit):
    item = ProgrammeItemFactory(
        visit=visit, on=date(2027, 4, 12), starts_at=time(9, 30), ends_at=time(11), place="Seestern"
    )
    ProgrammeItemFactory(visit=visit, on=date(2027, 4, 13))
    _whole, event = events(calendar_of(visit, link="/x/"))
    assert (event["DTSTART"], event["DTEND"]) == ("20270412T093000", "20270412T110000")
    assert (event["UID"], event["LOCATION"]) == (f"item-{item.pk}@localhost", "Seestern")


def test_the_same_visit_changed_keeps_its_name_and_counts_on(visit):
    before = events(calendar_of(visit, link="/x/"))[0]
    visit.version += 1
    after = events(calendar_of(visit, link="/x/"))[0]
    assert before["UID"] == after["UID"]
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1


def test_lines_are_folded_between_letters(visit):
    visit.title = "ž" * 100
    text = calendar_of(visit, link="/x/")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert events(text)[0]["SUMMARY;LANGUAGE=cs"] == "ž" * 100


def test_a_cancelled_visit_says_so(visit):
    visit.state = VisitState.CANCELLED
    assert events(calendar_of(visit, link="/x/"))[0]["STATUS"] == "CANCELLED"


def test_a_date_that_is_known_to_the_month_is_no_day(visit):
    visit.starts_precision = "month"
    assert events(calendar_of(visit, link="/x/")) == []
