"""What the requester says of our help: when, how often, and what is kept of it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from consultations.intake.actions.rating import rate, reasons_against_rating
from consultations.models import Rating
from core import audit
from core.states import Refused
from tests.factories.consultations import SupportRequestFactory

pytestmark = pytest.mark.django_db

NOT_YET = "You can tell us how it helped when we have answered."


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


def test_what_was_answered_or_closed_may_be_rated():
    assert reasons_against_rating(SupportRequestFactory(answered=True)) == []
    assert reasons_against_rating(SupportRequestFactory(closed=True)) == []


@pytest.mark.parametrize("state", ["new", "open", "waiting_requester", "waiting_expert", "withdrawn", "spam"])
def test_what_has_no_answer_may_not(state):
    request = SupportRequestFactory(state=state)
    with pytest.raises(Refused) as refusal:
        rate(request, value="helped", by=None)
    assert refusal.value.reasons == [NOT_YET]


def test_what_was_closed_without_an_answer_may_not():
    assert reasons_against_rating(SupportRequestFactory(closed=True, answered_at=None)) == [NOT_YET]


def test_a_strange_word_is_no_rating():
    with pytest.raises(Refused):
        rate(SupportRequestFactory(answered=True), value="great", by=None)


def test_said_twice_it_is_one_rating():
    request = SupportRequestFactory(answered=True)
    first = rate(request, value="helped", by=None)
    again = rate(request, value="helped", by=None)
    assert (again.pk, again.given_at) == (first.pk, first.given_at)
    assert list(audit.entries_of(request).values_list("verb", "details")) == [
        ("request.rate", {"value": "helped"})
    ]


def test_a_rating_may_be_changed_and_keeps_its_sentence():
    request = SupportRequestFactory(answered=True)
    rate(request, value="helped", sentence="Děkuji.", by=None)
    later = timezone.now() + timedelta(hours=1)
    with time_machine.travel(later, tick=False):
        rate(request, value="not", by=None)
    rating = Rating.objects.get()
    assert (rating.value, rating.sentence, rating.given_at) == ("not", "Děkuji.", later)
    rate(request, value="not", sentence="", by=None)
    assert Rating.objects.get().sentence == ""
