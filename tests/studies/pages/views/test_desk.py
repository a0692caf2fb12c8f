"""Tests of the board of the plan, and of the page of one material at the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.permissions import Role
from core.templatetags.ui import number
from studies.choices import PlanState
from studies.plan import loading
from tests.factories.accounts import UserFactory
from tests.factories.studies import MaterialFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def client(log_in):
    return log_in(Role.EDITOR)[0]


def html(client, **query):
    return client.get(reverse("desk-materials"), query).content.decode()


def test_the_board_says_how_far_each_place_is_how_late_and_who_is_waited_for(client):
    owner = UserFactory(name="Olga Pečlivá")
    MaterialFactory(place=1)
    late = MaterialFactory(unknown=True, place=2)
    soon = timezone.localdate() + timedelta(days=10)
    MaterialFactory(place=3, state=PlanState.DRAFTED, planned_on=soon, planned_precision="day", owner=owner)
    page = html(client)
    assert page.index("announced") < page.index("drafted</span>") < page.index("published</span>")
    assert f"late by {number(late.days_late)} days" in page
    assert "nobody has written why" in page
    assert "10 days left" in page
    assert page.count("Olga Pečlivá") == 2


def test_the_board_has_all_thirteen_of_the_shipped_plan(client):
    loading.load()
    page = html(client)
    assert page.count('scope="rowgroup"') == 2
    assert page.count('class="row-link"') == 13
    assert "8 published, 5 only announced so far" in page


def test_materials_beside_the_plan_are_narrowed_by_words_and_state(client):
    rent = MaterialFactory(title_cs="Průvodce nájmem", topics_cs=["dluhy"], state=PlanState.DRAFTED)
    other = MaterialFactory()

    def shown(**query):
        return list(client.get(reverse("desk-materials"), query).context["page"].items)

    assert shown() == [other, rent]
    assert shown(q="průvodce dluhy") == [rent]
    assert shown(state="drafted") == [rent]
    assert shown(q="poem") == []
    assert shown(q="\x00", state="poem", page="99999") == [other, rent]


def test_a_tab_is_drawn_when_it_is_open_and_an_unknown_one_is_the_first(client):
    row = MaterialFactory(unknown=True, place=4)
    page = client.get(row.get_desk_url()).content.decode()
    assert "the public does not read why" in page
    assert client.get(f"{row.get_desk_url()}?tab=poem").context["tab"].key == "facts"
    assert (
        "Nobody has changed it here yet." in client.get(f"{row.get_desk_url()}?tab=history").content.decode()
    )
