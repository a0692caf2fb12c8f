"""Two colleagues who merge the same two requests at once: one of them wins."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from consultations.models import Rearrangement, SupportRequest
from consultations.related.actions.merge import merge
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory, SupportRequestFactory

ROUNDS = 10


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_in_opposite_directions_at_once_exactly_one_wins(django_db_blocker: Any) -> None:
    by, person = UserFactory(), PersonFactory()
    barrier = Barrier(2)

    def work(pair: tuple[SupportRequest, SupportRequest]) -> bool:
        request, into = pair
        with django_db_blocker.unblock():
            try:
                barrier.wait(10)
                merge(request, into=into, by=by)
            except (Conflict, Refused):
                return False
            finally:
                connection.close()
            return True

    for _round in range(ROUNDS):
        one, other = (SupportRequestFactory(requester=person) for _number in range(2))
        again = SupportRequest.objects.in_bulk([one.pk, other.pk])
        with ThreadPoolExecutor(2) as pool:
            won = list(pool.map(work, [(one, other), (again[other.pk], again[one.pk])]))

        assert sorted(won) == [False, True]
        done = Rearrangement.objects.filter(source__in=[one.pk, other.pk]).get()
        assert (done.target.contacts.count(), done.source.contacts.count()) == (2, 0)
        merged = SupportRequest.objects.filter(pk__in=again, is_merged=True)
        assert [request.pk for request in merged] == [done.source_id]
