"""Sums of time: what they add up, between which days, for whom, and what they cost."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.desk.timesheet import as_hours
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, SupportRequestFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.support import RatingFactory

pytestmark = pytest.mark.django_db

TIME_QUERIES = 12


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> Any:
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel("2026-11-23 09:00+01:00", tick=False):
        yield


def spent(minutes: int, day: int = 10, **fields: Any) -> Any:
    return ContactFactory(minutes=minutes, took_place_at=datetime(2026, 11, day, 9, tzinfo=UTC), **fields)


def lines(sheet: Any, name: str) -> list[tuple[str, int, str]]:
    return [(line.name, line.contacts, line.hours) for line in getattr(sheet, name).lines]


@pytest.mark.parametrize(("minutes", "hours"), [(0, "0:00"), (5, "0:05"), (60, "1:00"), (6125, "102:05")])
def test_minutes_are_shown_as_hours(minutes: int, hours: str) -> None:
    assert as_hours(minutes) == hours


@pytest.mark.parametrize("role", ["consultant", "editor", "coordinator", "administrator"])
def test_everybody_at_the_desk_sees_this_month(log_in: LogIn, role: str) -> None:
    client, _me = log_in(role)
    eva = UserFactory(name="Eva Malá")
    case = SupportRequestFactory(municipality=MunicipalityFactory(name="Bečov"), with_contact=False)
    spent(50, request=case, spoken_by=eva)
    spent(25, request=case, spoken_by=eva, channel="phone_in")
    spent(10)
    ContactFactory(minutes=99, took_place_at=datetime(2026, 10, 31, 22, 59, tzinfo=UTC))
    ContactFactory(took_place_at=datetime(2026, 11, 2, tzinfo=UTC))
    sheet = client.get(reverse("desk-time")).context["sheet"]
    assert (sheet.total.contacts, sheet.total.hours) == (3, "1:25")
    assert lines(sheet, "consultants") == [("Eva Malá", 2, "1:15"), ("not said who", 1, "0:10")]
    assert lines(sheet, "channels") == [("web", 2, "1:00"), ("phone, they called", 1, "0:25")]
    assert lines(sheet, "months") == [("November 2026", 3, "1:25")]
    assert [line[1:] for line in lines(sheet, "municipalities")] == [(2, "1:15"), (1, "0:10")]
    assert sheet.municipalities.lines[1].name == "without a municipality"
    assert lines(sheet, "requests")[0] == (f"{case.reference} {case.subject}", 2, "1:15")


def test_officials_and_visitors_see_nothing(log_in: LogIn, client: Any) -> None:
    official, _user = log_in("official")
    for name in ("desk-time", "desk-time-export"):
        assert official.get(reverse(name)).status_code == 403
        assert client.get(reverse(name)).status_code == 302


def test_the_filters_hold_together(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    eva, place = UserFactory(name="Eva"), MunicipalityFactory(name="Bečov")
    case = SupportRequestFactory(municipality=place, with_contact=False)
    spent(10, day=1, request=case, spoken_by=eva)
    spent(20, day=5, request=case, spoken_by=eva)
    spent(40, day=9, request=case, spoken_by=eva)
    spent(80, day=5, spoken_by=eva)
    spent(160, day=5, request=case)
    asked = {"since": "2026-11-02", "until": "2026-11-05", "municipality": place.code, "consultant": eva.pk}
    assert client.get(reverse("desk-time"), asked).context["sheet"].total.minutes == 20


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"since": "2026-11-05", "until": "2026-11-02"}, "The last day lies before the first one."),
        ({"since": "2010-01-01"}, "Choose at most three years."),
        ({"since": "0001-01-01", "until": "0001-01-01"}, "Choose days of this century."),
        ({"until": "9999-12-31"}, "Choose days of this century."),
        ({"since": "soon", "consultant": "nobody"}, "soon"),
    ],
)
def test_what_is_not_understood_counts_as_this_month(
    log_in: LogIn, asked: dict[str, str], sentence: str
) -> None:
    client, _me = log_in("consultant")
    spent(10)
    response = client.get(reverse("desk-time"), asked)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert response.context["sheet"].total.minutes == 10


def test_a_long_table_ends_with_the_rest(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    for minutes in range(1, 28):
        spent(minutes)
    sheet = client.get(reverse("desk-time")).context["sheet"]
    assert len(sheet.requests.lines) == 26
    assert lines(sheet, "requests")[-1] == ("the rest", 2, "0:03")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same(log_in: LogIn, count: int) -> None:
    client, _me = log_in("consultant")
    for _n in range(count):
        case = SupportRequestFactory(municipality=MunicipalityFactory(), with_contact=False)
        spent(10, request=case, spoken_by=UserFactory())
        RatingFactory(request__answered=True)
    client.get(reverse("about"))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("desk-time")).status_code == 200
    assert len(queries) == TIME_QUERIES


def test_sums_never_read_the_texts(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    spent(10)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("desk-time"))
    read = [query["sql"] for query in queries if "consultations_contact" in query["sql"]]
    assert [sql for sql in read if '"text"' in sql] == []


def test_the_table_to_take_away(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    eva = UserFactory(name="=Eva")
    case = SupportRequestFactory(municipality=MunicipalityFactory(name="Bečov"), with_contact=False)
    spent(50, request=case, spoken_by=eva)
    spent(25, request=case, spoken_by=eva)
    response = client.get(reverse("desk-time-export"), {"since": "2026-11-01"})
    rows = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert rows == [
        "Request;Municipality;Consultant;Channel;Contacts;Minutes;Hours",
        f"{case.reference};Bečov;'=Eva;web;2;75;1:15",
    ]
    assert response["Content-Disposition"] == 'attachment; filename="time-2026-11-01-2026-11-23.csv"'


def test_how_it_helped_by_month(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    for value in ("helped", "helped", "not"):
        RatingFactory(value=value, given_at=datetime(2026, 11, 5, tzinfo=UTC))
    RatingFactory(value="partly", given_at=datetime(2026, 10, 5, tzinfo=UTC))
    sheet = client.get(reverse("desk-time"), {"since": "2026-10-01"}).context["sheet"]
    assert sheet.help == [
        {"month": "October 2026", "helped": 0, "partly": 1, "not": 0},
        {"month": "November 2026", "helped": 2, "partly": 0, "not": 1},
    ]
