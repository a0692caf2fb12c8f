"""Publishing that was planned: once, at its time, and only what may be published by then."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.documents import actions
from core.documents.choices import State
from core.documents.tasks import publish_due
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned():
    """A summary that an editor lets be published in two days."""
    edition = SummaryEditionFactory(in_review=True, document__slug=None)
    at = timezone.now() + timedelta(days=2)
    actions.plan_publishing(edition, at=at, version=1, by=UserFactory(editor=True))
    return edition


def after(days):
    """Let days pass, and then what is due."""
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        publish_due.call()


def test_a_task_waits_for_the_moment(planned):
    waiting = DBTaskResult.objects.get(task_path="core.documents.tasks.publish_due")
    assert waiting.run_after == planned.publish_at


def test_it_is_published_at_its_time_once_by_who_planned_it(planned):
    planner = planned.publish_by
    after(1)
    planned.refresh_from_db()
    assert planned.state == State.IN_REVIEW
    after(3)
    after(3)
    planned.refresh_from_db()
    assert (planned.state, planned.published_by, planned.publish_at) == (State.PUBLISHED, planner, None)
    assert planned.document.slug == "kde-lze-pozadat-o-socialni-byt"


def test_what_was_sent_back_meanwhile_is_not_published(planned):
    actions.send_back(planned, remark="Počkejte.", version=2, by=planned.publish_by)
    after(3)
    planned.refresh_from_db()
    assert (planned.state, planned.publish_at) == (State.DRAFT, None)


def test_what_may_not_be_published_by_then_goes_back_with_the_reason(planned):
    planner = planned.publish_by
    planner.is_active = False
    planner.save()
    after(3)
    planned.refresh_from_db()
    assert (planned.state, planned.returned_by) == (State.DRAFT, planner)
    assert planned.returned_remark.endswith("ale:\nKdo to naplánoval, teď zveřejňovat nesmí.")
    assert not OutgoingMail.objects.exists()


def test_the_task_comes_back_for_what_is_due_later(planned):
    later = SummaryEditionFactory(in_review=True)
    at = timezone.now() + timedelta(days=9)
    actions.plan_publishing(later, at=at, version=1, by=UserFactory(editor=True))
    DBTaskResult.objects.all().delete()
    after(3)
    assert DBTaskResult.objects.get().run_after == later.publish_at


def test_nobody_plans_their_own_text():
    edition = SummaryEditionFactory(in_review=True)
    at = timezone.now() + timedelta(days=2)
    assert actions.reasons_against_planning(edition, at=at, by=edition.author) == [
        "Vlastní text nesmí zveřejnit nikdo. Požádejte kolegyni nebo kolegu."
    ]
