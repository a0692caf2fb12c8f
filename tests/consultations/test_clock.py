"""Working days in Czech time, over weekends and public holidays."""

from datetime import UTC, date, datetime

import pytest

from consultations.clock import add_working_days, due_on, is_working_day


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 16), True),
        (date(2026, 11, 17), False),
        (date(2026, 11, 21), False),
        (date(2026, 12, 24), False),
        (date(2026, 4, 3), False),
        (date(2026, 4, 6), False),
        (date(2026, 4, 7), True),
    ],
    ids=[
        "Monday",
        "17 November",
        "Saturday",
        "Christmas Eve",
        "Good Friday",
        "Easter Monday",
        "after Easter",
    ],
)
def test_offices_work_on_weekdays_that_are_no_holidays(day, works):
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        (date(2026, 11, 23), 10, date(2026, 12, 7)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 12, 18), 10, date(2027, 1, 6)),
        (date(2027, 3, 25), 1, date(2027, 3, 30)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
    ids=["two weeks", "from a Saturday", "over New Year", "over Easter", "leap day", "none"],
)
def test_working_days_are_counted_from_the_day_after(day, count, due):
    assert add_working_days(day, count) == due


@pytest.mark.parametrize(
    ("received_at", "due"),
    [
        # 23:30 in London is the next day in Prague.
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), date(2026, 12, 7)),
        (datetime(2026, 11, 22, 22, 30, tzinfo=UTC), date(2026, 12, 4)),
        # The night in which the clocks go back.
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 11, 9)),
    ],
)
def test_the_day_of_receipt_is_the_czech_one(received_at, due):
    assert due_on(received_at) == due
