"""Tests of the tables of tabs and parts: one row each, asked only where it is drawn."""

from dataclasses import replace

import pytest
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from tests.factories.accounts import UserFactory
from tests.factories.visits import ProgrammeItemFactory, StudyVisitFactory
from visits.pages import parts

pytestmark = pytest.mark.django_db

ROW = parts.Part("row", _("Study visit"), "visits/pages/desk_plan.html", lambda visit, user: {"days": []})


@pytest.fixture
def with_row(monkeypatch):
    monkeypatch.setattr(parts, "DESK_TABS", (*parts.DESK_TABS, ROW))
    monkeypatch.setattr(parts, "PUBLIC_PARTS", (ROW, replace(ROW, context=lambda visit, user: None)))


def test_the_address_names_the_tab_that_is_open(with_row):
    assert parts.tab_of("row", StudyVisitFactory(), None).key == "row"


@pytest.mark.parametrize("key", [None, "", "no-such-tab"])
def test_the_plan_is_open_where_no_tab_is_named(key, with_row):
    item = ProgrammeItemFactory()

    tab = parts.tab_of(key, item.visit, UserFactory(role=Role.EDITOR))

    assert (tab.key, tab.told["days"]) == ("plan", [(None, [item])])


def test_a_part_that_has_nothing_to_tell_is_not_drawn(with_row):
    assert [part.told for part in parts.public_parts(StudyVisitFactory(), None)] == [{"days": []}]
