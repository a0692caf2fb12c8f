"""Tests of how a visit goes on, what stands against it, and what the public then sees and finds."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from accounts.permissions import Role
from core import search
from core.audit import entries_of
from core.outbox.mail import OutgoingMail
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendeeFactory, VisitInvitationFactory
from tests.factories.visits import StudyVisitFactory
from visits.choices import VisitState
from visits.models import StudyVisit
from visits.plans.actions import states

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def editor():
    return UserFactory(role=Role.EDITOR)


def found(words):
    return [hit.object_id for hit in search.find(words, scope=search.PUBLIC).hits]


def test_a_visit_goes_through_its_life(editor):
    visit = StudyVisitFactory(planned=True)
    assert not StudyVisit.objects.published().exists()

    states.go(visit, to=VisitState.OPEN, version=1, by=editor)
    assert visit.opened_at is not None
    assert found("Vídni") == [visit.pk]
    states.go(visit, to=VisitState.CLOSED, version=visit.version, by=editor)
    StudyVisit.objects.update(starts_on=timezone.localdate())
    visit.refresh_from_db()
    for state in (VisitState.UNDER_WAY, VisitState.REPORTING, VisitState.ARCHIVED):
        states.go(visit, to=state, version=visit.version, by=editor)

    assert [entry.verb for entry in entries_of(visit)] == [
        "visit.open", "visit.closed", "visit.under_way", "visit.reporting", "visit.archived",
    ]  # fmt: skip
    states.go(visit, to=VisitState.REPORTING, version=visit.version, by=editor)
    assert visit.state == VisitState.REPORTING


@pytest.mark.parametrize(
    ("lacking", "reason"),
    [
        ({"host": None}, "Write who is visited"),
        ({"starts_on": None}, "Write the first day"),
        ({"starts_on": "2020-01-01"}, "The first day has passed"),
        ({"sign_up_until": None}, "Write until when people can sign up"),
        ({"sign_up_until": "2020-01-01T12:00Z"}, "The moment until which people can sign up has passed"),
        ({"quota": 0}, "Write how many people of one municipality may go"),
    ],
)
def test_sign_up_opens_once_nothing_is_lacking(editor, lacking, reason):
    visit = StudyVisitFactory(planned=True, **lacking)
    visit.refresh_from_db()

    [step] = states.steps_of(visit, by=editor)

    assert (step["to"], len(step["reasons"])) == (VisitState.OPEN, 1)
    assert step["reasons"][0].startswith(reason)
    with pytest.raises(Refused):
        states.go(visit, to=VisitState.OPEN, version=1, by=editor)


def test_a_visit_to_somebody_who_is_no_partner_opens_by_their_name(editor):
    visit = StudyVisitFactory(planned=True, host=None, host_names_cs=["Město Bergen"])
    states.go(visit, to=VisitState.OPEN, version=1, by=editor)


def test_sign_up_opens_again_and_the_first_opening_counts(editor):
    visit = StudyVisitFactory(open=True)
    opened_at = visit.opened_at
    states.go(visit, to=VisitState.CLOSED, version=1, by=editor)
    [*_others, again] = states.steps_of(visit, by=editor)
    assert str(again["label"]) == "Open sign-up again"
    states.go(visit, to=VisitState.OPEN, version=visit.version, by=editor)
    assert visit.opened_at == opened_at


def test_no_visit_begins_before_its_first_day(editor):
    visit = StudyVisitFactory(open=True, state=VisitState.CLOSED)
    with pytest.raises(Refused, match="The first day is yet to come"):
        states.go(visit, to=VisitState.UNDER_WAY, version=1, by=editor)


@pytest.mark.parametrize("to", [VisitState.REPORTED, VisitState.CANCELLED, "nonsense"])
def test_what_follows_from_something_else_is_not_set_by_hand(editor, to):
    visit = StudyVisitFactory(state=VisitState.REPORTING)
    with pytest.raises(Refused, match="nobody sets it by hand"):
        states.go(visit, to=to, version=1, by=editor)


def test_the_table_says_where_a_visit_cannot_go(editor):
    with pytest.raises(Refused, match="The visit is archived; it cannot begin"):
        states.go(StudyVisitFactory(), to=VisitState.UNDER_WAY, version=1, by=editor)


def test_what_is_said_of_a_visit_called_off_is_a_czech_sentence(editor):
    visit = StudyVisitFactory(state=VisitState.CANCELLED)
    with translation.override("cs"):
        said = states.reasons_against_going(visit, to=VisitState.OPEN, by=editor)
    assert said == ["Cesta je zrušená; přihlášky se u ní otevřít nedají."]


@pytest.mark.parametrize(
    ("state", "first"),
    [
        (VisitState.CLOSED, VisitState.UNDER_WAY),
        (VisitState.REPORTING, VisitState.ARCHIVED),
        (VisitState.REPORTED, VisitState.ARCHIVED),
    ],
)
def test_the_way_on_stands_before_the_way_back(editor, state, first):
    steps = states.steps_of(StudyVisitFactory(state=state), by=editor)
    assert steps[0]["to"] == first


def test_a_visit_is_called_off_with_its_reason_and_taken_up_again(editor):
    visit = StudyVisitFactory(open=True)

    states.cancel(visit, reason_cs="Hostitel nemá čas.", reason_en="The host is busy.", version=1, by=editor)

    assert (visit.state, visit.cancelled_by, visit.is_public) == (VisitState.CANCELLED, editor, True)
    assert found("Vídni") == [visit.pk]
    # The reason is people's text; it stays out of the history's details.
    assert [entry.details for entry in entries_of(visit)] == [{"before": "open"}]

    states.go(visit, to=VisitState.PLANNED, version=2, by=editor)
    visit.refresh_from_db()
    assert (visit.cancelled_at, visit.cancelled_by, visit.cancel_reason_cs) == (None, None, "")


@pytest.mark.parametrize("state", [VisitState.UNDER_WAY, VisitState.REPORTED, VisitState.ARCHIVED])
def test_a_visit_that_has_begun_is_not_called_off(editor, state):
    visit = StudyVisitFactory(state=state)
    assert states.reasons_against_cancelling(visit, by=editor) != []
    with pytest.raises(Refused):
        states.cancel(visit, reason_cs="Ne.", version=1, by=editor)


def test_invitations_follow_the_end_of_sign_up_and_people_are_told_that_it_is_off(editor):
    visit = StudyVisitFactory(open=True)
    silent = VisitInvitationFactory(visit=visit)
    going = AttendeeFactory(invitation__visit=visit, state="confirmed")

    states.go(visit, to=VisitState.CLOSED, version=1, by=editor)
    silent.refresh_from_db()
    assert silent.state == "silent"
    states.go(visit, to=VisitState.OPEN, version=visit.version, by=editor)
    silent.refresh_from_db()
    assert silent.state == "invited"
    states.cancel(visit, reason_cs="Hostitel nemá čas.", version=visit.version, by=editor)
    assert OutgoingMail.objects.filter(to=going.email).count() == 1


def test_of_two_people_one_opens_sign_up(editor):
    visit = StudyVisitFactory(planned=True)
    late = StudyVisit.objects.get()
    states.go(visit, to=VisitState.OPEN, version=1, by=editor)
    with pytest.raises(Conflict):
        states.go(late, to=VisitState.OPEN, version=1, by=editor)


def test_others_follow_inside_the_verb(editor, monkeypatch):
    seen = []
    monkeypatch.setattr(states, "_moved", [])
    for _twice in range(2):
        states.when_moved(follow := lambda visit, by: seen.append((visit.state, by)))
        states.when_moved(follow)
    visit = StudyVisitFactory(planned=True, sign_up_until=timezone.now() + timedelta(days=1))
    states.go(visit, to=VisitState.OPEN, version=1, by=editor)
    assert seen == [("open", editor)] * 2


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.ADMINISTRATOR])
def test_only_those_who_run_visits_let_them_go_on(role):
    by, visit = UserFactory(role=role), StudyVisitFactory(planned=True)
    assert states.steps_of(visit, by=by)[0]["reasons"] == ["Your role does not run study visits."]
    with pytest.raises(Refused):
        states.cancel(visit, reason_cs="Ne.", version=1, by=by)
