"""The desk today: each request stands once, in its most urgent group, and nobody is forgotten."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from consultations.desk.today import Day, waits_for
from consultations.models import SupportRequest, Watch
from consultations.requests.actions.snooze import snooze
from tests.conftest import LogIn
from tests.factories.accounts import AbsenceFactory, DutyFactory, UserFactory
from tests.factories.consultations import SummaryEditionFactory, SupportRequestFactory

pytestmark = pytest.mark.django_db

TODAY, LATER = date(2026, 11, 23), date(2026, 12, 7)
DAY_QUERIES = 19


@pytest.fixture(autouse=True)
def _on_a_monday(settings: Any) -> Iterator[None]:
    settings.LANGUAGE_CODE = "en"
    with override("en"), time_machine.travel("2026-11-23 09:00+01:00", tick=False):
        yield


@pytest.fixture
def me() -> User:
    return UserFactory(name="Karla")


def subjects(reader: User) -> dict[str, list[str]]:
    return {one.key: [row["subject"] for row in one.rows] for one in Day(reader).sections}


def case(subject: str, assignee: User | None, due_on: date | None = LATER, **more: Any) -> SupportRequest:
    state = {"state": "open"} if assignee else {}
    return SupportRequestFactory(subject=subject, assignee=assignee, due_on=due_on, **{**state, **more})


def silent(days: int, **fields: Any) -> SupportRequest:
    asked = timezone.now() - timedelta(days=days)
    return SupportRequestFactory(
        state="waiting_requester", waiting_since=None, due_on=None, asked_back_at=asked, **fields
    )


def test_each_request_stands_once_in_its_most_urgent_group(me: User) -> None:
    colleague = UserFactory()
    risky = {"home_loss": "days", "home_at_risk_by": date(2026, 12, 24)}
    case("Ohrožené", me, date(2026, 11, 20), has_unread=True, **risky)
    case("Po termínu", me, date(2026, 11, 20), has_unread=True)
    case("Po termínu jinde", colleague, date(2026, 11, 3))
    case("Nová zpráva", me, TODAY, has_unread=True)
    case("Nová zpráva jinde", colleague, has_unread=True)
    case("Dnes", me, TODAY)
    case("Dnes ničí", None, TODAY)
    case("Dnes jinde", colleague, TODAY)
    case("Ničí", None)
    case("Později", me)
    case("Později jinde", colleague)
    SupportRequestFactory(closed=True, subject="Zavřené")
    assert subjects(me) == {
        "risk": ["Ohrožené"],
        "overdue": ["Po termínu", "Po termínu jinde"],
        "new": ["Nová zpráva"],
        "today": ["Dnes", "Dnes ničí"],
        "unowned": ["Ničí"],
        "later": ["Později"],
    }


def test_with_nothing_to_do_it_says_so(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    html = client.get(reverse("desk")).content.decode()
    assert "Nothing is left for today" in html
    assert "autofocus" in html


def test_a_home_at_risk_stays_until_it_is_known_what_became_of_it_the_answered_ones_below(me: User) -> None:
    risky = {"home_loss": "days", "home_at_risk_by": date(2026, 11, 10)}
    case("Odpovězené", me, None, state="answered", answered_at=timezone.now(), **risky)
    case("Čeká", me, **{**risky, "home_at_risk_by": date(2026, 12, 1)})
    assert subjects(me) == {"risk": ["Čeká", "Odpovězené"]}
    SupportRequest.objects.update(home_outcome="kept", home_outcome_at=timezone.now(), home_outcome_by=me)
    assert subjects(me) == {"later": ["Čeká"]}


def test_a_home_of_a_request_that_is_over_says_what_is_asked(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    over = {"state": "closed", "closed_at": timezone.now(), "home_loss": "days"}
    past = case("Uzavřené", me, None, home_at_risk_by=date(2026, 11, 10), **over)
    case("Ještě přijde", me, None, home_at_risk_by=date(2026, 12, 1), **over)
    case("Řeší se", me, home_loss="days")
    html = client.get(reverse("desk")).content.decode()
    form = reverse("desk-request-home-outcome", args=[past.reference])
    assert f'<a class="day-asks" href="{form}">Write what became of the home<' in html
    assert html.count("day-asks") == 2
    assert "Write what became of the home after 1" in html
    assert client.get(form).status_code == 200


def test_new_messages_are_for_who_has_the_request_and_for_who_watches_it(me: User) -> None:
    watched = case("Sleduji", UserFactory(), has_unread=True)
    case("Cizí", UserFactory(), has_unread=True)
    case("Odpovězené", me, None, state="answered", answered_at=timezone.now(), has_unread=True)
    Watch.objects.create(request=watched, user=me)
    assert set(subjects(me)["new"]) == {"Odpovězené", "Sleduji"}


def test_requests_of_a_colleague_who_is_away_stand_in_the_day_of_the_deputy(me: User) -> None:
    jana = UserFactory(name="Jana Nová")
    case("Nová zpráva", jana, has_unread=True)
    case("Dnes", jana, TODAY)
    case("Později", jana)
    assert subjects(me) == {}
    AbsenceFactory(user=jana, deputy=me)
    assert subjects(me) == {"new": ["Nová zpráva"], "today": ["Dnes"], "later": ["Později"]}
    [row] = Day(me).sections[0].rows
    assert (row["is_covered"], row["assignee"]) == (True, "Jana Nová")
    assert subjects(UserFactory()) == {}


def test_without_a_deputy_they_are_everybodys_on_duty_and_stand_among_nobodys(me: User) -> None:
    jana, other = UserFactory(name="Jana Nová"), UserFactory()
    DutyFactory(user=me)
    AbsenceFactory(user=jana)
    case("Nová zpráva", jana, has_unread=True)
    case("Později", jana)
    assert subjects(me) == {"new": ["Nová zpráva"], "unowned": ["Později"]}
    assert subjects(other) == {"unowned": ["Nová zpráva", "Později"]}


def test_what_is_put_aside_is_in_no_group_until_something_brings_it_back(me: User) -> None:
    request = case("Odložené", me)
    snooze(request, until=date(2026, 11, 27), reason="Čeká na komisi.", by=me)
    assert subjects(me) == {}
    assert Day(me).aside.count_label == "1"
    with time_machine.travel("2026-11-27 09:00+01:00", tick=False):
        assert subjects(me) == {"later": ["Odložené"]}
        assert Day(me).aside is None
    SupportRequest.objects.update(due_on=date(2026, 11, 20))
    assert subjects(me) == {"overdue": ["Odložené"]}


def test_the_strip_counts_all_requests(me: User) -> None:
    long_ago = timezone.now() - timedelta(days=20)
    case("Po termínu", UserFactory(), date(2026, 11, 20), waiting_since=long_ago)
    case("Ohrožené", me, home_at_risk_by=date(2026, 12, 24))
    SupportRequestFactory(answered=True)
    SupportRequestFactory(answered=True, answered_at=long_ago)
    assert [(tile.label, tile.count_label) for tile in Day(me).tiles] == [
        ("Open requests", "2"),
        ("Overdue", "1"),
        ("Home at risk", "1"),
        ("Waiting over 5 working days", "1"),
        ("Answered this week", "1"),
    ]


def test_the_menu_counts_new_words_for_me_and_my_late_answers(me: User) -> None:
    late = case("Po termínu", me, date(2026, 11, 20), has_unread=True)
    new, watched = case("Nová", me, has_unread=True), case("Sleduji", UserFactory(), has_unread=True)
    Watch.objects.create(request=watched, user=me)
    case("Cizí", UserFactory(), date(2026, 11, 20), has_unread=True)
    case("Moje", me)
    assert set(waits_for(me)) == {late, new, watched}


def test_groups_are_short_and_lead_to_all_of_it(me: User) -> None:
    requester = SupportRequestFactory(closed=True).requester
    SupportRequest.objects.bulk_create(
        SupportRequestFactory.build(
            requester=requester, topic=None, year=2026, link_token=str(n), link_digest=str(n), due_on=LATER
        )
        for n in range(105)
    )
    [nobodys] = Day(me).sections
    assert (nobodys.key, len(nobodys.rows), nobodys.count_label, nobodys.has_more) == (
        "unowned",
        8,
        "100+",
        True,
    )


def test_who_has_not_replied_for_a_month_is_not_forgotten(log_in: LogIn) -> None:
    silent(31, subject="Měsíc")
    silent(90, subject="Čtvrt roku")
    silent(29, subject="Čerstvé")
    client, me = log_in("consultant")
    [found] = Day(me).sections
    assert [(row["subject"], row["asked"]) for row in found.rows] == [
        ("Čtvrt roku", "25\u00a0Aug\u00a02026"),
        ("Měsíc", "23\u00a0Oct\u00a02026"),
    ]
    html = client.get(reverse("desk")).content.decode()
    assert "They have not replied" in html
    assert "Remind them, or close the request." in html


def test_what_nobody_takes_for_two_days_says_so(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    for subject, days in (("Dnešní", 0), ("Páteční", 3), ("Středeční", 5)):
        moment = timezone.now() - timedelta(days=days)
        case(subject, None, received_at=moment, waiting_since=moment)
    [found] = Day(me).sections
    assert {row["subject"]: row["is_unowned_long"] for row in found.rows} == {
        "Dnešní": False,
        "Páteční": False,
        "Středeční": True,
    }
    html = client.get(reverse("desk")).content.decode()
    assert html.count("nobody&#x27;s for") + html.count("nobody's for") == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=overdue&order=due", ["Dávno", "Včera"]),
        ("order=due", ["Dávno", "Včera", "Zítra"]),
        ("state=silent&order=asked", ["Čtvrt roku", "Měsíc"]),
        ("order=asked", ["Čtvrt roku", "Měsíc", "Čerstvé"]),
    ],
)
def test_the_whole_of_each_list(log_in: LogIn, query: str, found: list[str]) -> None:
    client, _me = log_in("consultant")
    for subject, day in (("Včera", 20), ("Zítra", 24), ("Dávno", 3)):
        SupportRequestFactory(open=True, subject=subject, due_on=date(2026, 11, day))
    for subject, days in (("Měsíc", 31), ("Čerstvé", 2), ("Čtvrt roku", 90)):
        silent(days, subject=subject)
    rows = client.get(f"{reverse('desk-requests')}?{query}").context["rows"]
    assert [row["subject"] for row in rows] == found


def test_duty_stands_beside_it(log_in: LogIn) -> None:
    client, me = log_in("consultant", name="Karla")
    assert "Nobody is on duty this week" in client.get(reverse("desk")).content.decode()
    DutyFactory(user=me)
    AbsenceFactory(user=UserFactory(name="Jana Nová"), deputy=me)
    html = client.get(reverse("desk")).content.decode()
    assert "<strong>On duty today:</strong> Karla" in html
    assert "<strong>You stand in for:</strong> Jana Nová" in html
    AbsenceFactory(user=me)
    assert "You are written as away" in client.get(reverse("desk")).content.decode()


def test_what_waits_for_a_decision_stands_beside_it_for_those_who_decide(log_in: LogIn) -> None:
    SummaryEditionFactory(in_review=True)
    editor, _me = log_in("editor")
    html = editor.get(reverse("desk")).content.decode().replace("\u00a0", " ")
    assert "Waits for a decision" in html
    assert f'<a href="{reverse("desk-summaries")}?to_review=on">Summaries in review</a>' in html
    consultant, _me = log_in("consultant")
    html = consultant.get(reverse("desk")).content.decode().replace("\u00a0", " ")
    assert "Waits for a decision" not in html


@pytest.mark.parametrize("rows", [1, 12])
def test_it_costs_the_same_however_much_there_is(log_in: LogIn, rows: int) -> None:
    client, me = log_in("consultant")
    for _row in range(rows):
        case("Dnes", me, TODAY)
        case("Ničí", None)
        case("Po termínu", UserFactory(), date(2026, 11, 20), has_unread=True)
    client.get(reverse("desk"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("desk"))
    assert len(queries) == DAY_QUERIES
