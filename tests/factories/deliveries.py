"""Who follows reports, and reports on their way to those who could not go."""

import factory
from django.utils import timezone

from tests.factories.municipalities import MunicipalityFactory
from tests.factories.reports import ReportEditionFactory
from visits.models import Delivery, Subscription


class SubscriptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Subscription

    email = factory.Sequence(lambda n: f"odber-{n}@example.org")
    confirmed_at = factory.LazyFunction(timezone.now)


class DeliveryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Delivery

    edition = factory.SubFactory(ReportEditionFactory, published=True)
    report = factory.SelfAttribute("edition.document")
    municipality = factory.SubFactory(MunicipalityFactory, pilot=True)
    email = factory.Sequence(lambda n: f"obec-{n}@example.org")
