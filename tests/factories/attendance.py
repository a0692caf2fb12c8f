"""Invitations to visits, people who are named, questions taken along, for tests."""

from datetime import timedelta

import factory
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.visits import StudyVisitFactory
from visits.choices import PlaceState, VisitState, WhyNot
from visits.models import Attendee, TravelQuestion, VisitInvitation


class OpenVisitFactory(StudyVisitFactory):
    """A visit whose sign-up is open for three weeks."""

    state = VisitState.OPEN
    title_cs = "Cesta do Vídně"
    title_en = "Visit to Vienna"
    quota = 2
    opened_at = factory.LazyFunction(timezone.now)
    sign_up_until = factory.LazyFunction(lambda: timezone.now() + timedelta(days=21))


class VisitInvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VisitInvitation

    visit = factory.SubFactory(OpenVisitFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    invited_by = factory.SubFactory(UserFactory)
    # Its mail has left.
    invited_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))

    class Params:
        declined = factory.Trait(
            state="declined",
            why_not=WhyNot.TIME,
            answered_at=factory.LazyFunction(timezone.now),
            answered_by=factory.SubFactory(UserFactory, official=True),
        )


class AttendeeFactory(factory.django.DjangoModelFactory):
    """Somebody of an invited municipality; `invitation=None, visit=…` is somebody of the ministry."""

    class Meta:
        model = Attendee

    invitation = factory.SubFactory(VisitInvitationFactory)
    visit = factory.LazyAttribute(lambda row: row.invitation.visit)
    name = factory.Sequence(lambda n: f"Jana Cestovatelka {n}")
    email = factory.Sequence(lambda n: f"jana{n}@obec.example")
    priority = factory.Sequence(lambda n: n + 1)
    named_by = factory.SubFactory(UserFactory, official=True)

    class Params:
        confirmed = factory.Trait(state=PlaceState.CONFIRMED)
        waiting = factory.Trait(state=PlaceState.WAITING)


class TravelQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TravelQuestion

    visit = factory.SubFactory(OpenVisitFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    text = "Kdo platí správce bytů?"
    asked_by = factory.SubFactory(UserFactory, official=True)
