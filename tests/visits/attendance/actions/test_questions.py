"""Questions taken along: sent until the visit begins, noted on the spot, nothing lost."""

import pytest
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.attendance import (
    OpenVisitFactory,
    TravelQuestionFactory,
    VisitInvitationFactory,
)
from tests.factories.municipalities import MembershipFactory
from tests.factories.visits import ProgrammeItemFactory
from tests.verbs import refusal
from visits.attendance.actions import questions
from visits.choices import VisitState
from visits.models import TravelQuestion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def staff():
    return UserFactory()


def test_a_municipality_that_does_not_go_asks_too(member):
    row = VisitInvitationFactory(municipality=member.municipality, declined=True)
    item = ProgrammeItemFactory(visit=row.visit)
    question = questions.ask(row, text="Kdo platí?", item=item, by=member.user)
    assert (question.visit, question.municipality, question.item) == (row.visit, row.municipality, item)


def test_it_is_changed_and_withdrawn_until_the_visit_begins(member):
    invitation = VisitInvitationFactory(municipality=member.municipality)
    question = questions.ask(invitation, text="Kdo platí?", item=None, by=member.user)
    questions.change(question, text="Kdo platí správce?", item=None, version=1, by=member.user)
    questions.withdraw(question, version=2, by=member.user)
    assert "The question was withdrawn." in refusal(questions.withdraw, question, version=3, by=member.user)
    question.visit.state = VisitState.UNDER_WAY
    question.visit.save()
    assert "The visit has begun." in refusal(
        questions.change, question, text="x", item=None, version=3, by=member.user
    )


def test_a_question_of_another_municipality_is_left_alone():
    row = TravelQuestionFactory()
    VisitInvitationFactory(visit=row.visit, municipality=row.municipality)
    assert (
        "Only those who speak" in refusal(questions.withdraw, row, version=1, by=MembershipFactory().user)[0]
    )


def test_nobody_sends_more_than_twenty(member):
    invitation = VisitInvitationFactory(municipality=member.municipality)
    for _ in range(20):
        TravelQuestionFactory(visit=invitation.visit, municipality=invitation.municipality)
    assert refusal(questions.ask, invitation, text="x", item=None, by=member.user) == [
        "You have sent 20 questions. Change one of them."
    ]


def note(question, keywords, version, by):
    return questions.note(question, keywords=keywords, version=version, at=timezone.now(), by=by)


@pytest.fixture
def question():
    return TravelQuestionFactory(visit=OpenVisitFactory(state=VisitState.UNDER_WAY))


def test_what_was_heard_is_noted(question, staff):
    assert not note(question, "platí město", 1, staff)
    assert (question.keywords, question.noted_by, question.version) == ("platí město", staff, 2)


def test_of_two_notes_at_once_both_are_kept(question, staff):
    note(question, "platí město", 1, staff)
    assert note(question, "a stát polovinu", 1, UserFactory())
    assert TravelQuestion.objects.get().keywords == "platí město\n\na stát polovinu"


def test_the_same_note_sent_twice_stands_once(question, staff):
    note(question, "platí město", 1, staff)
    assert not note(question, "platí město", 1, staff)
    # The answer was lost on the way, and more was written meanwhile.
    assert not note(question, "platí město, 3 lidé", 1, staff)
    assert TravelQuestion.objects.get().keywords == "platí město, 3 lidé"


def test_a_note_that_would_be_too_long_is_refused_and_nothing_lost(question, staff):
    note(question, "a" * 1500, 1, staff)
    assert "at most 2000" in refusal(note, question, "b" * 1500, 1, staff)[0]
    assert TravelQuestion.objects.get().keywords == "a" * 1500


def test_nothing_is_noted_before_the_sign_up_closes_nor_by_officials(staff):
    early = TravelQuestionFactory()
    assert "Answers are noted" in refusal(note, early, "x", 1, staff)[0]
    row = TravelQuestionFactory(visit__state=VisitState.UNDER_WAY)
    assert "Your role" in refusal(note, row, "x", 1, UserFactory(official=True))[0]
