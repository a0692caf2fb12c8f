import pytest
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendeeFactory, VisitInvitationFactory
from visits.choices import PlaceState
from visits.models import VisitInvitation

pytestmark = pytest.mark.django_db


def went(invitation, was_there=True):
    return AttendeeFactory(
        invitation=invitation, was_there=was_there, ticked_at=timezone.now(), ticked_by=UserFactory()
    )


def test_absent_is_of_whom_nobody_was_there_whatever_was_said_before():
    there, stayed, unknown, nobody = (VisitInvitationFactory() for _one in range(4))
    went(there)
    went(there, was_there=False)
    went(stayed, was_there=False)
    AttendeeFactory(invitation=unknown, state=PlaceState.CONFIRMED)
    assert set(VisitInvitation.objects.absent()) == {stayed, unknown, nobody}


def test_whoever_went_to_another_visit_is_absent_from_this_one():
    invitation = VisitInvitationFactory()
    went(VisitInvitationFactory(municipality=invitation.municipality))
    assert list(VisitInvitation.objects.absent()) == [invitation]
