"""A round is opened, prolonged and closed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.outbox.mail import OutgoingMail
from core.states import Conflict, Refused
from studies.choices import PlanState, ReviewState, RoundResult
from studies.models import Material, Reviewer, ReviewRound
from studies.reviews.actions import rounds
from tests.factories.accounts import UserFactory
from tests.factories.material_texts import MaterialEditionFactory
from tests.factories.reviews import ExpertFactory, RemarkFactory, ReviewerFactory, ReviewRoundFactory
from tests.studies.reviews.parts import a_text, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def boss():
    return UserFactory(role="coordinator")


def opened(edition, by, experts, substitutes=()):
    words = {"questions": ["Proč?"], "deadline": timezone.localdate() + timedelta(days=30)}
    return rounds.open_round(edition, experts=experts, substitutes=substitutes, by=by, **words)


def closed(row, by, **more):
    words = {"result": RoundResult.RECOMMENDED, "authors": [], "version": row.version, **more}
    rounds.close(row, by=by, **words)


def test_opening_invites_and_moves_the_material(boss):
    first, second, third = ExpertFactory.create_batch(3)
    row = opened(a_text(), boss, [first, second], [third])
    assert told() == [(first.email, "studies/review_invitation"), (second.email, "studies/review_invitation")]
    states = list(Reviewer.objects.values_list("state", flat=True))
    assert states == [ReviewState.INVITED, ReviewState.INVITED, ReviewState.WAITING]
    assert Material.objects.get().state == PlanState.IN_EXPERT_REVIEW
    letter = OutgoingMail.objects.first()
    assert Reviewer.objects.first().link_token in letter.text
    assert row.number == 1


def test_what_cannot_be_opened_says_why(boss):
    expert = ExpertFactory()
    empty = MaterialEditionFactory(document__material__state="drafted")
    with pytest.raises(Refused, match="no chapter with words"):
        opened(empty, boss, [expert])
    with pytest.raises(Refused, match="does not look after materials"):
        opened(a_text(), UserFactory(role="administrator"), [expert])
    with pytest.raises(Refused, match="at least one expert"):
        opened(a_text(), boss, [])
    with pytest.raises(Refused, match="each expert once"):
        opened(a_text(), boss, [expert], [expert])
    edition = a_text()
    opened(edition, boss, [expert])
    with pytest.raises(Refused, match="open already"):
        opened(edition, boss, [expert])
    with pytest.raises(Refused, match="Experts read a draft"):
        opened(a_text(published=True), boss, [expert])


def test_one_more_expert_now_or_as_a_substitute(boss):
    row = ReviewRoundFactory(opened_by=boss)
    rounds.add_expert(row, expert=ExpertFactory(email="a@example.org"), is_substitute=False, by=boss)
    later = ExpertFactory(email="b@example.org")
    rounds.add_expert(row, expert=later, is_substitute=True, by=boss)
    assert told() == [("a@example.org", "studies/review_invitation")]
    with pytest.raises(Refused, match="in the round already"):
        rounds.add_expert(row, expert=later, is_substitute=True, by=boss)


def test_another_day_is_told_to_those_who_read(boss):
    row = ReviewRoundFactory(opened_by=boss)
    reading, _done = ReviewerFactory(round=row, accepted=True), ReviewerFactory(round=row, delivered=True)
    day = timezone.localdate() + timedelta(days=60)
    rounds.prolong(row, deadline=day, version=row.version, by=boss)
    assert told() == [(reading.expert.email, "studies/review_prolonged")]
    assert Reviewer.objects.get(pk=reading.pk).next_step_on == day - timedelta(days=7)
    with pytest.raises(Refused, match="over"):
        rounds.prolong(row, deadline=day - timedelta(days=99), version=row.version, by=boss)
    with pytest.raises(Conflict):
        rounds.prolong(row, deadline=day, version=1, by=boss)


def test_a_round_is_closed_once_every_remark_is_settled(boss):
    row = ReviewRoundFactory(opened_by=boss)
    done, reading = ReviewerFactory(round=row, delivered=True), ReviewerFactory(round=row, accepted=True)
    remark = RemarkFactory(reviewer=done)
    RemarkFactory(reviewer=reading)
    with pytest.raises(Refused, match="Settle every remark"):
        closed(row, boss)
    settled = {"settled": "refused", "settled_reason": "Nejde to.", "settled_by": boss}
    type(remark).objects.filter(pk=remark.pk).update(settled_at=timezone.now(), **settled)
    closed(row, boss, authors=["autorka@example.org"], statement_cs="Dobré.")
    assert set(told()) == {
        (done.expert.email, "studies/review_closed"),
        (reading.expert.email, "studies/review_closed"),
        ("autorka@example.org", "studies/review_settled"),
    }
    letter = OutgoingMail.objects.get(to="autorka@example.org").text
    assert ("Nejde to." in letter, done.expert.name in letter, remark.text in letter) == (True, True, True)
    assert Material.objects.get().state == PlanState.FINISHING
    with pytest.raises(Refused, match="closed"):
        closed(row, boss)


def test_authors_do_not_learn_who_wrote_what_in_an_anonymous_round(boss):
    row = ReviewRoundFactory(opened_by=boss, is_anonymous=True)
    done = ReviewerFactory(round=row, delivered=True)
    settled = {"settled": "taken", "settled_by": boss, "settled_at": timezone.now()}
    RemarkFactory(reviewer=done, **settled)
    closed(row, boss, authors=["autorka@example.org"])
    assert done.expert.name not in OutgoingMail.objects.get(to="autorka@example.org").text


def test_without_a_review_a_round_is_only_called_off(boss):
    row = ReviewRoundFactory(opened_by=boss)
    assert rounds.results_of(row) == [RoundResult.CALLED_OFF]
    with pytest.raises(Refused, match="how the round ended"):
        closed(row, boss)
    closed(row, boss, result=RoundResult.CALLED_OFF)
    assert ReviewRound.objects.get().result == RoundResult.CALLED_OFF


def test_a_text_waits_for_its_round_and_for_every_remark(boss):
    row = ReviewRoundFactory(opened_by=boss)
    assert rounds.reasons_against_publishing(row.edition) == [
        "Experts are reading this edition. Close the round first."
    ]
    closed(row, boss, result=RoundResult.CALLED_OFF)
    assert rounds.reasons_against_publishing(row.edition) == []


def test_who_wrote_in_an_anonymous_round_does_not_run_it(boss):
    row = ReviewRoundFactory(is_anonymous=True)
    row.edition.writers.add(boss)
    with pytest.raises(Refused, match="not named to authors"):
        rounds.add_expert(row, expert=ExpertFactory(), is_substitute=True, by=boss)
