import pytest

from tests.factories.deliveries import DeliveryFactory
from tests.verbs import refusal, written
from visits.choices import DeliveryState
from visits.deliveries.actions import questions
from visits.models import Delivery

pytestmark = pytest.mark.django_db

SAID = {"text": "Kolik to stálo?", "name": "Jana", "email": "j@example.org", "language": "cs", "by": None}


@pytest.fixture
def asked(monkeypatch):
    """The questions that were taken; each becomes a request of the next number."""
    taken = []

    def take(question):
        taken.append(question)
        return 40 + len(taken)

    monkeypatch.setattr(questions, "_takers", [take])
    return taken


def test_a_question_becomes_a_request_and_its_answer_comes_back(asked):
    delivery = DeliveryFactory(state=DeliveryState.OPENED, next_step_on="2026-12-24")
    assert questions.ask(delivery, **SAID) == 41
    assert (asked[0].subject, asked[0].text) == (delivery.edition.title, "Kolik to stálo?")
    assert (delivery.state, delivery.request_id, delivery.next_step_on) == (DeliveryState.ASKED, 41, None)
    assert written(delivery) == [("delivery.ask", None, {"request": 41})]
    questions.answered([41, 7], is_answered=True)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.answered_at is None) == (DeliveryState.ANSWERED, False)
    questions.answered([41], is_answered=False)
    assert Delivery.objects.get().state == DeliveryState.ASKED


def test_a_second_question_waits_for_the_answer_to_the_first(asked):
    delivery = DeliveryFactory()
    questions.ask(delivery, **SAID)
    assert refusal(questions.ask, delivery, **SAID) == questions.reasons_against_asking(delivery)
    questions.answered([41], is_answered=True)
    assert questions.ask(Delivery.objects.get(), **SAID) == 42
    assert len(asked) == 2
