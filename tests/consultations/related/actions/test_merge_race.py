"""Two colleagues who merge the same two requests at once: one of them wins."""

from functools import partial
from typing import Any

import pytest

from consultations.models import Rearrangement, SupportRequest
from consultations.related.actions.merge import merge
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory, SupportRequestFactory
from tests.verbs import at_once

ROUNDS = 10


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_in_opposite_directions_at_once_exactly_one_wins(django_db_blocker: Any) -> None:
    by, person = UserFactory(), PersonFactory()
    for _round in range(ROUNDS):
        one, other = (SupportRequestFactory(requester=person) for _number in range(2))
        again = SupportRequest.objects.in_bulk([one.pk, other.pk])
        won = at_once(
            django_db_blocker,
            partial(merge, one, into=other, by=by),
            partial(merge, again[other.pk], into=again[one.pk], by=by),
        )

        assert sorted(won) == [False, True]
        done = Rearrangement.objects.filter(source__in=[one.pk, other.pk]).get()
        assert (done.target.contacts.count(), done.source.contacts.count()) == (2, 0)
        merged = SupportRequest.objects.filter(pk__in=again, is_merged=True)
        assert [request.pk for request in merged] == [done.source_id]
