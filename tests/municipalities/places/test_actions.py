"""How often a municipality helps others: it says so itself."""

import pytest

from municipalities.models import Municipality
from municipalities.places.actions import set_help_limit
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

THEIRS = "Only those who speak for the municipality decide this."
NUMBER = "Write a number from 0 to 20."


@pytest.fixture
def place():
    return MunicipalityFactory()


@pytest.fixture
def official(place):
    return MembershipFactory(municipality=place).user


@pytest.mark.parametrize("limit", [0, 5, 20])
def test_its_officials_set_it(place, official, limit):
    set_help_limit(place, limit=limit, by=official)
    assert Municipality.objects.get().help_limit == place.help_limit == limit
    assert written(place) == [("municipality.set_help_limit", official.pk, {"before": 2, "after": limit})]


def test_what_a_colleague_has_set_meanwhile_is_what_it_was_before(place, official):
    seen = Municipality.objects.get()
    set_help_limit(place, limit=7, by=official)
    set_help_limit(seen, limit=3, by=official)
    assert written(place)[-1][2] == {"before": 7, "after": 3}


@pytest.mark.parametrize(
    ("who", "limit", "words"),
    [
        ("an official", 21, [NUMBER]),
        ("an official", -1, [NUMBER]),
        ("one of another municipality", 5, [THEIRS]),
        ("one who has left", 5, [THEIRS]),
        ("a coordinator", 21, [THEIRS, NUMBER]),
    ],
)
def test_it_is_refused(place, official, who, limit, words):
    by = {
        "an official": lambda: official,
        "one of another municipality": lambda: MembershipFactory().user,
        "one who has left": lambda: _left(place),
        "a coordinator": lambda: UserFactory(coordinator=True),
    }[who]()
    assert refusal(set_help_limit, place, limit=limit, by=by) == words
    assert (Municipality.objects.get(pk=place.pk).help_limit, written(place)) == (2, [])


def _left(place):
    row = MembershipFactory(municipality=place)
    row.ends_on = row.starts_on
    row.save()
    return row.user
