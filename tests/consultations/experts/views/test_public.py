"""The expert's own page: what a scanner sees, what the button opens, what is kept, what is over."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from consultations.choices import ExpertState, State
from consultations.models import Contact, ContactFile, ExpertFile, ExpertQuestion
from consultations.requests import form_keys
from core.audit import AuditEntry
from tests.factories.consultations import SupportRequestFactory
from tests.factories.experts import ExpertQuestionFactory
from tests.files import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def question() -> ExpertQuestion:
    request = SupportRequestFactory(state=State.WAITING_EXPERT, subject="Dluh paní z Horní Dolní")
    return ExpertQuestionFactory(request=request, sent=True)


def address(question: ExpertQuestion, more: str = "") -> str:
    return f"/cs/expert/{question.link_token}/{more}"


def a_file(question: ExpertQuestion, *, is_chosen: bool) -> ContactFile:
    upload = SimpleUploadedFile("Nováková.txt", b"Words of the landlord")
    contact = question.request.contacts.first()
    file = ContactFile.objects.create(contact=contact, attachment=stored(upload, by=None))
    if is_chosen:
        ExpertFile.objects.create(question=question, file=file, number=1)
    return file


def opened(question: ExpertQuestion) -> Client:
    client = Client()
    assert client.post(address(question), {"open": "1"}).status_code == 302
    return client


def send(client: Client, question: ExpertQuestion, **changes: Any) -> Any:
    sent = {"text": "Nesmí.", "has_interest": "no", "idempotency_key": form_keys.new_key(), **changes}
    return client.post(address(question), sent)


def test_a_scanner_changes_nothing_and_sees_nothing(question):
    before = AuditEntry.objects.count()
    client = Client()
    for _time in range(50):
        for page in (client.get(address(question)), client.head(address(question))):
            assert page.status_code == 200
        assert question.question not in client.get(address(question)).content.decode()

    question.refresh_from_db()
    assert (question.state, question.opened_at, question.version) == (ExpertState.SENT, None, 1)
    assert AuditEntry.objects.count() == before


def test_the_button_opens_the_question_as_often_as_one_likes(question):
    client = opened(question)
    for _time in range(3):
        page = client.get(address(question))
        assert question.question in page.content.decode()
        assert page.headers["Cache-Control"] == "no-store, private"
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert page.headers["Referrer-Policy"] == "same-origin"
    assert question.question not in Client().get(address(question)).content.decode()
    question.refresh_from_db()
    assert question.opened_at is not None


def test_nothing_else_of_the_case_is_shown(question):
    a_file(question, is_chosen=True)
    hidden = a_file(question, is_chosen=False)
    case = question.request
    page = opened(question).get(address(question)).content.decode()
    person, said = case.requester, case.contacts.first().text
    for secret in (case.subject, case.reference, person.name, person.email, said, "Nováková.txt"):
        assert secret not in page
    assert page.count(address(question, "files/")) == 1
    assert opened(question).get(address(question, f"files/{hidden.pk + 1000}/")).status_code == 404


def test_a_chosen_file_waits_for_the_button_too_and_has_no_telling_name(question):
    a_file(question, is_chosen=True)
    there = address(question, f"files/{question.files.get().pk}/")
    assert Client().get(there).status_code == 302
    file = opened(question).get(there)
    assert b"".join(file.streaming_content) == b"Words of the landlord"
    assert "Nov" not in file.headers["Content-Disposition"]


def test_a_file_chosen_for_another_expert_is_404(question):
    other = ExpertQuestionFactory(request=question.request, sent=True)
    a_file(other, is_chosen=True)
    assert opened(question).get(address(question, f"files/{other.files.get().pk}/")).status_code == 404


def test_an_answer_arrives_and_can_be_read_again(question):
    client = opened(question)
    assert send(client, question).status_code == 302
    assert "Nesmí." in client.get(address(question)).content.decode()
    question.refresh_from_db()
    assert (question.state, question.answer) == (ExpertState.ANSWERED, "Nesmí.")


def test_sent_twice_it_is_one_answer(question):
    client = opened(question)
    assert [send(client, question).status_code for _time in range(2)] == [302, 302]
    assert Contact.objects.filter(request=question.request, direction="note").count() == 1


def test_a_second_other_answer_is_refused_and_kept(question):
    client = opened(question)
    send(client, question)
    page = send(client, question, text="Vlastně smí.")
    assert page.status_code == 422
    assert "Vlastně smí." in page.content.decode()


def test_nothing_typed_is_lost_on_errors_or_when_the_session_has_ended(question):
    page = send(Client(), question, has_interest="yes", text="Dlouhá odpověď")
    assert page.status_code == 422
    assert "Dlouhá odpověď" in page.content.decode()
    assert send(Client(), question, text="Dlouhá odpověď\x00").status_code == 302


def test_an_answer_that_comes_too_late_is_given_back(question):
    client = opened(question)
    ExpertQuestion.objects.update(state=ExpertState.REVOKED)
    page = send(client, question, text="Dlouhá odpověď")
    assert page.status_code == 410
    assert "Dlouhá odpověď" in page.content.decode()


def test_an_expert_may_decline_without_opening(question):
    client = Client()
    assert client.get(address(question, "decline/")).status_code == 200
    assert client.post(address(question, "decline/"), {"reason": "field"}).status_code == 302
    question.refresh_from_db()
    assert question.state == ExpertState.DECLINED
    assert question.question not in client.get(address(question)).content.decode()


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("state", [ExpertState.REVOKED, ExpertState.EXPIRED])
def test_a_link_that_is_over_says_so(question, state, method):
    ExpertQuestion.objects.update(state=state)
    assert getattr(Client(), method)(address(question)).status_code == 410


def test_a_link_past_its_last_day_is_over_before_anybody_wrote_it_down(question):
    ExpertQuestion.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    page = Client().post(address(question), {"open": "1"})
    assert (page.status_code, question.question in page.content.decode()) == (410, False)


def test_a_new_link_ends_what_the_old_one_opened(question):
    client = opened(question)
    question.give_link()
    question.save()
    assert question.question not in client.get(address(question)).content.decode()


def test_links_that_never_were_are_404_and_soon_429(question):
    token = question.link_token
    wrong = token[:-1] + ("A" if token[-1] != "A" else "B")
    answers = [Client().get(f"/cs/expert/{wrong}/").status_code for _time in range(12)]
    assert answers == [404] * 10 + [429] * 2
    assert Client().get(address(question)).status_code == 200


def test_english_page(question):
    assert "Open the question" in Client().get(f"/en/expert/{question.link_token}/").content.decode()
