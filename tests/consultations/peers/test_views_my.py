"""Helping others: what a municipality's officials read, answer, decline, and how often they want to."""

from typing import Any

import pytest
from django.test import Client

from consultations.choices import PeerState
from consultations.models import PeerQuestion
from municipalities.models import Municipality
from tests.factories.consultations import SupportRequestFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.peers import PeerQuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper() -> Municipality:
    return MunicipalityFactory(name="Štětí", slug="steti")


@pytest.fixture
def official(log_in: Any, helper: Municipality) -> Client:
    client, user = log_in("official")
    MembershipFactory(municipality=helper, user=user)
    return client


@pytest.fixture
def question(helper: Municipality) -> PeerQuestion:
    case = SupportRequestFactory(
        open=True, municipality__name="Hranice", requester__name="Zuzana Tajná", subject="Tajný předmět"
    )
    return PeerQuestionFactory(request=case, municipality=helper)


def test_nothing_of_the_requester_reaches_the_helper(official, question):
    for address in ("/cs/my/", "/cs/my/help/", question.get_my_url(), f"{question.get_my_url()}decline/"):
        page = official.get(address).content.decode()
        for secret in ("Tajn", "Hranic", question.request.reference, question.asked_by.name):
            assert secret not in page, address
    assert question.question in official.get(question.get_my_url()).content.decode()


def test_a_stranger_meets_404_on_every_address(log_in, question):
    client, user = log_in("official")
    MembershipFactory(user=user)
    for more in ("", "decline/"):
        assert client.get(f"{question.get_my_url()}{more}").status_code == 404
        assert client.post(f"{question.get_my_url()}{more}", {"text": "x", "version": 1}).status_code == 404
    assert client.post("/cs/my/help/limits/steti/", {"limit": 0}).status_code == 404
    assert question.question not in client.get("/cs/my/help/").content.decode()


def test_an_official_answers(official, question):
    answer = official.post(question.get_my_url(), {"text": "Zárukou za nájem.", "version": "1"})
    assert answer.status_code == 302
    question.refresh_from_db()
    assert (question.state, question.answer) == (PeerState.ANSWERED, "Zárukou za nájem.")
    assert "Zárukou za nájem." in official.get(question.get_my_url()).content.decode()


@pytest.mark.parametrize("data", [{}, {"text": "", "version": "1"}, {"text": "x", "version": "9" * 40}])
def test_a_wrong_answer_comes_back(official, question, data):
    assert official.post(question.get_my_url(), data).status_code == 200
    question.refresh_from_db()
    assert question.state == PeerState.ASKED


def test_who_is_late_sees_the_colleague_and_keeps_their_text(official, question):
    PeerQuestion.objects.update(
        state=PeerState.ANSWERED,
        version=2,
        answer="Kolegyně byla rychlejší.",
        settled_at=question.asked_at,
        settled_by=MembershipFactory(municipality=question.municipality).user,
    )
    page = official.post(question.get_my_url(), {"text": "Můj dlouhý text.", "version": "1"})
    assert page.status_code == 422
    assert "Kolegyně byla rychlejší." in page.content.decode()
    assert "Můj dlouhý text." in page.content.decode()


def test_a_question_changed_meanwhile_is_shown_again_with_the_text(official, question):
    page = official.post(question.get_my_url(), {"text": "Můj text.", "version": "7"})
    assert page.status_code == 409
    assert page.context["form"].initial == {"version": 1, "text": "Můj text."}


def test_an_official_declines(official, question):
    address = f"{question.get_my_url()}decline/"
    assert official.post(address, {"version": "1"}).context["form"].errors
    assert official.post(address, {"version": "1", "reason": "time"}).status_code == 302
    question.refresh_from_db()
    assert question.state == PeerState.DECLINED


@pytest.mark.parametrize(("limit", "status"), [("0", 302), ("20", 302), ("21", 422), ("-1", 422), ("x", 422)])
def test_the_officials_set_the_limit(official, helper, limit, status):
    assert official.post("/cs/my/help/limits/steti/", {"limit": limit}).status_code == status
    helper.refresh_from_db()
    assert helper.help_limit == (int(limit) if status == 302 else 2)
