from datetime import date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from municipalities import hooks
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.visits import StudyVisitFactory
from visits.pages import timeline

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2026, 11, 23, 12))


def told(town, *, before=NOW, limit=10):
    with translation.override("en"):
        return timeline.entries(town, AnonymousUser(), before, limit)


def test_a_visit_stands_on_the_timeline_of_those_who_joined():
    town, other = MunicipalityFactory(), MunicipalityFactory()
    visit = StudyVisitFactory(
        municipalities=[town],
        starts_on=date(2017, 1, 1),
        starts_precision="year",
        participants_en=["staff of the town"],
        date_text_en="2017, before August",
    )
    [entry] = told(town)
    assert entry == hooks.Entry(
        at=timezone.make_aware(datetime(2017, 1, 1)),
        kind="visits",
        title="Study visit: Austria",
        text="Somebody from the municipality took part.",
        url=f"/en/visits/{visit.slug}/",
        who="staff of the town",
        when="2017, before August",
    )
    assert entry.moment is None
    assert told(other) == []


def test_a_visit_of_an_unknown_year_has_no_place_there():
    town = MunicipalityFactory()
    StudyVisitFactory(municipalities=[town], starts_on=None)
    assert told(town) == []


def test_visits_come_newest_first_and_bounded():
    town = MunicipalityFactory()
    for year in (2016, 2018, 2017):
        StudyVisitFactory(municipalities=[town], starts_on=date(year, 1, 1), starts_precision="year")
    assert [entry.at.year for entry in told(town)] == [2018, 2017, 2016]
    assert [entry.at.year for entry in told(town, limit=2)] == [2018, 2017]
    assert [entry.at.year for entry in told(town, before=timezone.make_aware(datetime(2018, 1, 1)))] == [
        2017,
        2016,
    ]


def test_the_timeline_knows_of_visits():
    assert "visits" in hooks.timeline_kinds()


def test_the_partial_date_is_shown_in_words(log_in):
    town = MunicipalityFactory()
    StudyVisitFactory(
        municipalities=[town],
        starts_on=date(2017, 1, 1),
        starts_precision="year",
        date_text_en="2017, in summer",
    )
    client, _user = log_in("consultant")
    page = client.get(f"/en/desk/municipalities/{town.slug}/").content.decode()
    assert '<span class="entry-when">2017, in summer</span>' in page
    assert "1 January 2017" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(django_assert_num_queries, rows):
    town = MunicipalityFactory()
    StudyVisitFactory.create_batch(rows, municipalities=[town], starts_on=date(2017, 1, 1))
    with django_assert_num_queries(1):
        told(town)


def test_a_month_is_said_as_a_month_where_nobody_wrote_it_in_words():
    town = MunicipalityFactory()
    StudyVisitFactory(
        municipalities=[town], starts_on=date(2018, 3, 1), starts_precision="month", date_text_en="",
        date_text_cs="",
    )  # fmt: skip
    [entry] = told(town)
    assert entry.when == "March 2018"


def test_a_day_that_is_known_stands_there_without_an_hour():
    town = MunicipalityFactory()
    StudyVisitFactory(
        municipalities=[town],
        starts_on=date(2026, 5, 14),
        starts_precision="day",
        date_text_cs="",
        date_text_en="",
    )
    [entry] = told(town)
    assert (entry.when, entry.moment) == ("14\xa0May\xa02026", None)
