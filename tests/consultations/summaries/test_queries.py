"""Summaries that begin from a question in the exchange."""

from datetime import date

import pytest

from consultations.models import Summary
from consultations.summaries import actions
from consultations.summaries.queries import finds_in_summary
from core.documents import actions as documents
from core.states import Refused
from municipalities.exchange.actions.moderation import hide
from tests.factories.accounts import UserFactory
from tests.factories.consultations import AudienceFactory, TopicFactory
from tests.factories.exchange import ExchangeAnswerFactory
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    asker = MembershipFactory(user__name="Milada Mostecká", municipality__name="Lhotka")
    answer = ExchangeAnswerFactory(
        question__author=asker.user,
        question__municipality=asker.municipality,
        question__title="Jak vybíráte nájemníky?",
        municipality__name="Brno",
        author=UserFactory(official=True, name="Bruno Brněnský"),
    )
    return answer.question


def text(**changes):
    """Return a text without a find."""
    words = {
        "question_cs": "Jak vybírat nájemníky sociálních bytů?",
        "short_answer_cs": "Podle bodů, které obec předem zveřejní.",
        "topic": TopicFactory(),
        "certainty": "fact",
        "answered_by": "centre",
        "valid_as_of": date(2026, 11, 1),
    }
    return {**words, **changes}


def start(question, **changes):
    return actions.start_summary(
        [], words=text(**changes), by=UserFactory(editor=True), exchange_question=question
    )


def test_it_begins_once(question):
    edition = start(question)
    question.refresh_from_db()
    assert question.summary_id == edition.document_id
    assert edition.document.exchange_question_id == question.pk
    with pytest.raises(Refused, match="souhrn"):
        start(question)
    assert Summary.objects.count() == 1


def test_not_from_what_nobody_has_answered_nor_from_what_is_hidden(question):
    editor = UserFactory(editor=True)
    hide(question.answers.get(), reason="Nepatří sem", by=editor)
    with pytest.raises(Refused, match="neodpověděl"):
        start(question)
    hide(question, reason="Nepatří sem", by=editor)
    question.refresh_from_db()
    with pytest.raises(Refused, match="skrytý"):
        start(question)


def test_the_check_knows_all_who_wrote_there_and_their_small_places(question):
    edition = start(question, answer_cs="Radila Mostecká s Brněnským, ve Lhotce to funguje.")
    found = {hit.found for hit in finds_in_summary(edition)}
    assert found == {"Mostecká", "Brněnským", "Lhotce"}
    assert documents.reasons_against_submitting(edition)


def test_it_is_not_published_once_the_question_is_hidden(question):
    edition = start(question)
    assert documents.reasons_against_submitting(edition) == []
    hide(question, reason="Nepatří sem", by=UserFactory(editor=True))
    assert documents.reasons_against_submitting(edition) == ["Dotaz v poradně obcí je skrytý."]


def test_the_question_leads_to_what_came_of_it(question, log_in):
    edition = start(question)
    address = question.get_absolute_url()
    desk, editor = log_in("editor")
    assert edition.document.get_desk_url() in desk.get(address).content.decode()
    official, _user = log_in("", user=question.author)
    assert edition.question_cs not in official.get(address).content.decode()
    documents.submit(edition, version=1, by=edition.author)
    documents.publish(edition, version=edition.version, by=editor)
    assert f"/cs/summaries/{edition.document.slug}/" in official.get(address).content.decode()


def test_the_page_that_begins_it(question, log_in):
    desk, _user = log_in("editor")
    address = f"/cs/desk/summaries/new/?exchange={question.pk}"
    assert address.replace("&", "&amp;") in desk.get(question.get_absolute_url()).content.decode()
    page = desk.get(address).content.decode()
    assert "U nás rozhoduje komise." in page
    sent = {
        "question_cs": "Jak vybírat?",
        "short_answer_cs": "Podle bodů.",
        "topic": TopicFactory().slug,
        "audiences": [AudienceFactory().slug],
        "certainty": "fact",
        "answered_by": "centre",
        "valid_as_of": "2026-11-01",
    }
    response = desk.post(address, sent)
    assert response.status_code == 302
    shown = desk.get(response["Location"]).content.decode()
    assert question.title in shown
    again = desk.post(address, sent)
    assert again.status_code == 422
    for number in ("", "x", "0", "9" * 40):
        assert desk.get(f"/cs/desk/summaries/new/?exchange={number}").status_code == 404
