"""The desk's list: what each filter keeps, what an address may say wrongly, what a page costs."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from consultations.desk.filters import RequestFilter
from consultations.models import SupportRequest
from consultations.requests.search import index_request
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory, TopicFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def me() -> User:
    return UserFactory(name="Já Sama")


def found(me: User, address: str) -> list[SupportRequest]:
    filtered = RequestFilter(QueryDict(address), SupportRequest.objects.visible_to(me).for_list(), reader=me)
    assert filtered.ignored == []
    return list(filtered.qs)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


def test_by_state(me: User) -> None:
    new, answered = SupportRequestFactory(), SupportRequestFactory(answered=True)
    waiting = SupportRequestFactory(state="waiting_requester")
    assert found(me, "") == [waiting, answered, new]
    assert found(me, "state=new") == [new]
    assert found(me, "state=answered") == [answered]
    assert found(me, "state=active") == [waiting, new]
    assert found(me, "state=done") == [answered]


def test_by_assignee(me: User) -> None:
    colleague = UserFactory()
    mine = SupportRequestFactory(open=True, assignee=me)
    theirs = SupportRequestFactory(open=True, assignee=colleague)
    nobodys = SupportRequestFactory()
    assert found(me, "assignee=me") == [mine]
    assert found(me, "assignee=none") == [nobodys]
    assert found(me, f"assignee={colleague.pk}") == [theirs]


def test_by_topic_kind_and_channel(me: User) -> None:
    topic = TopicFactory(slug="benefits")
    request = SupportRequestFactory(topic=topic, requester_kind="owner", channel="letter")
    SupportRequestFactory()
    assert found(me, "topic=benefits") == [request]
    assert found(me, "kind=owner") == [request]
    assert found(me, "channel=letter") == [request]
    assert found(me, "topic=benefits&channel=web") == []


def test_by_municipality(me: User) -> None:
    municipality = MunicipalityFactory(name="Bečov", search_name="becov", slug="becov", code="555029")
    request = SupportRequestFactory(municipality=municipality)
    SupportRequestFactory(municipality=MunicipalityFactory())
    for value in ("becov", "555029", "Bečov"):
        assert found(me, f"municipality={value}") == [request]


def test_by_pilots(me: User) -> None:
    pilot = SupportRequestFactory(municipality=MunicipalityFactory(pilot=True))
    other = SupportRequestFactory(municipality=MunicipalityFactory())
    nowhere = SupportRequestFactory()
    assert found(me, "pilot=yes") == [pilot]
    assert found(me, "pilot=no") == [nowhere, other]


def test_by_days_ends_included(me: User) -> None:
    first, second, third = (
        SupportRequestFactory(received_at=noon(date(2026, 3, day)) + timedelta(hours=11, minutes=59))
        for day in (1, 2, 3)
    )
    assert found(me, "from=2026-03-02") == [third, second]
    assert found(me, "to=2026-03-02") == [second, first]
    assert found(me, "from=2026-03-02&to=2026-03-02") == [second]
    assert found(me, "to=2026-03-02&order=oldest") == [first, second]


def test_by_words(me: User) -> None:
    request = SupportRequestFactory(subject="Exekuce na byt")
    index_request(request)
    index_request(SupportRequestFactory(subject="Nájemní smlouva"))
    assert found(me, "q=exekuce") == [request]
    assert found(me, f"q={request.reference}") == [request]
    assert found(me, "q=nesmysl") == []


def test_orders(me: User) -> None:
    now = timezone.now()
    late = SupportRequestFactory(
        waiting_since=now - timedelta(days=1), home_at_risk_by=date(2027, 1, 2), due_on=date(2027, 1, 2)
    )
    early = SupportRequestFactory(
        waiting_since=now - timedelta(days=9), home_at_risk_by=date(2027, 1, 1), due_on=date(2027, 1, 1)
    )
    closed = SupportRequestFactory(closed=True, waiting_since=None)
    assert found(me, "order=newest") == [closed, early, late]
    assert found(me, "order=oldest") == [late, early, closed]
    assert found(me, "order=waiting") == [early, late]
    assert found(me, "order=risk") == [early, late]
    assert found(me, "order=due_last") == [late, early]


def test_homes_at_risk_are_there_until_somebody_wrote_what_became_of_them(me: User) -> None:
    unknown = SupportRequestFactory(home_loss="unknown")
    day = SupportRequestFactory(closed=True, home_loss="days", home_at_risk_by=date(2026, 12, 1))
    lost = SupportRequestFactory(answered=True, home_loss="lost")
    over = {"home_outcome": "kept", "home_outcome_at": timezone.now(), "home_outcome_by": me}
    SupportRequestFactory(answered=True, home_loss="days", **over)
    SupportRequestFactory(state="spam", home_loss="lost")
    assert found(me, "order=risk") == [lost, day, unknown]
    assert found(me, "state=at_risk") == [lost, day, unknown]
    assert found(me, "state=at_risk&topic=" + day.topic.slug) == [day]


def test_the_numbers_of_today_lead_to_what_they_count(me: User) -> None:
    now = timezone.now()
    waiting = SupportRequestFactory(waiting_since=now - timedelta(days=14))
    SupportRequestFactory(waiting_since=now)
    answered = SupportRequestFactory(answered=True, answered_at=now, state="closed")
    SupportRequestFactory(answered=True, answered_at=now - timedelta(days=14))
    assert found(me, "state=waiting_long&order=waiting") == [waiting]
    assert found(me, "state=answered_this_week") == [answered]


@pytest.fixture
def _without_sorting(db: None) -> None:
    """PostgreSQL reads and sorts a table of a few rows whatever indexes there are, unless it must not.

    It takes the table for a very long one, so that indexes differ by what they save, not by chance.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE pg_class SET reltuples = 1000000, relpages = 1 WHERE oid = %s::regclass",
                [SupportRequest._meta.db_table],
            )
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")


@pytest.mark.usefixtures("_without_sorting")
def test_homes_at_risk_come_out_of_their_index() -> None:
    rows = SupportRequest.objects.homes_at_risk().values("pk")[:25]
    assert "request_home_at_risk" in rows.explain()


@pytest.mark.usefixtures("_without_sorting")
@pytest.mark.parametrize(
    ("address", "indexes"),
    [
        # Of two indexes of few rows each PostgreSQL takes either, as its statistics fall out.
        ("state=snoozed&assignee=me", {"request_assignee_snoozed", "request_snoozed_newest"}),
        ("order=risk&assignee=me", {"request_assignee_at_risk"}),
        ("order=due_last", {"request_due_first"}),
        ("state=snoozed", {"request_snoozed_newest"}),
        ("state=unread", {"request_unread_newest"}),
    ],
)
def test_the_few_among_very_many_come_out_of_an_index(me: User, address: str, indexes: set[str]) -> None:
    plan = RequestFilter(QueryDict(address), SupportRequest.objects.all(), reader=me).qs.explain()
    assert any(index in plan for index in indexes)


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("state=nonsense", ["state"]),
        ("assignee=999999", ["assignee"]),
        ("topic=%00", ["topic"]),
        ("from=yesterday&to=2026-02-31", ["from", "to"]),
        ("municipality=Nikde", ["municipality"]),
        ("order=up&channel=pigeon&kind=cat&pilot=maybe", ["pilot", "kind", "channel", "order"]),
        ("utm_source=x", ["utm_source"]),
        ("q=" + "a" * 300, ["q"]),
    ],
)
def test_what_an_address_says_wrongly_is_left_out(log_in: LogIn, address: str, names: list[str]) -> None:
    client, _me = log_in("consultant")
    SupportRequestFactory()
    response = client.get(f"{reverse('desk-requests')}?{address}")
    assert response.status_code == 200
    assert len(response.context["rows"]) == 1
    assert response.context["filter"].ignored == names
    assert "Part of the address says nothing here" in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999", "1²", ""])
def test_a_strange_page_is_a_page(log_in: LogIn, page: str) -> None:
    client, _me = log_in("consultant")
    SupportRequestFactory()
    assert client.get(reverse("desk-requests"), {"page": page}).status_code == 200


def test_chips_take_one_filter_away(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    MunicipalityFactory(name="Bečov", code="555029")
    html = client.get(reverse("desk-requests"), {"state": "new", "municipality": "555029"}).content.decode()
    assert "State: new" in html
    assert "Municipality: Bečov (Přerov, Olomouc Region)" in html
    assert 'href="?municipality=555029"' in html
    assert 'href="?state=new"' in html


def test_nothing_found(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    assert "No request fits" in client.get(reverse("desk-requests"), {"state": "spam"}).content.decode()


def test_a_full_page_stays_small(log_in: LogIn) -> None:
    client, me = log_in("coordinator")
    topic, municipality = TopicFactory(name_en="Allocation of flats"), MunicipalityFactory(name="Brandýs")
    for number in range(26):
        SupportRequestFactory(
            open=True,
            assignee=me,
            subject="Jak má obec přidělovat byty lidem v nouzi?",
            topic=topic,
            municipality=municipality,
            home_at_risk_by=None if number % 5 else date(2027, 1, 1),
            has_unread=number % 5 == 1,
        )
    response = client.get(reverse("desk-requests"))
    assert len(response.context["rows"]) == 25
    assert len(response.content) <= 25_000
    assert "?page=2" in response.content.decode()
    assert len(client.get(reverse("desk-requests"), {"page": 2}).context["rows"]) == 1


def test_the_list_goes_on_behind_its_last_page_only_by_number(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    SupportRequestFactory()
    assert client.get(reverse("desk-requests")).context["filter"].is_by_number
    by_day = client.get(reverse("desk-requests"), {"from": "2020-01-01"})
    assert not by_day.context["filter"].is_by_number
    assert by_day.context["page"].older_than is None


def test_rows_do_not_tell_how_to_reach_people(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    SupportRequestFactory(requester__email="jana.novakova@example.org")
    assert "example.org" not in client.get(reverse("desk-requests")).content.decode()


def test_a_column_sorts_and_says_which_rows_it_shows(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    SupportRequestFactory(open=True, due_on=date(2026, 1, 1))
    html = client.get(reverse("desk-requests"), {"order": "due", "state": "active"}).content.decode()
    assert (
        '<th scope="col" aria-sort="ascending"><a class="sort" href="?order=due_last&amp;state=active">'
        in html
    )
    assert '<input type="hidden" name="order" value="due">' in html
    assert "Only those that we owe an answer are shown." in html
    assert 'aria-label="overdue"' in html


def test_filters_that_few_need_are_drawn_when_asked_for(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    SupportRequestFactory()
    folded = client.get(reverse("desk-requests"), {"channel": "web"}).content.decode()
    assert '<input type="hidden" name="channel" value="web">' in folded
    opened = client.get(reverse("desk-requests"), {"channel": "web", "more": "1"})
    assert 'id="id_channel"' in opened.content.decode()
    assert opened.context["filter"].ignored == []
