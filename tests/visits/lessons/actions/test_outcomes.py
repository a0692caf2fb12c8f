"""What came of a lesson, as the municipality says it months later."""

import pytest

from core.states import Conflict
from tests.factories.lessons import OutcomeFactory, ProposalFactory
from tests.factories.municipalities import MembershipFactory
from tests.verbs import refusal, written
from visits.lessons.actions import outcomes

pytestmark = pytest.mark.django_db


@pytest.fixture
def outcome(lessons, place):
    return OutcomeFactory(proposal=ProposalFactory(lesson=lessons[0], municipality=place))


def test_what_came_of_it_is_kept_with_who_said_it(outcome, official):
    outcomes.tell_what_came(outcome, text=" Tři byty. ", seen="", by=official)
    outcome.refresh_from_db()
    assert (outcome.text, outcome.answered_by) == ("Tři byty.", official)
    assert written(outcome.proposal) == [("lesson.outcome", official.pk, {"months": 3})]


def test_it_can_be_said_anew_and_the_words_before_are_kept(outcome, official):
    outcomes.tell_what_came(outcome, text="Tři byty.", seen="", by=official)
    outcomes.tell_what_came(outcome, text="Pět bytů.", seen="Tři byty.", by=official)
    assert written(outcome.proposal)[-1][2] == {"months": 3, "was": "Tři byty."}


def test_without_words_nothing_is_said(outcome, official):
    reasons = refusal(outcomes.tell_what_came, outcome, text=" ", seen="", by=official)
    assert reasons == ["Napište, co z toho vzešlo, i kdyby to zatím nebylo nic."]


def test_of_two_at_once_the_second_is_told(outcome, official):
    outcomes.tell_what_came(outcome, text="Tři byty.", seen="", by=official)
    with pytest.raises(Conflict):
        outcomes.tell_what_came(outcome, text="Jinak.", seen="", by=official)


def test_only_officials_of_the_municipality_and_the_desk_say_it(outcome, staff):
    assert refusal(outcomes.tell_what_came, outcome, text="Ne.", seen="", by=MembershipFactory().user)
    outcomes.tell_what_came(outcome, text="Po telefonu: běží.", seen="", by=staff)
