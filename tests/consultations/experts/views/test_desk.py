"""Experts at the desk: a question written, looked over, sent, and what can be done afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from consultations.choices import ExpertState, State
from consultations.models import ExpertQuestion
from tests.factories.consultations import SupportRequestFactory
from tests.factories.experts import ExpertQuestionFactory, SecondReadingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultant(log_in: Any) -> Client:
    return log_in("consultant")[0]


def written(**changes: Any) -> dict[str, Any]:
    due = timezone.localdate() + timedelta(days=14)
    return {
        "question": "Smí obec vyloučit dlužníka?",
        "expert_name": "JUDr. Eva Malá",
        "expert_email": "eva@example.org",
        "language": "cs",
        "due_on": due.isoformat(),
        "expires_on": (due + timedelta(days=30)).isoformat(),
        **changes,
    }


def at(question: ExpertQuestion, more: str = "") -> str:
    return f"/cs/desk/requests/{question.request.reference}/experts/{question.pk}/{more}"


def test_from_writing_to_sending(consultant):
    case = SupportRequestFactory(open=True)
    there = f"/cs/desk/requests/{case.reference}/experts/write/"
    assert consultant.get(there).status_code == 200
    answer = consultant.post(there, written())
    question = ExpertQuestion.objects.get()
    assert answer["Location"] == at(question)
    assert "Smí obec vyloučit dlužníka?" in consultant.get(at(question)).content.decode()

    assert consultant.post(at(question, "send/"), {"version": "1"}).status_code == 302

    question.refresh_from_db()
    assert (question.state, question.request.state) == (ExpertState.SENT, State.WAITING_EXPERT)


def test_a_find_is_shown_and_kept_with_a_reason(consultant):
    question = ExpertQuestionFactory(question="Volejte 602 123 456.")
    refused = consultant.post(at(question, "send/"), {"version": "1"})
    assert refused.status_code == 422
    assert "602 123 456" in refused.content.decode()
    [one] = refused.context["hits"]
    keep = {"version": "1", "find": one.key, "reason": "Linka úřadu"}
    assert consultant.post(at(question, "keep/"), keep).status_code == 302
    assert consultant.post(at(question, "send/"), {"version": "2"}).status_code == 302


def test_of_two_who_write_one_sees_the_others_text_and_keeps_their_own(consultant):
    question = ExpertQuestionFactory()
    form = written(version="1")
    assert consultant.post(at(question, "edit/"), {**form, "question": "Text kolegy?"}).status_code == 302
    page = consultant.post(at(question, "edit/"), {**form, "question": "Můj text?"})
    assert page.status_code == 409
    assert "Text kolegy?" in page.content.decode()
    assert "Můj text?" in page.content.decode()


@pytest.mark.parametrize(
    ("verb", "sent", "state"),
    [
        ("remind/", {}, ExpertState.SENT),
        ("link/", {}, ExpertState.SENT),
        ("revoke/", {}, ExpertState.REVOKED),
    ],
)
def test_what_can_be_done_with_a_sent_one(consultant, verb, sent, state):
    question = ExpertQuestionFactory(sent=True)
    assert consultant.post(at(question, verb), {"version": "9", **sent}).status_code == 409
    assert consultant.post(at(question, verb), {"version": "1", **sent}).status_code == 302
    question.refresh_from_db()
    assert question.state == state


def test_more_time(consultant):
    question, day = ExpertQuestionFactory(sent=True), timezone.localdate() + timedelta(days=40)
    days = {"due_on": day.isoformat(), "expires_on": day.isoformat(), "version": "1"}
    assert consultant.post(at(question, "prolong/"), {**days, "expires_on": "x"}).status_code == 422
    assert consultant.post(at(question, "prolong/"), days).status_code == 302
    question.refresh_from_db()
    assert (question.due_on, question.expires_on) == (day, day)


def test_a_question_of_another_request_is_404(consultant):
    question, other = ExpertQuestionFactory(), SupportRequestFactory(open=True)
    assert consultant.get(f"/cs/desk/requests/{other.reference}/experts/{question.pk}/").status_code == 404


def test_the_tab_costs_the_same_for_any_number_of_rows(consultant, django_assert_num_queries):
    case = SupportRequestFactory(open=True)
    there = f"/cs/desk/requests/{case.reference}/experts/"
    consultant.get(there)
    for rows in (1, 2):
        ExpertQuestionFactory.create_batch(rows, request=case, sent=True)
        SecondReadingFactory.create_batch(rows, request=case)
        with django_assert_num_queries(5):
            consultant.get(there)
