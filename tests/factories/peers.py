"""Questions to other municipalities, for tests."""

from datetime import timedelta

import factory
from django.utils import timezone

from consultations.choices import PeerState
from consultations.models import PeerQuestion
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.municipalities import MunicipalityFactory


class PeerQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PeerQuestion

    request = factory.SubFactory(SupportRequestFactory, open=True)
    municipality = factory.SubFactory(MunicipalityFactory)
    question = "Jak jste získali majitele bytů ke spolupráci?"
    asked_by = factory.SubFactory(UserFactory)
    month = factory.LazyFunction(lambda: timezone.localdate().replace(day=1))
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))

    class Params:
        answered = factory.Trait(
            state=PeerState.ANSWERED,
            answer="Nabídli jsme jim záruku za nájem.",
            settled_at=factory.LazyFunction(timezone.now),
            settled_by=factory.SubFactory(UserFactory, official=True),
        )
