"""What happens to a question to an expert as days go by, and to the request that waits for it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import get_language

from consultations.choices import Direction, ExpertState, State
from consultations.experts import actions, tasks
from consultations.models import ExpertQuestion, SupportRequest
from consultations.related.actions.merge import merge
from core.outbox.mail import OutgoingMail
from core.states import Conflict
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.experts import ExpertQuestionFactory, sent
from tests.verbs import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def kinds() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True))


def later(question: ExpertQuestion) -> ExpertQuestion:
    return ExpertQuestion.objects.select_related("request").get(pk=question.pk)


def test_the_days_of_the_steps():
    # Answer due on Thursday 17 December 2026.
    question = ExpertQuestionFactory.build(
        request=None, written_by=None, due_on=date(2026, 12, 17), expires_on=date(2027, 1, 17)
    )
    steps = [
        tasks.next_step_on(question, after=day)
        for day in (date(2026, 11, 23), date(2026, 12, 14), date(2026, 12, 18))
    ]
    assert steps == [date(2026, 12, 14), date(2026, 12, 18), date(2027, 1, 18)]


def test_the_portal_reminds_twice_by_itself_with_the_same_link():
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        question = sent(due_on=date(2026, 12, 17), expires_on=date(2027, 1, 17))
    for day in (13, 14, 14, 15, 18, 19):
        with time_machine.travel(datetime(2026, 12, day, 9, tzinfo=UTC), tick=False):
            tasks.look_after_experts.func()

    assert kinds() == ["consultations/expert_question"] + ["consultations/expert_reminder"] * 2
    assert later(question).reminders == 2
    assert all(question.link_token in mail.text for mail in OutgoingMail.objects.all())
    reminders = [entry for entry in written(question) if entry[0] == "expert.remind"]
    assert reminders == [("expert.remind", None, {"request": question.request_id})] * 2


def test_nobody_is_reminded_who_has_answered_or_was_relieved():
    answered, revoked = sent(), sent()
    actions.answer(answered, text="Nesmí.")
    actions.revoke(revoked, version=2, by=revoked.sent_by)
    OutgoingMail.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        tasks.look_after_experts.func()
    assert kinds() == []


def test_nobody_is_reminded_of_what_was_answered_without_them():
    question = sent()
    type(question.request).objects.filter(pk=question.request_id).update(state=State.ANSWERED)
    OutgoingMail.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        tasks.look_after_experts.func()
    assert kinds() == []


def test_when_the_link_ends_work_goes_on_and_somebody_is_told():
    question = sent()
    with time_machine.travel(timezone.now() + timedelta(days=45)):
        tasks.look_after_experts.func()
    question = later(question)
    assert (question.state, question.request.state) == (ExpertState.EXPIRED, State.OPEN)
    assert kinds()[-1] == "consultations/expert_settled"
    assert question.told_as.direction == Direction.NOTE


def test_reminded_by_hand_the_expert_hears_nothing_more_for_two_days():
    with time_machine.travel(datetime(2026, 12, 13, 9, tzinfo=UTC), tick=False):
        question = sent(due_on=date(2026, 12, 17), expires_on=date(2027, 1, 17))
        assert question.next_step_on == date(2026, 12, 14)
        tasks.remind(question, by=question.sent_by)
        assert (later(question).reminders, later(question).next_step_on) == (1, date(2026, 12, 18))
    assert written(question)[-1] == ("expert.remind", question.sent_by.pk, {"request": question.request_id})


def test_what_was_answered_just_now_is_not_reminded_of():
    question = sent()
    seen = later(question)
    actions.answer(question, text="Nesmí.")
    before = kinds()
    with pytest.raises(Conflict):
        tasks.remind(seen, by=None)
    assert kinds() == before
    assert later(question).reminders == 0


class TestTelling:
    @pytest.mark.parametrize(("language", "words"), [("cs", "po česky"), ("en", "in English")])
    def test_it_is_in_the_language_of_whoever_has_the_request(self, language, words):
        reader = UserFactory(language=language)
        question = ExpertQuestionFactory(sent=True, request__assignee=reader)
        said = {"cs": "po česky", "en": "in English"}
        assert tasks.tell(question, lambda: said[get_language()]).text == words

    def test_without_an_assignee_it_is_told_to_whoever_sent_it(self):
        question = ExpertQuestionFactory(sent=True, request__assignee=None, written_by__language="en")
        assert tasks.tell(question, lambda: "in English").direction == Direction.NOTE


class TestTheRequest:
    @pytest.mark.parametrize(
        ("state", "after", "is_touched"),
        [
            (State.WAITING_EXPERT, State.OPEN, True),
            (State.OPEN, State.OPEN, True),
            (State.WAITING_REQUESTER, State.WAITING_REQUESTER, True),
            (State.CLOSED, State.CLOSED, False),
        ],
    )
    def test_it_goes_on_or_tells_only_whoever_is_writing_on_it(self, state, after, is_touched):
        by, request = UserFactory(), SupportRequestFactory(state=state)
        question = ExpertQuestionFactory(request=request)
        tasks.end_waiting(question, by=by)
        row = SupportRequest.objects.get(pk=request.pk)
        assert (row.state, row.version) == (after, 2 if is_touched else 1)
        went_on = [("request.go_on", by.pk, {})] if state == State.WAITING_EXPERT else []
        assert written(request) == went_on

    def test_while_another_expert_owes_an_answer_it_waits_on(self):
        request = SupportRequestFactory(state=State.WAITING_EXPERT)
        question, other = (ExpertQuestionFactory(request=request, sent=state) for state in (False, True))
        tasks.end_waiting(question, by=None)
        request.refresh_from_db()
        assert request.state == State.WAITING_EXPERT
        other.delete()
        tasks.end_waiting(question, by=None)
        request.refresh_from_db()
        # Nobody of ours has done it.
        assert (request.state, written(request)) == (State.OPEN, [])

    def test_what_was_merged_meanwhile_goes_on_where_it_is_now(self):
        question = sent()
        request = later(question).request
        survivor = SupportRequestFactory(requester=request.requester)
        merge(request, into=survivor, by=UserFactory())
        survivor.refresh_from_db()
        assert survivor.state == State.WAITING_EXPERT
        with time_machine.travel(timezone.now() + timedelta(days=45)):
            tasks.look_after_experts.func()
        survivor.refresh_from_db()
        assert (survivor.state, later(question).told_as.request) == (State.OPEN, survivor)
