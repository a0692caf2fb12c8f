"""Tests of the pages on which a programme is made."""

from datetime import date, time

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.permissions import Role
from tests.factories.visits import ProgrammeItemFactory, StudyVisitFactory

pytestmark = pytest.mark.django_db
DAY = date(2027, 5, 3)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def client(log_in):
    return log_in(Role.EDITOR)[0]


@pytest.fixture
def visit():
    return StudyVisitFactory(starts_on=DAY, starts_precision="day")


def test_an_item_is_added_on_the_day_that_is_likely(client, visit):
    address = reverse("desk-visit-item-new", args=[visit.pk])
    assert 'value="2027-05-03"' in client.get(address).content.decode()
    typed = {
        "title_cs": "Radnice",
        "on": "2027-05-03",
        "starts_at": "09:00",
        "ends_at": "10:30",
        "version": 1,
    }

    client.post(address, typed)

    item = visit.programme.get()
    assert (item.title_cs, item.on, item.ends_at) == ("Radnice", DAY, time(10, 30))
    assert "09:00–10:30" in client.get(visit.get_desk_url()).content.decode()


def test_times_that_overlap_are_said_and_kept(client, visit):
    for start in (9, 10):
        ProgrammeItemFactory(visit=visit, on=DAY, starts_at=time(start), ends_at=time(start + 2))
    assert "Some items overlap" in client.get(visit.get_desk_url()).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title_cs": ""}, "This field is required."),
        ({"title_cs": "Radnice", "starts_at": "10:00", "ends_at": "9:00"}, "It ends before it begins."),
        ({"title_cs": "Radnice", "on": "2027-05-02"}, "This day is before the visit."),
        ({"title_cs": "Radnice", "starts_at": "25:61"}, "Enter a valid time."),
    ],
)
def test_what_is_wrong_with_an_item_is_said(client, visit, typed, said):
    response = client.post(reverse("desk-visit-item-new", args=[visit.pk]), {**typed, "place": "Haag"})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "Haag" in response.content.decode()


def test_an_item_is_changed_moved_and_taken_off(client, visit):
    one, two = (ProgrammeItemFactory(visit=visit) for _number in range(2))
    client.post(reverse("desk-visit-item", args=[visit.pk, one.pk]), {"title_cs": "Radnice", "version": 1})
    client.post(reverse("desk-visit-item-move", args=[visit.pk, one.pk]), {"down": "1", "version": 2})
    assert [item.title_cs for item in visit.programme.all()] == [two.title_cs, "Radnice"]
    client.post(reverse("desk-visit-item-remove", args=[visit.pk, one.pk]), {"version": 3})
    assert list(visit.programme.all()) == [two]


def test_an_item_of_another_visit_is_not_there(client, visit):
    other = ProgrammeItemFactory()
    assert client.get(reverse("desk-visit-item", args=[visit.pk, other.pk])).status_code == 404


def test_a_programme_that_a_colleague_changed_meanwhile_is_shown_again(client, visit):
    address = reverse("desk-visit-item-new", args=[visit.pk])
    client.post(address, {"title_cs": "Radnice", "version": 1})
    response = client.post(address, {"title_cs": "Knihovna", "version": 1})
    assert response.status_code == 409
    assert "Knihovna" in response.content.decode()
    assert 'name="version" value="2"' in response.content.decode()
