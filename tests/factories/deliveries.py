"""Who was invited to a visit, who went, and the report on its way to those who did not."""

import factory

from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.visits import StudyVisitFactory
from visits.choices import PlaceState
from visits.models import Attendee, VisitInvitation


class VisitInvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VisitInvitation

    visit = factory.SubFactory(StudyVisitFactory)
    municipality = factory.SubFactory(MunicipalityFactory, pilot=True)
    invited_by = factory.SubFactory(UserFactory)


class AttendeeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendee

    invitation = factory.SubFactory(VisitInvitationFactory)
    visit = factory.SelfAttribute("invitation.visit")
    state = PlaceState.CONFIRMED
    name = factory.Sequence(lambda n: f"Jana Jedoucí {n}")
    email = factory.Sequence(lambda n: f"jedouci-{n}@example.org")
    named_by = factory.SubFactory(UserFactory)
