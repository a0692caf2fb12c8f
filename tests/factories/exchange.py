"""Questions and answers of the exchange for tests."""

import factory
from django.utils import timezone

from municipalities.choices import ReportReason
from municipalities.models import ExchangeAnswer, ExchangeQuestion, ExchangeReport
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory


class ExchangeQuestionFactory(factory.django.DjangoModelFactory):
    """Its author speaks for its municipality."""

    class Meta:
        model = ExchangeQuestion

    class Params:
        hidden = factory.Trait(
            hidden_at=factory.LazyFunction(timezone.now),
            hidden_by=factory.SubFactory(UserFactory, editor=True),
            hidden_reason="Důvod",
        )

    municipality = factory.SubFactory(MunicipalityFactory)
    author = factory.LazyAttribute(lambda row: MembershipFactory(municipality=row.municipality).user)
    title = factory.Sequence(lambda n: f"Jak to děláte vy? ({n})")
    text = "Chystáme pravidla pro přidělování bytů."


class ExchangeAnswerFactory(factory.django.DjangoModelFactory):
    """Its author speaks for another municipality."""

    class Meta:
        model = ExchangeAnswer

    class Params:
        hidden = factory.Trait(
            hidden_at=factory.LazyFunction(timezone.now),
            hidden_by=factory.SubFactory(UserFactory, editor=True),
            hidden_reason="Důvod",
        )

    question = factory.SubFactory(ExchangeQuestionFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    author = factory.LazyAttribute(lambda row: MembershipFactory(municipality=row.municipality).user)
    text = "U nás rozhoduje komise."


class ExchangeReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExchangeReport

    question = factory.SubFactory(ExchangeQuestionFactory)
    reported_by = factory.LazyAttribute(lambda _row: MembershipFactory().user)
    reason = ReportReason.WRONG
