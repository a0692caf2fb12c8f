"""Before and after a request in the list one came from: the list's own order, and what it costs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from consultations.desk.filters import Order, RequestFilter
from consultations.desk.neighbours import EVERYTHING, Origin, origin_of
from consultations.desk.today import Day
from consultations.models import SupportRequest
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory

pytestmark = pytest.mark.django_db

LIST = "/en/desk/requests/"
DUE = "state=active&order=due"


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def me() -> User:
    return UserFactory(role="consultant")


def made() -> list[SupportRequest]:
    """Return requests that have a place in every order, some of them the same one."""
    now = timezone.now()
    return [
        SupportRequestFactory(
            state="open" if number % 2 else "waiting_requester",
            due_on=date(2026, 12, 1 + number // 4),
            waiting_since=now - timedelta(days=number // 3),
            asked_back_at=now - timedelta(days=number // 4),
            received_at=now - timedelta(days=number // 3),
            home_loss="lost" if number % 3 else "",
        )
        for number in range(8)
    ]


def walk(query: str, reader: User, *, backwards: bool = False) -> list[int]:
    """Go from one end of a list to the other; return the numbers on the way."""
    rows = list(RequestFilter(QueryDict(query), SupportRequest.objects.all(), reader=reader).qs)
    case, seen = rows[-1 if backwards else 0], []
    while case is not None:
        seen.append(case.pk)
        case = Origin(query).neighbour(case, reader=reader, backwards=backwards)
    return seen


@pytest.mark.parametrize("more", ["", "&from=2020-01-01"])
@pytest.mark.parametrize("order", Order.values)
def test_one_walks_through_a_list_in_its_own_order(me: User, order: str, more: str) -> None:
    made()
    query = f"order={order}{more}"
    rows = RequestFilter(QueryDict(query), SupportRequest.objects.all(), reader=me).qs
    numbers = [row.pk for row in rows]
    assert len(numbers) > 2
    assert walk(query, me) == numbers
    assert walk(query, me, backwards=True) == numbers[::-1]


def test_what_has_left_the_list_is_followed_by_what_comes_behind_its_place(me: User) -> None:
    first, second, third = (
        SupportRequestFactory(open=True, due_on=date(2026, 12, number)) for number in (1, 2, 3)
    )
    SupportRequest.objects.filter(pk=second.pk).update(state="answered")
    assert Origin(DUE).neighbour(second, reader=me) == third
    # Without a day there is no place: then the first one is next, and nothing is before it.
    SupportRequest.objects.filter(pk=second.pk).update(due_on=None)
    assert Origin(DUE).neighbour(second, reader=me) == first
    assert Origin(DUE).neighbour(second, reader=me, backwards=True) is None


def test_from_the_day_one_goes_on_to_what_is_most_urgent(me: User) -> None:
    for number in range(3):
        SupportRequestFactory(open=True, assignee=me, due_on=date(2020, 1, 3 - number))
    other, numbers = SupportRequestFactory(closed=True), Day(me).in_order
    cases = SupportRequest.objects.in_bulk(numbers)
    assert len(numbers) == 3
    day = Origin()
    assert day.neighbour(cases[numbers[0]], reader=me) == cases[numbers[1]]
    assert day.neighbour(cases[numbers[2]], reader=me) is None
    assert day.neighbour(cases[numbers[2]], reader=me, backwards=True) == cases[numbers[1]]
    assert day.neighbour(cases[numbers[0]], reader=me, backwards=True) is None
    assert day.neighbour(other, reader=me) == cases[numbers[0]]
    assert day.neighbour(other, reader=me, backwards=True) is None


@pytest.mark.parametrize(
    ("address", "referer", "query"),
    [
        ("?list=state%3Dopen%26page%3D3%26x%3D1", "", "state=open"),
        ("?list=", f"http://testserver{LIST}?state=new", ""),
        ("", f"http://testserver{LIST}?state=new&page=2", "state=new"),
        ("", f"http://testserver{LIST}", EVERYTHING),
        ("", f"http://testserver{LIST}SH-2026-000001/?list=state%3Dnew", "state=new"),
        ("", "http://testserver/en/desk/", ""),
        ("", f"http://elsewhere.example{LIST}?state=new", ""),
        ("", f"http://[testserver{LIST}", ""),
        ("", "", ""),
        ("?list=q%3D%0d%0aX%00", "", "q=%0D%0AX%00"),
    ],
)
def test_where_one_came_from(address: str, referer: str, query: str) -> None:
    headers = {"Referer": referer} if referer else {}
    assert origin_of(RequestFactory().get("/" + address, headers=headers)).query == query


def test_the_page_keeps_the_list_from_which_it_was_opened(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    case, other = (SupportRequestFactory(open=True, assignee=me) for _time in range(2))
    page, kept = case.get_desk_url(), "list=state%3Dopen"

    response = client.get(page, headers={"Referer": f"http://testserver{LIST}?state=open"})
    assert response.headers["Location"] == f"{page}?{kept}"

    html = client.get(f"{page}?{kept}").content.decode()
    assert f'href="{page}next/?{kept}"' in html
    assert f'href="{LIST}?state=open"' in html

    # What is done there goes back to the page as it was opened.
    sent = {"version": case.version, "seen": 0}
    done = client.post(f"{page}close/", sent, headers={"Referer": f"http://testserver{page}?{kept}"})
    assert done.status_code in (302, 422)
    watched = client.post(f"{page}watch/", sent, headers={"Referer": f"http://testserver{page}?{kept}"})
    assert watched.headers["Location"] == f"{page}?{kept}"

    back = client.get(f"{page}previous/?{kept}")
    assert back.headers["Location"] == f"{other.get_desk_url()}?{kept}"


def test_at_the_end_one_is_back_on_the_list_and_told_so(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    case = SupportRequestFactory(open=True)
    response = client.get(f"{case.get_desk_url()}next/?list=state%3Dopen", follow=True)
    assert response.redirect_chain == [(f"{LIST}?state=open", 302)]
    assert "That was the last one of the list." in response.content.decode()
    assert client.get(f"{case.get_desk_url()}next/?list=").headers["Location"] == "/en/desk/"
    # What was just sent goes along, so that it can be taken back.
    sent = client.get(f"{case.get_desk_url()}next/?list=state%3Dopen&sent=7")
    assert sent.headers["Location"] == f"{case.get_desk_url()}?sent=7&list=state%3Dopen"
    assert client.get("/en/desk/requests/SH-2026-999999/next/").status_code == 404


@pytest.mark.parametrize(("query", "cost"), [("", 7), (DUE, 9), ("state=open", 8)])
@pytest.mark.parametrize("rows", [3, 6])
def test_going_on_costs_the_same_however_long_the_list(
    log_in: LogIn, query: str, cost: int, rows: int
) -> None:
    client, me = log_in("consultant")
    cases = [
        SupportRequestFactory(open=True, assignee=me, due_on=date(2020, 1, number + 1))
        for number in range(rows)
    ]
    address = f"{reverse('desk-request-next', args=[cases[1].reference])}?list={query.replace('&', '%26')}"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    said = [found["sql"] for found in queries]
    assert len(said) <= cost, said
    assert not any("COUNT(" in sql or "OFFSET" in sql for sql in said)
