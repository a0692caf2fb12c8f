"""Two colleagues who merge the same two persons in opposite directions at once: one of them wins."""

from functools import partial
from typing import Any

import pytest

from consultations.models import Person, PersonMerge
from consultations.related.actions.persons import merge_persons
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory
from tests.verbs import at_once

ROUNDS = 5


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_in_opposite_directions_at_once_exactly_one_wins(django_db_blocker: Any) -> None:
    by = UserFactory()
    for _round in range(ROUNDS):
        one, other = PersonFactory(), PersonFactory()
        again = Person.objects.in_bulk([one.pk, other.pk])
        done = at_once(
            django_db_blocker,
            partial(merge_persons, one, into=other, by=by),
            partial(merge_persons, again[other.pk], into=again[one.pk], by=by),
        )
        assert sorted(done) == [False, True]
        merge = PersonMerge.objects.get(person__in=again)
        left = Person.objects.get(pk__in=again, merged_into=None)
        assert merge.into == left
