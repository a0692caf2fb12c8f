"""Experts are invited, reminded, replaced and let go."""

import pytest

from core.notices.models import Notice
from core.states import Conflict, Refused
from studies.choices import ReviewState
from studies.models import Reviewer
from studies.reviews.actions import invitations
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewerFactory, ReviewRoundFactory
from tests.studies.reviews.parts import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def boss():
    return UserFactory(role="coordinator")


@pytest.fixture
def row(boss):
    return ReviewerFactory(round=ReviewRoundFactory(opened_by=boss))


def state_of(row):
    return Reviewer.objects.get(pk=row.pk).state


def test_the_first_who_waits_is_called_and_nobody_is_replaced_twice(row, boss):
    second, _third = ReviewerFactory.create_batch(2, round=row.round, waiting=True)
    invitations.fall_silent(row)
    assert (state_of(row), state_of(second)) == (ReviewState.SILENT, ReviewState.INVITED)
    assert Reviewer.objects.get(pk=second.pk).stands_in_for == row
    assert invitations.call_substitute(row) is None
    assert told()[0] == (second.expert.email, "studies/review_invitation")
    assert Notice.objects.get(receiver=boss).kind == "studies/replaced"


def test_where_nobody_is_left_the_desk_is_told_at_once(row, boss):
    invitations.fall_silent(row)
    assert Notice.objects.get(receiver=boss).kind == "studies/nobody_left"
    assert boss.email in [to for to, _kind in told()]


def test_reminded_once_a_day_by_the_same_link(row, boss):
    before = row.link_token
    invitations.remind(row, version=row.version, by=boss)
    assert (told(), row.link_token) == ([(row.expert.email, "studies/review_reminder")], before)
    with pytest.raises(Refused, match="today already"):
        invitations.remind(row, version=row.version, by=boss)


def test_a_new_link_ends_the_one_before(row, boss):
    old = row.link_token
    invitations.renew_link(row, version=row.version, by=boss)
    assert not Reviewer.objects.behind_link(old).exists()


def test_a_link_is_withdrawn_and_who_was_invited_hears_of_it(row, boss):
    waiting = ReviewerFactory(round=row.round, waiting=True)
    invitations.revoke(waiting, version=waiting.version, by=boss)
    invitations.revoke(row, version=row.version, by=boss)
    assert told() == [(row.expert.email, "studies/review_revoked")]
    with pytest.raises(Refused):
        invitations.revoke(row, version=row.version, by=boss)


def test_a_substitute_is_called_before_their_turn(row, boss):
    waiting = ReviewerFactory(round=row.round, waiting=True)
    invitations.call(waiting, version=waiting.version, by=boss)
    assert state_of(waiting) == ReviewState.INVITED
    with pytest.raises(Conflict):
        invitations.call(waiting, version=1, by=boss)
