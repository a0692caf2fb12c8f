"""Indicators and their values for tests."""

from datetime import date
from decimal import Decimal

import factory

from municipalities.choices import Unit
from municipalities.models import Indicator, IndicatorValue
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
