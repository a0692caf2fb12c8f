"""Two colleagues who ask one municipality at once: its monthly limit holds."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from consultations.models import PeerQuestion
from consultations.peers.actions import ask
from tests.factories.consultations import SupportRequestFactory
from tests.factories.municipalities import MembershipFactory
from tests.verbs import at_once

ROUNDS = 5


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_never_exceed_the_limit(django_db_blocker: Any) -> None:
    words = {"question": "Jak na to?", "due_on": timezone.localdate() + timedelta(days=14)}
    for _round in range(ROUNDS):
        place = MembershipFactory(municipality__help_limit=1).municipality
        cases = [SupportRequestFactory(open=True) for _number in range(2)]
        asking = (partial(ask, case, municipality=place, **words, by=case.assignee) for case in cases)

        assert sorted(at_once(django_db_blocker, *asking)) == [False, True]
        assert PeerQuestion.objects.filter(municipality=place).count() == 1
