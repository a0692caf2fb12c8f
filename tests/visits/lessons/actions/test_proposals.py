"""Lessons proposed and answered: once, with a reason where it does not suit, on in the ledger."""

from datetime import date, timedelta

import pytest
import time_machine

from core.documents.choices import State
from core.notices.models import Notice
from core.states import Conflict
from municipalities.models import Adoption, AdoptionStep
from tests.factories.lessons import OutcomeFactory, ProposalFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.practices import AdoptionFactory, AdoptionStepFactory, PracticeEditionFactory
from tests.verbs import at_once, refusal, written
from visits.choices import LessonAnswer
from visits.lessons import emails
from visits.lessons.actions import proposals
from visits.models import Proposal
from visits.models.followup import day_to_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(lessons, place):
    row = ProposalFactory(lesson=lessons[0], municipality=place)
    return Proposal.objects.for_list().get(pk=row.pk)


BY = {"answer_by": date(2100, 1, 1)}


@pytest.fixture
def practice():
    return PracticeEditionFactory(published=True).document


def answered(proposal, state, reason="", **more):
    proposals.answer(proposal, state=state, reason=reason, version=proposal.version, **more)
    proposal.refresh_from_db()
    return proposal


@time_machine.travel("2026-01-31")
def test_each_lesson_is_proposed_to_a_municipality_once(edition, lessons, place, staff):
    other = MunicipalityFactory()
    assert (
        len(
            proposals.propose(
                edition, lessons=lessons, municipalities=[place], answer_by=day_to_answer(), by=staff
            )
        )
        == 2
    )
    new = proposals.propose(
        edition, lessons=lessons, municipalities=[place, other], answer_by=day_to_answer(), by=staff
    )
    assert {row.municipality for row in new} == {other}
    assert Proposal.objects.count() == 4
    assert {row.next_step_on for row in Proposal.objects.all()} == {date(2026, 4, 30)}
    assert written(new[0]) == [
        ("lesson.propose", staff.pk, {"lesson": new[0].lesson_id, "municipality": other.pk})
    ]


def test_officials_are_told_once_for_all_lessons(edition, lessons, place, official, staff):
    proposals.propose(edition, lessons=lessons, municipalities=[place], answer_by=day_to_answer(), by=staff)
    notice = Notice.objects.get()
    assert (notice.receiver, notice.kind) == (official, emails.PROPOSED)
    assert notice.sentence == "Poučení z cesty čekají na vaši odpověď: Cesta do Finska, Veselíčko."
    assert notice.mail is not None
    assert "navrhujeme vaší obci 2 poučení" in notice.mail.text


@pytest.mark.django_db(transaction=True)
def test_of_two_who_propose_at_once_nothing_is_proposed_twice(
    edition, lessons, place, staff, django_db_blocker
):
    def deed():
        proposals.propose(
            edition, lessons=lessons, municipalities=[place], answer_by=day_to_answer(), by=staff
        )

    assert sorted(at_once(django_db_blocker, deed, deed)) == [False, True]
    assert Proposal.objects.count() == 2


def test_nothing_new_is_refused(edition, lessons, place, staff):
    proposals.propose(edition, lessons=lessons, municipalities=[place], answer_by=day_to_answer(), by=staff)
    chosen = {"lessons": lessons, "municipalities": [place], "answer_by": day_to_answer()}
    again = refusal(proposals.propose, edition, **chosen, by=staff)
    assert again == ["To všechno už je navrženo. Vyberte jiné poučení nebo jinou obec."]
    nothing = {"lessons": [], "municipalities": [], "answer_by": day_to_answer() - timedelta(30)}
    assert refusal(proposals.propose, edition, **nothing, by=staff) == [
        "Zaškrtněte poučení.",
        "Vyberte alespoň jednu obec.",
        "Zvolte den, který teprve přijde.",
    ]


def test_only_lessons_of_a_published_report_are_proposed(edition, lessons, place, staff, official):
    strange = ProposalFactory().lesson
    assert refusal(proposals.propose, edition, lessons=[strange], municipalities=[place], **BY, by=staff)
    assert refusal(proposals.propose, edition, lessons=lessons, municipalities=[place], **BY, by=official)
    edition.state = State.DRAFT
    assert refusal(proposals.propose, edition, lessons=lessons, municipalities=[place], **BY, by=staff)
    assert not Proposal.objects.filter(municipality=place).exists()


def test_a_municipality_that_is_gone_is_proposed_nothing(edition, lessons, staff):
    gone = MunicipalityFactory(dissolved_on=date(2020, 1, 1))
    assert refusal(proposals.propose, edition, lessons=lessons, municipalities=[gone], **BY, by=staff)


@time_machine.travel("2026-05-05")
def test_an_answer_is_kept_with_who_and_when(proposal, official):
    answered(proposal, LessonAnswer.ADOPTED, " Zavedli jsme to. ", by=official)
    assert (proposal.state, proposal.reason) == ("adopted", "Zavedli jsme to.")
    assert (proposal.answered_by, proposal.next_step_on) == (official, date(2026, 8, 5))
    assert written(proposal) == [("lesson.answer", official.pk, {"state": "adopted"})]


def test_what_does_not_suit_needs_a_reason_and_is_asked_no_more(proposal, official):
    no = {"state": LessonAnswer.NOT_SUITABLE, "version": proposal.version, "by": official}
    assert refusal(proposals.answer, proposal, reason="  ", **no) == [
        "Napište, proč se pro vás nehodí. Ostatní se z toho naučí nejvíc."
    ]
    answered(proposal, LessonAnswer.NOT_SUITABLE, "Nemáme byty.", by=official)
    assert proposal.next_step_on is None


def test_no_answer_is_no_answer(proposal, official):
    for state in (LessonAnswer.PROPOSED, "whatever"):
        assert refusal(proposals.answer, proposal, state=state, version=1, by=official)


def test_a_change_keeps_what_was_said_and_the_day_of_the_question(proposal, official):
    with time_machine.travel("2026-01-01"):
        answered(proposal, LessonAnswer.PLANNED, "Příští rok.", by=official)
    with time_machine.travel("2026-02-01"):
        answered(proposal, LessonAnswer.ADOPTED, "Už to běží.", by=official)
        answered(proposal, LessonAnswer.ADOPTED, "Už to běží dobře.", by=official)
    assert proposal.next_step_on == date(2026, 4, 1)
    assert written(proposal)[1:] == [
        ("lesson.answer", official.pk, {"state": "adopted", "was": "planned", "reason": "Příští rok."}),
        ("lesson.answer", official.pk, {"state": "adopted", "was": "adopted", "reason": "Už to běží."}),
    ]


@time_machine.travel("2026-06-01")
def test_who_answers_after_three_months_is_asked_after_twelve(proposal, official):
    OutcomeFactory(proposal=proposal, months=3)
    answered(proposal, LessonAnswer.PLANNED, by=official)
    assert proposal.next_step_on == date(2027, 6, 1)


def test_of_two_who_answer_one_is_told(proposal, official):
    answered(proposal, LessonAnswer.PLANNED, by=official)
    with pytest.raises(Conflict):
        proposals.answer(proposal, state=LessonAnswer.ADOPTED, version=1, by=official)


def test_only_officials_of_the_municipality_and_the_desk_answer(proposal, staff):
    stranger = MembershipFactory().user
    assert refusal(proposals.answer, proposal, state="adopted", version=1, by=stranger)
    answered(proposal, LessonAnswer.ADOPTED, by=staff)
    assert proposal.answered_by == staff


def test_the_notice_is_read_once_every_lesson_has_its_answer(edition, lessons, place, official, staff):
    first, second = proposals.propose(
        edition, lessons=lessons, municipalities=[place], answer_by=day_to_answer(), by=staff
    )
    answered(first, LessonAnswer.PLANNED, by=official)
    assert Notice.objects.unread().exists()
    answered(second, LessonAnswer.PLANNED, by=official)
    assert not Notice.objects.unread().exists()


def test_adoption_goes_on_in_the_ledger_of_the_practice(proposal, practice, official):
    answered(proposal, LessonAnswer.PLANNED, "Od jara.", practice=practice, by=official)
    step = AdoptionStep.objects.get()
    assert (step.state, step.reason_cs, step.entered_by) == ("planned", "Od jara.", official)
    assert step.source_cs.startswith("Zpráva z cesty „Cesta do Finska“, http")
    assert "/en/" in step.source_en
    answered(proposal, LessonAnswer.ADOPTED, "Běží.", practice=practice, by=official)
    assert Adoption.objects.get(municipality=proposal.municipality).state == "running"


def test_the_ledger_never_goes_back(proposal, practice, official):
    adoption = AdoptionFactory(practice=practice, municipality=proposal.municipality, state="running")
    AdoptionStepFactory(adoption=adoption, state="running")
    answered(proposal, LessonAnswer.PLANNED, practice=practice, by=official)
    assert AdoptionStep.objects.count() == 1


def test_what_does_not_suit_marks_nothing(proposal, practice, official):
    answered(proposal, LessonAnswer.NOT_SUITABLE, "Nemáme byty.", practice=practice, by=official)
    assert not Adoption.objects.exists()


def test_a_proposal_made_by_mistake_is_taken_back(edition, lessons, place, staff, official):
    first, second = proposals.propose(
        edition, lessons=lessons, municipalities=[place], answer_by=day_to_answer(), by=staff
    )
    assert refusal(proposals.take_back, first, version=1, by=official)
    proposals.take_back(first, version=1, by=staff)
    answered(second, LessonAnswer.PLANNED, by=official)
    assert refusal(proposals.take_back, second, version=2, by=staff)
    assert list(Proposal.objects.all()) == [second]


def test_only_a_published_practice_is_linked(lessons, practice, staff, official):
    proposals.link_practice(lessons[0], practice=practice, by=staff)
    assert written(lessons[0]) == [("lesson.practice", staff.pk, {"practice": practice.pk})]
    draft = PracticeEditionFactory().document
    assert refusal(proposals.link_practice, lessons[0], practice=draft, by=staff)
    assert refusal(proposals.link_practice, lessons[0], practice=None, by=official)
    proposals.link_practice(lessons[0], practice=None, by=staff)
    assert lessons[0].practice is None
