"""Tests of the page of one visit at the desk."""

import pytest

from accounts.permissions import Role
from tests.factories.visits import ProgrammeItemFactory, StudyVisitFactory

pytestmark = pytest.mark.django_db


def test_the_page_of_a_visit_shows_its_plan_and_state(log_in):
    client, _user = log_in(Role.EDITOR)
    item = ProgrammeItemFactory(visit=StudyVisitFactory(open=True), title_en="At the town hall")

    content = client.get(f"/en/desk/visits/{item.visit_id}/").content.decode()

    assert "open for sign-up" in content
    assert "At the town hall" in content
    assert f'href="/en/visits/{item.visit.slug}/"' in content


def test_the_desk_sees_a_visit_that_nobody_else_does(log_in):
    client, _user = log_in(Role.EDITOR)
    visit = StudyVisitFactory(planned=True)

    assert client.get(f"/en/desk/visits/{visit.pk}/").status_code == 200
    assert client.get(f"/en/visits/{visit.slug}/").status_code == 404
