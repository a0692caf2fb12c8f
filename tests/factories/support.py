"""Plans of in-depth support, their steps, and ratings for tests."""

import factory

from consultations.choices import Help, StepKind
from consultations.models import PlanStep, Rating, SupportPlan
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory


class SupportPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupportPlan

    request = factory.SubFactory(SupportRequestFactory, open=True)
    goal = "Obec má schválený program."
    opened_by = factory.SubFactory(UserFactory)


class PlanStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanStep

    plan = factory.SubFactory(SupportPlanFactory)
    kind = StepKind.VISIT
    what = "Návštěva u vedení obce"
    who = factory.SubFactory(UserFactory)


class RatingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rating

    request = factory.SubFactory(SupportRequestFactory, answered=True)
    value = Help.HELPED
