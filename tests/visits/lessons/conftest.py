"""What tests of lessons begin with: a published report with two lessons, an official, and the desk."""

from datetime import date

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.lessons import WordingFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.reports import ReportEditionFactory


@pytest.fixture
def edition():
    return ReportEditionFactory(published=True, document__visit__title_cs="Cesta do Finska")


@pytest.fixture
def wordings(edition):
    return [WordingFactory(edition=edition, title=title) for title in ("Byt nejdřív", "Málo papírů")]


@pytest.fixture
def lessons(wordings):
    return [row.lesson for row in wordings]


@pytest.fixture
def place():
    return MunicipalityFactory(pilot=True, name="Veselíčko")


@pytest.fixture
def official(place):
    return MembershipFactory(municipality=place, starts_on=date(2020, 1, 1)).user


@pytest.fixture
def staff():
    return UserFactory()
