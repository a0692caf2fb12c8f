"""The desk today: nobody is forgotten, whether we or they are late."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from consultations.desk.today import Section, today
from consultations.models import SupportRequest
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory, SupportRequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_monday(settings: Any) -> Any:
    settings.LANGUAGE_CODE = "en"
    with override("en"), time_machine.travel("2026-11-23 09:00+01:00", tick=False):
        yield


def section(key: str) -> Section | None:
    return next((one for one in today(UserFactory()) if one.key == key), None)


def silent(days: int, **fields: Any) -> SupportRequest:
    asked = timezone.now() - timedelta(days=days)
    return SupportRequestFactory(
        state="waiting_requester", waiting_since=None, due_on=None, asked_back_at=asked, **fields
    )


def test_what_is_overdue_is_shown_whoever_has_it() -> None:
    SupportRequestFactory(open=True, subject="Včera", due_on=date(2026, 11, 20))
    SupportRequestFactory(open=True, subject="Dávno", due_on=date(2026, 11, 3))
    SupportRequestFactory(subject="Dnes", due_on=date(2026, 11, 23))
    SupportRequestFactory(answered=True, subject="Hotovo", due_on=date(2026, 11, 3))
    found = section("overdue")
    assert [(row["subject"], row["is_late"]) for row in found.rows] == [("Dávno", True), ("Včera", True)]
    assert found.url.endswith("/desk/requests/?state=overdue&order=due")


def test_lists_that_are_quiet_stay_away_while_empty() -> None:
    SupportRequestFactory(open=True, due_on=date(2026, 11, 23))
    silent(30)
    assert (section("overdue"), section("silent"), section("steps")) == (None, None, None)


def test_who_has_not_replied_for_a_month_is_not_forgotten(log_in: LogIn) -> None:
    silent(31, subject="Měsíc")
    silent(90, subject="Čtvrt roku")
    silent(29, subject="Čerstvé")
    SupportRequestFactory(open=True, asked_back_at=timezone.now() - timedelta(days=50), subject="Odpověděli")
    found = section("silent")
    assert [(row["subject"], row["asked"]) for row in found.rows] == [
        ("Čtvrt roku", "25\u00a0Aug\u00a02026"),
        ("Měsíc", "23\u00a0Oct\u00a02026"),
    ]
    client, _me = log_in("consultant")
    html = client.get(reverse("desk")).content.decode()
    assert "They have not replied" in html
    assert "Remind them, or close the request." in html


def test_what_nobody_takes_for_two_days_says_so(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    before = {"due_on": date(2026, 12, 7)}
    for subject, days in (("Dnešní", 0), ("Páteční", 3), ("Středeční", 5)):
        moment = timezone.now() - timedelta(days=days)
        SupportRequestFactory(subject=subject, received_at=moment, waiting_since=moment, **before)
    rows = section("unowned").rows
    assert [(row["subject"], row["is_unowned_long"]) for row in rows] == [
        ("Dnešní", False),
        ("Páteční", False),
        ("Středeční", True),
    ]
    assert "nobody\u2019s for" not in client.get(reverse("desk")).content.decode()
    assert "nobody&#x27;s for 5 days" in client.get(reverse("desk")).content.decode().replace("'", "&#x27;")


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ("state=overdue&order=due", ["Dávno", "Včera"]),
        ("order=due", ["Dávno", "Včera", "Zítra"]),
        ("state=silent&order=asked", ["Čtvrt roku", "Měsíc"]),
        ("order=asked", ["Čtvrt roku", "Měsíc", "Čerstvé"]),
    ],
)
def test_the_whole_of_each_list(log_in: LogIn, query: str, subjects: list[str]) -> None:
    client, _me = log_in("consultant")
    for subject, day in (("Včera", 20), ("Zítra", 24), ("Dávno", 3)):
        SupportRequestFactory(open=True, subject=subject, due_on=date(2026, 11, day))
    for subject, days in (("Měsíc", 31), ("Čerstvé", 2), ("Čtvrt roku", 90)):
        silent(days, subject=subject)
    rows = client.get(f"{reverse('desk-requests')}?{query}").context["rows"]
    assert [row["subject"] for row in rows] == subjects


def test_what_waits_for_a_decision_stands_above_the_lists_of_those_who_decide(log_in: LogIn) -> None:
    SummaryEditionFactory(in_review=True)
    editor, _me = log_in("editor")
    html = editor.get(reverse("desk")).content.decode()
    assert html.index("Waits for a decision") < html.index("Mine, due first")
    assert f'<a href="{reverse("desk-summaries")}?to_review=on">Summaries in review</a>' in html
    consultant, _me = log_in("consultant")
    assert "Waits for a decision" not in consultant.get(reverse("desk")).content.decode()
