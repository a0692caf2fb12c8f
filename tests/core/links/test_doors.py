"""Every kind of personal link is opened at one address, and each opens its own row alone."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from consultations.models import ExpertQuestion
from core.links import doors
from core.links.models import new_token
from tests.core.links.test_views import PRIVATE, shown
from tests.factories.experts import ExpertQuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def door(monkeypatch):
    """Two doors; the second is that of questions to experts."""
    monkeypatch.setattr(doors, "_doors", [])
    doors.add(ExpertQuestion.objects.none, refuse)
    doors.add(ExpertQuestion.objects.all, show)


def refuse(request, row, page=""):
    raise AssertionError("opened by the wrong door")


def show(request, row, page=""):
    return HttpResponse(f"{request.method} {row.pk} {page}")


def link(token, *page):
    return reverse("link-page" if page else "link", args=[token, *page])


def test_a_link_opens_its_own_row_by_the_view_of_its_kind(client):
    question, _other = ExpertQuestionFactory(sent=True), ExpertQuestionFactory(sent=True)
    response = client.get(link(question.link_token))
    assert (response.content.decode(), shown(response)) == (f"GET {question.pk} ", PRIVATE)
    response = client.post(link(question.link_token, "ask"))
    assert (response.content.decode(), shown(response)) == (f"POST {question.pk} ask", PRIVATE)


def test_a_link_that_is_over_is_gone_and_gives_back_what_was_typed(client):
    question = ExpertQuestionFactory(sent=True)
    ExpertQuestion.objects.filter(pk=question.pk).update(expires_on="2020-01-01")
    response = client.post(link(question.link_token), {"text": "Napsáno pozdě"})
    assert (response.status_code, shown(response)) == (410, PRIVATE)
    assert "Napsáno pozdě" in response.content.decode()


def test_links_that_never_were_are_few_and_a_right_one_still_opens(client, settings):
    settings.LINK_TRIES_PER_HOUR = 2
    question = ExpertQuestionFactory(sent=True)
    answers = [client.get(link(new_token(), *page)) for page in ((), ("ask",), ())]
    assert [one.status_code for one in answers] == [404, 404, 429]
    assert {tuple(shown(one).items()) for one in answers} == {tuple(PRIVATE.items())}
    assert client.get(link(question.link_token)).status_code == 200


def test_one_click_of_a_mail_program_needs_no_cookie_and_counts_once(settings):
    ended = []
    doors.add(ExpertQuestion.objects.all, show, one_click=ended.append)
    question, client = ExpertQuestionFactory(sent=True), Client(enforce_csrf_checks=True)
    address = reverse("link-one-click", args=[question.link_token])
    assert client.get(address).status_code == 405
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert ended == [question]
    ExpertQuestion.objects.filter(pk=question.pk).update(expires_on="2020-01-01")
    assert client.post(address).status_code == 200
    assert ended == [question]
    settings.LINK_TRIES_PER_HOUR = 1
    wrong = reverse("link-one-click", args=[new_token()])
    assert [client.post(wrong).status_code for _time in range(2)] == [404, 429]
