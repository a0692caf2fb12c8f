"""Experts and authors are reminded; who does not answer is not waited for."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from studies.choices import ReviewState
from studies.models import Reviewer
from studies.reviews.tasks import look_after_reviewers, remind_authors
from tests.factories.reviews import ConfirmationFactory, ReviewerFactory, ReviewRoundFactory
from tests.studies.reviews.parts import told

pytestmark = pytest.mark.django_db


def on_day(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def test_an_invitation_is_reminded_of_once_and_then_a_substitute_is_called():
    row = ReviewerFactory(next_step_on=timezone.localdate() + timedelta(days=4))
    waiting = ReviewerFactory(round=row.round, waiting=True)
    for days in (4, 5, 8, 8):
        with on_day(days):
            look_after_reviewers.call()
    assert [kind for to, kind in told() if to == row.expert.email] == ["studies/review_reminder"]
    assert Reviewer.objects.get(pk=row.pk).state == ReviewState.SILENT
    assert Reviewer.objects.get(pk=waiting.pk).state == ReviewState.INVITED


def test_who_reads_is_reminded_before_and_after_the_deadline():
    row = ReviewerFactory(accepted=True)
    day = row.round.deadline - timedelta(days=7)
    Reviewer.objects.update(next_step_on=day)
    for days in (22, 23, 29, 31, 37, 60):
        with on_day(days):
            look_after_reviewers.call()
    assert [kind for _to, kind in told()] == ["studies/review_reminder"] * 4
    assert Reviewer.objects.get(pk=row.pk).state == ReviewState.ACCEPTED


def test_a_closed_round_reminds_nobody():
    ReviewerFactory(round=ReviewRoundFactory(closed=True), next_step_on=timezone.localdate())
    look_after_reviewers.call()
    assert told() == []


def test_authors_are_reminded_twice_by_the_same_link():
    row = ConfirmationFactory(next_step_on=timezone.localdate() + timedelta(days=7))
    for days in (6, 7, 14, 30):
        with on_day(days):
            remind_authors.call()
    assert told() == [(row.email, "studies/author_reminder")] * 2
