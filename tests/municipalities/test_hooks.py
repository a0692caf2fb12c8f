"""What waits for a decision at the desk: how much, where, and for whom."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from municipalities import hooks
from municipalities.hooks import COUNT, Waiting, decisions_for
from municipalities.models import Programme
from tests.factories.accounts import UserFactory
from tests.factories.exchange import ExchangeReportFactory
from tests.factories.figures import ReturnFactory
from tests.factories.municipalities import MunicipalityFactory, OfficeReportFactory
from tests.factories.practices import PracticeEditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


def fill(rows: int = 1) -> None:
    for _row in range(rows):
        PracticeEditionFactory(in_review=True)
        Programme.objects.create(
            municipality=MunicipalityFactory(),
            publish_asked_at=timezone.now(),
            publish_asked_by=UserFactory(official=True),
        )
        ReturnFactory(sent=True)
        ExchangeReportFactory()
        OfficeReportFactory()


ALL = {
    "Practices in review": "/en/desk/practices/?to_review=on",
    "Programmes to be published": "/en/desk/programmes/",
    "Reported contacts of offices": "/en/desk/offices/reports/",
    "Returns to be accepted": "/en/desk/returns/",
    "Reports from the exchange": "/en/desk/exchange/reports/",
}


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        ("coordinator", list(ALL)),
        ("editor", [title for title in ALL if title != "Returns to be accepted"]),
        ("consultant", ["Programmes to be published", "Reported contacts of offices"]),
        ("administrator", []),
        ("official", []),
    ],
)
def test_each_role_is_told_what_it_may_decide(role: str, titles: list[str]) -> None:
    fill()
    found = decisions_for(UserFactory(role=role))
    assert {one.title: (one.url, one.count_label) for one in found} == {
        title: (ALL[title], "1") for title in titles
    }


def test_what_one_has_written_waits_for_somebody_else() -> None:
    me = UserFactory(editor=True)
    PracticeEditionFactory(in_review=True, author=me)
    PracticeEditionFactory(in_review=True).writers.add(me)
    PracticeEditionFactory(in_review=True, submitted_by=me)
    assert decisions_for(me) == []


def test_nothing_waits_nothing_is_said() -> None:
    assert decisions_for(UserFactory(role="coordinator")) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_each_kind_costs_one_query_however_much_waits(rows: int) -> None:
    fill(rows)
    coordinator = UserFactory(role="coordinator")
    with CaptureQueriesContext(connection) as queries:
        decisions_for(coordinator)
    # Five kinds of municipalities, six of visits, pages of the site, the help page.
    assert len(queries) == 16


def test_counting_stops() -> None:
    assert Waiting("Reports", "/", COUNT + 1).count_label == "100+"


def test_the_page_of_a_practice_shows_what_other_apps_tell(monkeypatch) -> None:
    monkeypatch.setattr(hooks, "_practice_parts", {})
    practice = PracticeEditionFactory(published=True).document
    hooks.add_practice_part("nothing", lambda _practice: None, template="nothing.html")
    hooks.add_practice_part("lessons", lambda row: {"pk": row.pk}, template="lessons.html")
    [part] = hooks.practice_parts_of(practice)
    assert (part.key, part.template, part.context) == ("lessons", "lessons.html", {"pk": practice.pk})


def test_a_practice_may_be_born_from_what_other_apps_name(monkeypatch) -> None:
    monkeypatch.setattr(hooks, "_origins", {})

    def source(_reader: Any, _number: int) -> None:
        return None

    hooks.add_origin("lesson", source)
    assert hooks.origins() == {"lesson": source}
