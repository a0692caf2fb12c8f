"""Two colleagues who ask one municipality at once: its monthly limit holds."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from consultations.models import PeerQuestion, SupportRequest
from consultations.peers.actions import ask
from core.states import Refused
from tests.factories.consultations import SupportRequestFactory
from tests.factories.municipalities import MembershipFactory

ROUNDS = 5


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_never_exceed_the_limit(django_db_blocker: Any) -> None:
    barrier = Barrier(2)

    def work(given: tuple[SupportRequest, Any]) -> bool:
        case, place = given
        words = {"question": "Jak na to?", "due_on": timezone.localdate() + timedelta(days=14)}
        with django_db_blocker.unblock():
            try:
                barrier.wait(10)
                ask(case, municipality=place, **words, by=case.assignee)
            except Refused:
                return False
            finally:
                connection.close()
            return True

    for _round in range(ROUNDS):
        place = MembershipFactory(municipality__help_limit=1).municipality
        cases = [SupportRequestFactory(open=True) for _number in range(2)]
        with ThreadPoolExecutor(2) as pool:
            won = list(pool.map(work, [(case, place) for case in cases]))

        assert sorted(won) == [False, True]
        assert PeerQuestion.objects.filter(municipality=place).count() == 1
