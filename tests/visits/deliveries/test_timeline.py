from datetime import timedelta

import pytest
from django.utils import timezone

from municipalities.hooks import timeline_kinds
from tests.factories.accounts import UserFactory
from tests.factories.deliveries import DeliveryFactory
from tests.factories.municipalities import MembershipFactory
from visits.choices import DeliveryState
from visits.deliveries.timeline import KIND, entries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_what_happened_with_a_report_is_told_to_those_who_may_see_it():
    now = timezone.now()
    member = MembershipFactory()
    delivery = DeliveryFactory(
        municipality=member.municipality, state=DeliveryState.ACKNOWLEDGED, sent_at=now, acknowledged_at=now
    )
    DeliveryFactory(sent_at=now)
    later = now + timedelta(hours=1)
    told = entries(member.municipality, UserFactory(coordinator=True), later, 10)
    assert {entry.title for entry in told} == {
        "Report of a study visit sent",
        "Report of a study visit confirmed",
    }
    assert {entry.url for entry in told} == {delivery.get_desk_url()}
    assert {entry.url for entry in entries(member.municipality, member.user, later, 10)} == {
        delivery.get_my_url()
    }
    assert entries(member.municipality, MembershipFactory().user, later, 10) == []
    assert len(entries(member.municipality, member.user, later, 1)) == 1
    assert KIND in timeline_kinds()
