"""What waits at the desk since law changes or a review date has come, for whom."""

from datetime import date

import pytest
from django.utils import timezone

from municipalities.hooks import decisions_for
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory
from tests.factories.law import cite, marked

pytestmark = pytest.mark.django_db


def waiting(reader):
    """Return how many texts are to be checked by the day of a reader, in one line with its address."""
    return [row.count for row in decisions_for(reader) if row.url.endswith("/desk/to-check/?who=mine")]


def test_owner_and_deputy_have_it_in_their_day_and_coordinators_what_nobody_has():
    owner, deputy, coordinator = UserFactory(), UserFactory(), UserFactory(coordinator=True)
    cite(SummaryEditionFactory(published=True, document__owner=owner, document__deputy=deputy))
    cite(SummaryEditionFactory(published=True))
    SummaryEditionFactory(published=True, review_on=timezone.localdate(), document__owner=owner)
    assert waiting(owner) == [1]
    marked(by=coordinator, in_force_on=date(2027, 1, 1))
    assert [waiting(reader) for reader in (owner, deputy, coordinator, UserFactory())] == [[2], [1], [1], []]
