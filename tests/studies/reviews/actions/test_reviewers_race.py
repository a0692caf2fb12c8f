"""Two windows deliver at once: one review, told of once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from core.audit import AuditEntry
from core.notices.models import Notice
from core.states import Conflict, Refused
from studies.models import Reviewer
from studies.reviews.actions import reviewers as actions
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewerFactory


@pytest.mark.django_db(transaction=True)
def test_of_two_deliveries_at_once_one_counts(django_db_blocker):
    row = ReviewerFactory(round__opened_by=UserFactory(role="coordinator"), accepted=True)
    barrier = Barrier(2)

    def deliver(answer):
        with django_db_blocker.unblock():
            try:
                mine = Reviewer.objects.for_page().get(pk=row.pk)
                barrier.wait(10)
                actions.save(mine, answers=[answer], overall="", version=1, deliver=True)
            except (Refused, Conflict):
                return False
            else:
                return True
            finally:
                connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(deliver, ["Ano.", "Ne."])) == [False, True]
    assert AuditEntry.objects.filter(verb="review.deliver").count() == 1
    assert Notice.objects.count() == 1
