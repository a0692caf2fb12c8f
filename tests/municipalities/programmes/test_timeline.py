from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from municipalities.programmes import timeline
from municipalities.programmes.actions import phases
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory, ProgrammeFactory
from tests.factories.programmes import SECRET, a_draft, phase_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return MunicipalityFactory()


@pytest.fixture
def official(place):
    return MembershipFactory(municipality=place, user__name="Eva Malá").user


@pytest.fixture
def draft(place, official):
    draft = a_draft(place, official)
    phases.add_phase(draft, words=phase_words(start="2025-05"), version=1, by=official)
    return draft


def told(place, reader, before=None, limit=10):
    return timeline.entries(place, reader, before or timezone.now(), limit)


def test_it_tells_what_was_done_and_what_began(place, official, draft):
    entries = told(place, official)
    assert [(entry.title, entry.who) for entry in entries] == [
        ("Přibyla fáze", "Eva Malá"),
        ("Program se začal psát", "Eva Malá"),
        ("Začala fáze: Příprava koncepce", "Bydlení především"),
        ("Program začal", "Bydlení především"),
    ]
    assert [entry.when for entry in entries[2:]] == [
        '<time datetime="2025-05">květen 2025</time>',
        '<time datetime="2025-03">březen 2025</time>',
    ]
    assert f"/my/programmes/{draft.pk}/" in entries[0].url
    assert not [entry for entry in entries if SECRET in entry.text + entry.title + entry.who]


def test_the_desk_reads_the_same_and_strangers_nothing(place, draft):
    assert len(told(place, UserFactory())) == 4
    assert told(place, MembershipFactory().user) == []
    assert told(place, AnonymousUser()) == []


@pytest.mark.parametrize(
    ("before", "titles"),
    [
        ((2025, 5, 1), ["Program začal"]),
        ((2025, 5, 2), ["Začala fáze: Příprava koncepce", "Program začal"]),
        ((2025, 3, 1), []),
    ],
)
def test_it_goes_on_before_a_moment(place, official, draft, before, titles):
    moment = timezone.make_aware(datetime(*before))
    assert [entry.title for entry in told(place, official, moment)] == titles


def test_it_returns_no_more_than_asked(place, official, draft):
    assert [entry.title for entry in told(place, official, limit=1)] == ["Přibyla fáze"]


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_one_and_three(place, django_assert_num_queries, rows):
    desk = UserFactory()
    for number in range(rows):
        row = ProgrammeFactory(municipality=place, key=f"own-{number}", start="2017")
        phases.add_phase(row, words=phase_words(), version=1, by=desk)
    with django_assert_num_queries(4):
        told(place, desk)
