"""Pages of long lists."""

import pytest
from django.test import RequestFactory

from core.outbox.mail import OutgoingMail
from core.views.paging import COUNT_STOPS_AT, MAX_PAGES, PER_PAGE, page_of

pytestmark = pytest.mark.django_db


def page(query: str = "", **options):
    return page_of(OutgoingMail.objects.order_by("-id"), RequestFactory().get(f"/?{query}"), **options)


def write(count: int) -> None:
    OutgoingMail.objects.bulk_create(
        OutgoingMail(kind="x", to="a@example.org", language="cs", message_id=f"<{n}@x>") for n in range(count)
    )


def test_no_rows():
    empty = page()

    assert (empty.items, empty.count, empty.last_number) == ([], 0, 1)
    assert (empty.has_next, empty.has_previous, empty.older_than) == (False, False, None)


def test_a_page_and_a_bit():
    write(PER_PAGE + 1)

    assert (len(page().items), page().has_next, page().has_previous, page().count) == (25, True, False, 26)
    assert (len(page("page=2").items), page("page=2").has_next, page("page=2").has_previous) == (
        1,
        False,
        True,
    )
    assert page().last_number == 2


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("0", 1),
        ("-1", 1),
        ("x", 1),
        ("", 1),
        ("1.5", 1),
        ("²", 1),
        ("9" * 30, 1),
        ("41", 40),
        ("999999", 40),
        ("2", 2),
    ],
)
def test_whatever_is_asked_becomes_a_page(asked, number):
    write(COUNT_STOPS_AT)

    assert page(f"page={asked}").number == number


def test_counting_stops():
    write(COUNT_STOPS_AT + 1)

    assert page().count == COUNT_STOPS_AT + 1
    assert page().count_label in {"1\N{NO-BREAK SPACE}000+", "1,000+"}
    assert page().last_number == MAX_PAGES


def test_before_goes_on_behind_a_row():
    write(12)
    first = page("page=1", per_page=5)
    older = page(f"before={first.items[-1].pk}", per_page=5)

    assert [row.pk for row in older.items] == [row.pk for row in page("page=2", per_page=5).items]


def test_older_than_is_offered_on_the_last_numbered_page(monkeypatch):
    monkeypatch.setattr("core.views.paging.MAX_PAGES", 2)
    write(11)

    last = page("page=2", per_page=5)
    assert last.older_than == last.items[-1].pk
    assert page("page=1", per_page=5).older_than is None
    assert [row.pk for row in page(f"before={last.older_than}", per_page=5).items] == [
        OutgoingMail.objects.order_by("id").first().pk
    ]


def test_costs_one_query_for_a_list_of_one_page(django_assert_num_queries):
    write(3)
    shown = page()

    with django_assert_num_queries(1):
        assert (len(shown.items), shown.has_next, shown.count) == (3, False, 3)


def test_a_page_past_the_end_is_the_last_one():
    write(PER_PAGE + 1)

    assert (page("page=30").number, len(page("page=30").items)) == (2, 1)
