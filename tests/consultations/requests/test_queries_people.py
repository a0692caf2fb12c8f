"""What lists say of people and requests."""

import pytest

from consultations.choices import State
from consultations.requests.queries import masked_reach, merged_with
from tests.factories.consultations import PersonFactory, SupportRequestFactory

pytestmark = pytest.mark.django_db


def test_of_an_address_and_a_number_so_much_is_shown_that_one_knows_them_again():
    person = PersonFactory(email="jana@example.org", phone="+420602123456")
    assert masked_reach(person) == "ja…@example.org, …\u00a0456"
    assert masked_reach(PersonFactory(email="", phone="")) == ""


def test_what_was_merged_at_first_and_second_hand():
    last = SupportRequestFactory()
    middle = SupportRequestFactory(state=State.DUPLICATE, duplicate_of=last, is_merged=True)
    first = SupportRequestFactory(state=State.DUPLICATE, duplicate_of=middle, is_merged=True)
    SupportRequestFactory(state=State.DUPLICATE, duplicate_of=last)
    assert merged_with(last) == {last.pk, middle.pk, first.pk}
    assert merged_with(first) == {first.pk}
