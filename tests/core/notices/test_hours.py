"""The hour of the daily mail and quiet hours, by Czech clocks, also on the days on which they change."""

from datetime import datetime, time

import pytest

from core.notices.hours import digest_after, hours_of, quiet_until
from core.notices.models import NoticeHours
from tests.factories.accounts import UserFactory


@pytest.mark.parametrize(
    ("now", "at", "then"),
    [
        ("2026-05-04T04:00+00:00", time(7), "2026-05-04T05:00+00:00"),
        ("2026-05-04T05:00+00:00", time(7), "2026-05-05T05:00+00:00"),
        ("2026-10-24T12:00+00:00", time(7), "2026-10-25T06:00+00:00"),
        ("2026-12-31T23:30+00:00", time(0), "2027-01-01T23:00+00:00"),
    ],
)
def test_the_next_daily_mail(now, at, then):
    hours = NoticeHours(digest_at=at)
    assert digest_after(hours, datetime.fromisoformat(now)) == datetime.fromisoformat(then)


@pytest.mark.parametrize(
    ("now", "hours", "then"),
    [
        ("2026-05-04T12:00+00:00", (None, None), "2026-05-04T12:00+00:00"),
        # Over midnight: before, in both halves, and at both ends.
        ("2026-05-04T12:00+00:00", (time(20), time(6)), "2026-05-04T12:00+00:00"),
        ("2026-05-04T18:00+00:00", (time(20), time(6)), "2026-05-05T04:00+00:00"),
        ("2026-05-04T22:30+00:00", (time(20), time(6)), "2026-05-05T04:00+00:00"),
        ("2026-05-05T04:00+00:00", (time(20), time(6)), "2026-05-05T04:00+00:00"),
        # Within a day.
        ("2026-05-04T10:30+00:00", (time(12), time(13)), "2026-05-04T11:00+00:00"),
        ("2026-05-04T11:00+00:00", (time(12), time(13)), "2026-05-04T11:00+00:00"),
    ],
)
def test_quiet_hours_hold_until_their_end(now, hours, then):
    quiet = NoticeHours(quiet_from=hours[0], quiet_until=hours[1])
    assert quiet_until(quiet, datetime.fromisoformat(now)) == datetime.fromisoformat(then)


@pytest.mark.django_db
def test_hours_of_many_in_one_query(django_assert_num_queries):
    one, other = UserFactory(), UserFactory()
    NoticeHours.objects.create(user=one, digest_at=time(16))
    with django_assert_num_queries(1):
        found = hours_of([one, other])
    assert {pk: row.digest_at for pk, row in found.items()} == {one.pk: time(16), other.pk: time(7)}
