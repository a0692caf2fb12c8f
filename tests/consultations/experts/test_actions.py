"""A question to an outside expert: written, checked, sent, reminded, answered, declined, taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from consultations.choices import DeclineReason, Direction, ExpertState, State
from consultations.experts import actions
from consultations.experts import tasks as experts_tasks
from consultations.models import ContactFile, ExpertQuestion
from core import audit
from core.outbox.mail import OutgoingMail
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, SupportRequestFactory
from tests.factories.experts import ExpertQuestionFactory, sent
from tests.files import stored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


def reasons(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.reasons


def words(**changes: Any) -> dict[str, Any]:
    due = timezone.localdate() + timedelta(days=14)
    text = {
        "expert_name": "JUDr. Eva Malá",
        "expert_email": "eva@example.org",
        "question": "Smí obec vyloučit dlužníka?",
        "due_on": due,
        "expires_on": due + timedelta(days=30),
    }
    return {**text, **changes}


def a_file(request: Any) -> ContactFile:
    contact = request.contacts.first()
    upload = SimpleUploadedFile("Nováková výpověď.txt", b"Words of the landlord")
    return ContactFile.objects.create(contact=contact, attachment=stored(upload, by=None))


def kinds() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True))


def later(question: ExpertQuestion) -> ExpertQuestion:
    return ExpertQuestion.objects.select_related("request").get(pk=question.pk)


class TestWriting:
    def test_it_keeps_what_was_written_and_the_chosen_files_and_sends_nothing(self):
        request = SupportRequestFactory(open=True)
        file = a_file(request)

        question = actions.write(request, **words(files=(file,)), by=request.assignee)

        assert (question.state, question.question) == (ExpertState.DRAFT, "Smí obec vyloučit dlužníka?")
        assert [(row.file, row.number, row.name) for row in question.files.all()] == [(file, 1, "file 1.txt")]
        assert kinds() == []

    def test_a_file_of_another_request_is_refused(self):
        request, other = SupportRequestFactory(open=True), SupportRequestFactory(open=True)
        file = a_file(other)

        assert reasons(lambda: actions.write(request, **words(files=(file,)), by=request.assignee)) == [
            "Choose files of this request only."
        ]

    @pytest.mark.parametrize(
        ("state", "reason"),
        [
            (State.NEW, "Nobody has taken the request yet. Take it first."),
            (State.CLOSED, "The request is not being worked on. Reopen it first."),
        ],
    )
    def test_a_request_nobody_works_on_asks_no_expert(self, state, reason):
        request = SupportRequestFactory(state=state)
        assert actions.reasons_against_writing(request, by=UserFactory()) == [reason]

    def test_an_editor_writes_to_no_expert(self):
        request = SupportRequestFactory(open=True)
        assert actions.reasons_against_writing(request, by=UserFactory(editor=True)) == [
            "Your role reads requests but does not work on them."
        ]

    def test_of_two_who_change_a_draft_one_is_told(self):
        question = ExpertQuestionFactory()
        by = question.written_by
        actions.edit(question, **words(question="Jinak?"), version=1, by=by)

        with pytest.raises(Conflict):
            actions.edit(later(question), **words(question="Ještě jinak?"), version=1, by=by)

        assert later(question).question == "Jinak?"

    def test_what_was_sent_is_changed_no_more(self):
        question = sent()
        assert actions.reasons_against_editing(question, by=UserFactory()) == [
            "The question is sent already."
        ]

    def test_a_draft_can_be_thrown_away(self):
        question = ExpertQuestionFactory()
        actions.discard(question, version=1, by=question.written_by)
        assert not ExpertQuestion.objects.exists()


class TestTheCheck:
    def test_names_of_the_requests_people_and_numbers_stand_against_sending(self):
        question = ExpertQuestionFactory(question="Paní Novákové, tel. 602 123 456, hrozí výpověď.")
        assert actions.reasons_against_sending(question, by=question.written_by) == [
            "The text holds “Novákové” (name of somebody behind this text).",
            "The text holds “602 123 456” (phone number).",
        ]

    def test_a_find_may_stay_for_a_reason(self):
        question = ExpertQuestionFactory(question="Volejte 602 123 456.")
        by = question.written_by

        [one] = actions.finds_in(question)
        actions.keep_find(question, key=one.key, reason="Linka úřadu", version=1, by=by)

        assert question.kept_finds == {one.key: {"found": "602 123 456", "reason": "Linka úřadu"}}
        assert actions.reasons_against_sending(question, by=by) == []
        question.question = "Volejte 602 123 456. Klient má 602 123 456."
        assert actions.reasons_against_sending(question, by=by) == [
            "The text holds “602 123 456” (phone number)."
        ]

    def test_no_find_stays_without_a_reason(self):
        question = ExpertQuestionFactory(question="Volejte 602 123 456.")
        by, [one] = question.written_by, actions.finds_in(question)
        assert reasons(lambda: actions.keep_find(question, key=one.key, reason=" ", version=1, by=by)) == [
            "Write why it may stay."
        ]


class TestSending:
    def test_the_mail_holds_the_link_and_no_word_of_the_case(self):
        question = sent(language="en")

        mail = OutgoingMail.objects.get()
        assert (mail.kind, mail.to) == ("consultations/expert_question", question.expert_email)
        assert f"/en/expert/{question.link_token}/" in mail.text
        for secret in (question.question, question.request.subject, question.request.reference, "Nováková"):
            assert secret not in mail.subject + mail.text

    def test_the_request_waits_for_the_expert(self):
        question = sent()
        assert later(question).request.state == State.WAITING_EXPERT

    def test_a_second_expert_can_be_asked_beside_the_first(self):
        first = sent()
        second = ExpertQuestionFactory(request=first.request)
        actions.send(second, version=1, by=second.written_by)
        assert later(second).state == ExpertState.SENT

    def test_a_question_whose_day_is_over_is_not_sent(self):
        question = ExpertQuestionFactory(due_on=timezone.localdate() - timedelta(days=1))
        assert actions.reasons_against_sending(question, by=question.written_by) == [
            "The day by which you ask for the answer is over."
        ]

    def test_one_task_waits_for_the_next_step_of_all(self):
        sent()
        sent()
        tasks = DBTaskResult.objects.filter(task_path=experts_tasks.look_after_experts.module_path)
        assert tasks.count() == 1


class TestReminding:
    def test_by_hand_once_a_day(self):
        question = sent()
        actions.remind(question, version=2, by=question.sent_by)
        assert actions.reasons_against_reminding(question, by=question.sent_by) == [
            "The expert was reminded today already."
        ]
        assert kinds() == ["consultations/expert_question", "consultations/expert_reminder"]


class TestAnswering:
    def test_the_request_goes_on_with_the_answer_as_a_note(self):
        question = sent()

        actions.answer(
            question,
            text="Nesmí, viz zákon.",
            interest="učím jejich starostu",
            files=[SimpleUploadedFile("rozbor.txt", b"Words")],
        )

        question = later(question)
        assert (question.state, question.request.state) == (ExpertState.ANSWERED, State.OPEN)
        assert question.answer == "Nesmí, viz zákon."
        note = question.told_as
        assert note.direction == Direction.NOTE
        assert "JUDr. Eva Malá" in note.text
        assert "Nesmí, viz zákon." in note.text
        assert "učím jejich starostu" in note.text
        assert [file.attachment.name for file in note.files.all()] == ["rozbor.txt"]

    def test_whoever_has_the_request_is_told_without_the_text(self):
        question = sent()
        actions.answer(question, text="Nesmí, viz zákon.")
        mail = OutgoingMail.objects.latest("pk")
        assert (mail.kind, mail.to) == ("consultations/expert_settled", question.request.assignee.email)
        assert "Nesmí" not in mail.subject + mail.text
        assert "Malá" not in mail.subject + mail.text

    def test_while_another_expert_is_asked_the_request_waits_on(self):
        first = sent()
        second = ExpertQuestionFactory(request=first.request)
        actions.send(second, version=1, by=second.written_by)

        actions.answer(first, text="Nesmí.")
        assert later(first).request.state == State.WAITING_EXPERT
        actions.answer(second, text="Nesmí.")
        assert later(second).request.state == State.OPEN

    def test_one_answers_once(self):
        question = sent()
        actions.answer(question, text="Nesmí.")
        assert reasons(lambda: actions.answer(question, text="Smí.")) == [
            "You have answered already. If you want to add something, write to us."
        ]
        assert later(question).answer == "Nesmí."

    def test_nothing_of_it_is_in_the_audit(self):
        question = sent()
        actions.answer(question, text="Nesmí.")
        entries = audit.entries_of(question)
        assert [entry.verb for entry in entries] == ["expert.send", "expert.answer"]
        assert [entry.details for entry in entries] == [{"request": question.request_id}] * 2

    def test_declining_says_why_and_who_instead(self):
        question = sent()

        actions.decline(question, reason=DeclineReason.FIELD, substitute="doc. Petr Velký")

        question = later(question)
        assert (question.state, question.request.state) == (ExpertState.DECLINED, State.OPEN)
        assert "doc. Petr Velký" in question.told_as.text

    def test_declining_needs_a_known_reason(self):
        question = sent()
        assert reasons(lambda: actions.decline(question, reason="x")) == ["Choose a reason."]


class TestTheLink:
    def test_taking_back_ends_it_and_work_goes_on(self):
        question = sent()

        actions.revoke(question, version=2, by=question.sent_by)

        question = later(question)
        assert (question.state, question.request.state) == (ExpertState.REVOKED, State.OPEN)
        assert question.is_link_dead
        assert kinds()[-1] == "consultations/expert_revoked"
        assert reasons(lambda: actions.answer(question, text="Nesmí.")) == ["The link no longer works."]

    def test_a_new_link_takes_the_place_of_the_old(self):
        question = sent()
        old = question.link_token
        actions.renew_link(question, version=2, by=question.sent_by)
        assert not ExpertQuestion.objects.behind_link(old).exists()
        assert ExpertQuestion.objects.behind_link(later(question).link_token).get() == question

    def test_more_time_gives_an_expired_link_a_new_life(self):
        question = sent()
        token = question.link_token
        with time_machine.travel(timezone.now() + timedelta(days=45)):
            experts_tasks.look_after_experts.func()
            question, today = later(question), timezone.localdate()
            actions.prolong(
                question,
                due_on=today + timedelta(days=7),
                expires_on=today + timedelta(days=30),
                version=question.version,
                by=question.sent_by,
            )
            question = later(question)
            assert (question.state, question.is_link_dead) == (ExpertState.SENT, False)
            assert (question.link_token, question.request.state) == (token, State.WAITING_EXPERT)

    def test_days_the_wrong_way_round_are_refused(self):
        question, today = sent(), timezone.localdate()
        assert reasons(
            lambda: actions.prolong(
                question, due_on=today, expires_on=today - timedelta(days=1), version=2, by=question.sent_by
            )
        ) == ["The days have to be in the future, the end of the link not before the answer."]

    def test_a_thousand_links_are_long_and_differ(self):
        tokens = set()
        for _number in range(1000):
            question = ExpertQuestion()
            question.give_link()
            tokens.add(question.link_token)
        assert len(tokens) == 1000
        assert {len(token) for token in tokens} == {43}

    def test_a_drafts_link_opens_nothing(self):
        question = ExpertQuestionFactory()
        assert not ExpertQuestion.objects.behind_link(question.link_token).exists()


def test_officials_see_no_questions():
    ExpertQuestionFactory()
    assert not ExpertQuestion.objects.visible_to(UserFactory(official=True)).exists()
    assert ExpertQuestion.objects.visible_to(UserFactory(editor=True)).count() == 1


def test_a_colleague_who_is_writing_is_shown_the_answer_first():
    question = sent()
    request = later(question).request
    ContactFactory(request=request)
    actions.answer(question, text="Nesmí.")
    assert later(question).request.version > request.version
