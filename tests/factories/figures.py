"""Indicators and their values for tests."""

from datetime import date, timedelta
from decimal import Decimal

import factory
from django.utils import timezone

from municipalities.choices import ReturnState, Unit
from municipalities.models import Indicator, IndicatorValue, Return, ReturnLine, ReturnPeriod
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Indicator

    slug = factory.Sequence(lambda n: f"indicator-{n}")
    position = factory.Sequence(lambda n: n)
    name_cs = factory.Sequence(lambda n: f"Byty {n}")
    name_en = factory.Sequence(lambda n: f"Flats {n}")
    unit = Unit.FLATS
    definition_cs = "Byty, které obec vyčlenila."
    definition_en = "Flats that the municipality has set aside."


class IndicatorValueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IndicatorValue

    municipality = factory.SubFactory(MunicipalityFactory, pilot=True)
    indicator = factory.SubFactory(IndicatorFactory)
    on = date(2019, 12, 31)
    value = Decimal(12)
    source_cs = "https://www.example.org/figure"
    source_en = "https://www.example.org/figure"


class ReturnPeriodFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReturnPeriod
        skip_postgeneration_save = True

    year = factory.Sequence(lambda n: 2025 + n)
    values_on = date(2025, 12, 31)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    opened_by = factory.SubFactory(UserFactory, coordinator=True)

    @factory.post_generation
    def indicators(self, create, rows, **_options):
        if create and rows:
            self.indicators.set(rows)


class ReturnFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Return

    period = factory.SubFactory(ReturnPeriodFactory)
    municipality = factory.SubFactory(MunicipalityFactory, pilot=True)

    class Params:
        sent = factory.Trait(
            state=ReturnState.SENT,
            sent_at=factory.LazyFunction(timezone.now),
            sent_by=factory.SubFactory(UserFactory, official=True),
        )
        sent_back = factory.Trait(
            state=ReturnState.SENT_BACK,
            remark="Počet bytů nesedí.",
            decided_at=factory.LazyFunction(timezone.now),
            decided_by=factory.SubFactory(UserFactory, coordinator=True),
        )


class ReturnLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReturnLine

    statement = factory.SubFactory(ReturnFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    typed = "14"
