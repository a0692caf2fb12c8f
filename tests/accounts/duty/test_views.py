"""The pages of the rota and of absences."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.duty.queries import named_on_duty
from accounts.models import Absence
from tests.conftest import LogIn
from tests.factories.accounts import AbsenceFactory, DutyFactory, UserFactory

pytestmark = pytest.mark.django_db

MONDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 4)
PAGE_QUERIES = 9


@pytest.fixture(autouse=True)
def _on_a_monday(settings: Any) -> Iterator[None]:
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel("2026-11-30 09:00+01:00", tick=False):
        yield


def test_nobody_on_duty_is_said_loudly(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    html = client.get(reverse("desk-duty")).content.decode()
    assert "Nobody is on duty this week" in html
    DutyFactory(user=me)
    html = client.get(reverse("desk-duty")).content.decode()
    assert "Nobody is on duty this week" not in html
    assert "On duty today:" in html
    assert reverse("desk-duty-fill") not in html


def test_the_rota_shows_past_weeks_that_named_somebody_and_eight_to_come(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    DutyFactory(user=me, monday=date(2026, 11, 2))
    weeks = client.get(reverse("desk-duty")).context["weeks"]
    assert (weeks[0].monday, weeks[-1].monday, len(weeks)) == (date(2026, 11, 2), date(2027, 1, 18), 9)


def test_a_deputy_who_is_away_and_who_is_on_duty_and_away(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    petr = UserFactory(name="Petr")
    AbsenceFactory(user=petr, since=FRIDAY, until=FRIDAY)
    AbsenceFactory(user=UserFactory(name="Jana"), since=MONDAY, until=FRIDAY, deputy=petr)
    DutyFactory(user=petr)
    html = client.get(reverse("desk-duty")).content.decode()
    assert "Petr is to stand in for Jana, but is away from" in html
    assert "Petr is away from" in html


def test_a_coordinator_fills_weeks_and_only_what_they_changed_is_written(log_in: LogIn) -> None:
    client, _me = log_in("coordinator")
    jana, petr = UserFactory(name="Jana"), UserFactory(name="Petr")
    DutyFactory(user=petr, monday=date(2026, 12, 7))
    page = client.get(reverse("desk-duty-fill")).content.decode()
    assert f'name="initial-week-2026-12-07" value="{petr.pk}"' in page
    sent = {"week-2026-11-30": [jana.pk], "week-2026-12-07": [petr.pk], "initial-week-2026-12-07": petr.pk}
    assert client.post(reverse("desk-duty-fill"), sent).status_code == 302
    assert (named_on_duty(), named_on_duty(date(2026, 12, 7))) == ([jana], [petr])


def test_a_week_that_somebody_else_changed_comes_back(log_in: LogIn) -> None:
    client, me = log_in("coordinator")
    DutyFactory(user=UserFactory())
    response = client.post(reverse("desk-duty-fill"), {"week-2026-11-30": [me.pk]})
    assert response.status_code == 422
    assert "Somebody else has changed the week from" in response.content.decode()


def test_one_writes_ends_and_undoes_ones_own_absence(log_in: LogIn) -> None:
    client, me = log_in("consultant", name="Karla")
    deputy = UserFactory()
    sent = {"since": "2026-11-30", "until": "2026-12-04", "deputy": deputy.pk}
    client.post(reverse("desk-absence-new"), sent)
    absence = Absence.objects.get()
    assert (absence.user, absence.deputy, absence.written_by) == (me, deputy, me)
    client.post(reverse("desk-absence", args=[absence.pk]), {**sent, "until": "2026-12-11"})
    client.post(reverse("desk-absence-undo"))
    absence.refresh_from_db()
    assert absence.until == FRIDAY
    client.post(reverse("desk-absence-remove", args=[absence.pk]))
    assert not Absence.objects.exists()
    client.post(reverse("desk-absence-undo"))
    assert Absence.objects.get().deputy == deputy
    assert "nothing to undo" in client.post(reverse("desk-absence-undo"), follow=True).content.decode()


def test_what_was_new_is_undone_by_removing_it(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    client.post(reverse("desk-absence-new"), {"since": "2026-11-30", "until": "2026-12-04"})
    client.post(reverse("desk-absence-undo"))
    assert not Absence.objects.exists()


def test_back_today(log_in: LogIn) -> None:
    client, me = log_in("consultant", name="Karla")
    absence = AbsenceFactory(user=me, since=date(2026, 11, 23), until=FRIDAY)
    response = client.post(reverse("desk-absence-end", args=[absence.pk]), follow=True)
    assert "Karla is back today." in response.content.decode()
    client.post(reverse("desk-absence-undo"))
    absence.refresh_from_db()
    assert absence.until == FRIDAY


def test_errors_come_back_with_all_that_was_typed(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    url = reverse("desk-absence-new")
    response = client.post(url, {"since": "2026-12-04", "until": "2026-11-30"})
    assert response.status_code == 422
    assert "The last day lies before the first one." in response.content.decode()
    assert 'value="2026-12-04"' in response.content.decode()
    assert "Choose the first day." in client.post(url, {"until": ""}).content.decode()


def test_only_coordinators_write_and_change_those_of_others(log_in: LogIn) -> None:
    other = AbsenceFactory()
    consultant, _me = log_in("consultant")
    assert consultant.get(reverse("desk-absence", args=[other.pk])).status_code == 404
    assert consultant.post(reverse("desk-absence-remove", args=[other.pk])).status_code == 404
    coordinator, _boss = log_in("coordinator")
    jana = UserFactory()
    sent = {"user": jana.pk, "since": "2026-11-30", "until": "2026-12-04"}
    coordinator.post(reverse("desk-absence-new"), sent)
    assert Absence.objects.filter(user=jana).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_many_are_away(log_in: LogIn, rows: int) -> None:
    client, _me = log_in("coordinator")
    for _row in range(rows):
        AbsenceFactory(deputy=UserFactory(), user=DutyFactory().user)
    client.get(reverse("desk-duty"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("desk-duty"))
    assert len(queries) == PAGE_QUERIES
