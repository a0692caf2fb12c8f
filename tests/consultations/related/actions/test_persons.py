"""Two entries of one person become one, and two again."""

import pytest

from consultations.models import Person
from consultations.related.actions.persons import merge_persons, undo_merge_persons
from core.states import Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory, SupportRequestFactory

pytestmark = pytest.mark.django_db


def test_all_goes_over_and_comes_back() -> None:
    by = UserFactory()
    one = PersonFactory(email="jana@example.org", phone="+420601123456")
    left = PersonFactory(email="nova@example.org")
    request = SupportRequestFactory(requester=one)
    done = merge_persons(one, into=left, by=by)
    request.refresh_from_db()
    left.refresh_from_db()
    assert (request.requester, left.phone) == (left, "+420601123456")
    assert list(left.addresses.values_list("email", flat=True)) == ["jana@example.org"]
    assert list(Person.objects.known_by(email="jana@example.org")) == [left]

    undo_merge_persons(done, by=by)
    request.refresh_from_db()
    left.refresh_from_db()
    assert (request.requester, left.phone, left.addresses.count()) == (one, "", 0)
    assert list(Person.objects.known_by(email="jana@example.org")) == [one]


def test_an_official_and_a_private_person_stay_apart() -> None:
    official = PersonFactory(user=UserFactory(official=True))
    with pytest.raises(Refused):
        merge_persons(PersonFactory(), into=official, by=UserFactory())
