"""Review dates: spread over the year, put off, told before they come."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db.models import Q
from django.utils import timezone

from accounts.models import Absence
from consultations.summaries.kind import SUMMARIES
from core.documents import actions as documents
from core.documents.reviews import Due, due, later, named, numbers_due, proposed_day, put_off, tell_of_reviews
from core.documents.tasks import remind_of_reviews
from core.notices.models import Notice
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory
from tests.factories.practices import PracticeEditionFactory

pytestmark = pytest.mark.django_db

# A Thursday; a year later it is a Friday.
TODAY = date(2026, 11, 26)
FIRST = date(2027, 11, 26)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(timezone.make_aware(datetime(2026, 11, 26, 12)), tick=False):
        yield


def to_review(day, **fields):
    published_at = timezone.now() - timedelta(days=300)
    return SummaryEditionFactory(published=True, review_on=day, published_at=published_at, **fields)


# Spread -------------------------------------------------------------------------


def test_the_first_working_day_after_a_year_is_proposed():
    assert proposed_day() == FIRST


def test_days_that_others_have_are_left_free(django_assert_num_queries):
    to_review(FIRST)
    PracticeEditionFactory(published=True, review_on=date(2027, 11, 29))
    with django_assert_num_queries(1):
        assert proposed_day() == date(2027, 11, 30)


def test_where_all_are_taken_it_is_the_one_with_the_fewest():
    for number in range(28):
        to_review(FIRST + timedelta(days=number))
    to_review(FIRST)
    assert proposed_day() == date(2027, 11, 29)


def test_a_next_edition_is_looked_at_a_year_on_where_its_day_has_nearly_come():
    near, far = to_review(TODAY), to_review(date(2027, 6, 1))
    days = [documents.new_edition(row.document, by=UserFactory()).review_on for row in (near, far)]
    assert days == [FIRST, date(2027, 6, 1)]


# Due and put off ----------------------------------------------------------------


def test_what_is_due_comes_with_the_longest_first():
    late, now = to_review(date(2026, 10, 1)), to_review(TODAY)
    to_review(date(2026, 11, 27))
    practice = PracticeEditionFactory(published=True, review_on=date(2026, 11, 1))
    assert [row.edition for row in due(Q(), most=10)] == [late, practice, now]
    assert [row.edition for row in due(Q(), kind="summary", most=1)] == [late]
    assert sum(rows.count() for rows in numbers_due(Q())) == 3


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 30), 3, date(2027, 3, 1)),
        (date(2027, 1, 31), 1, date(2027, 3, 1)),
        (date(2026, 12, 26), 1, date(2027, 1, 26)),
        (date(2026, 7, 1), 6, date(2027, 1, 4)),
    ],
)
def test_months_later_it_is_a_working_day(day, months, then):
    assert later(day, months) == then


def test_what_is_long_overdue_is_put_off_from_today():
    edition = to_review(date(2026, 3, 2))
    put_off([Due(SUMMARIES, edition)], months=1, by=UserFactory())
    edition.refresh_from_db()
    assert edition.review_on == date(2026, 12, 28)


def test_nothing_is_put_off_without_a_text_or_by_who_does_not_write_it():
    edition = to_review(TODAY)
    with pytest.raises(Refused):
        put_off([], months=1, by=UserFactory())
    with pytest.raises(Refused):
        put_off([Due(SUMMARIES, edition)], months=1, by=UserFactory(role="administrator"))


def test_what_changed_meanwhile_is_not_put_off():
    edition = to_review(TODAY)
    key, by = Due(SUMMARIES, edition).key, UserFactory()
    put_off([named(key, by=by)], months=1, by=by)
    with pytest.raises(Conflict):
        put_off([named(key, by=by)], months=1, by=by)


@pytest.mark.parametrize(
    "key", ["", "summary", "summary-x-1", "summary-1", f"summary-{9 * 10**20}-1", "x-1-1"]
)
def test_what_names_no_text_is_none(key):
    assert named(key, by=UserFactory()) is None


def test_chosen_texts_are_put_off_from_the_list(log_in):
    client, user = log_in("consultant")
    rows = [to_review(TODAY, document__owner=user), to_review(TODAY)]
    page = client.get("/en/desk/to-check/")
    assert [row.edition for row, _may in page.context["due"]] == rows
    assert len(client.get("/en/desk/to-check/?who=mine").context["due"]) == 1
    keys = [row.key for row, _may in page.context["due"]]
    response = client.post("/en/desk/to-check/put-off/?who=mine", {"text": keys, "months": "3"})
    assert response.headers["Location"] == "/en/desk/to-check/?who=mine"
    assert [str(message) for message in get_messages(response.wsgi_request)] == ["2 texts are put off."]
    assert client.get("/en/desk/to-check/").context["due"] == []
    assert client.post("/en/desk/to-check/put-off/", {"text": keys, "months": "99"}).status_code == 404
    assert client.post("/en/desk/to-check/put-off/", {"months": "1"}).status_code == 302


# Told before --------------------------------------------------------------------


def told():
    rows = Notice.objects.order_by("pk").values_list("receiver", "kind", "words__days")
    return [(pk, kind.removeprefix("documents/"), days) for pk, kind, days in rows]


def test_owner_and_deputy_are_told_a_month_and_a_week_before_and_on_the_day():
    owner, deputy = UserFactory.create_batch(2)
    to_review(date(2026, 12, 28), document__owner=owner, document__deputy=deputy)
    for day in ("2026-11-26", "2026-11-30", "2026-12-01", "2026-12-21", "2026-12-28", "2026-12-29"):
        with time_machine.travel(timezone.make_aware(datetime.fromisoformat(f"{day}T06:00"))):
            remind_of_reviews.call()
            remind_of_reviews.call()
    both = [owner.pk, deputy.pk]
    assert told() == [
        *((pk, "review_soon", 30) for pk in both),
        *((pk, "review_soon", 7) for pk in both),
        *((pk, "review_due", 0) for pk in both),
    ]


def test_who_stands_in_is_told_too():
    owner, stand_in = UserFactory.create_batch(2)
    Absence.objects.create(user=owner, deputy=stand_in, since=TODAY, until=TODAY, written_by=owner)
    to_review(TODAY, document__owner=owner)
    tell_of_reviews()
    assert [pk for pk, _kind, _days in told()] == [owner.pk, stand_in.pk]


def test_nobody_is_told_of_what_was_published_just_now():
    SummaryEditionFactory(published=True, review_on=TODAY, document__owner=UserFactory())
    tell_of_reviews()
    assert told() == []


def test_on_days_off_nobody_is_told():
    to_review(date(2026, 11, 28), document__owner=UserFactory())
    with time_machine.travel(timezone.make_aware(datetime(2026, 11, 28, 6))):
        remind_of_reviews.call()
    assert told() == []
