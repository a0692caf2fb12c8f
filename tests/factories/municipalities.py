"""Municipalities for tests."""

import factory

from core.search.prefix import plain
from municipalities.choices import MembershipRole, OfficeKind
from municipalities.models import (
    Membership,
    Municipality,
    Office,
    OfficeReport,
    Programme,
    ProgrammeFact,
    Region,
)
from tests.factories.accounts import UserFactory


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ("nuts3",)

    nuts3 = "CZ071"
    slug = "olomoucky-kraj"
    name_cs = "Olomoucký kraj"
    name_en = "Olomouc Region"


class MunicipalityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Municipality

    code = factory.Sequence(lambda n: f"{900000 + n}")
    lau2_code = factory.SelfAttribute("code")
    slug = factory.Sequence(lambda n: f"obec-{n}")
    name = factory.Sequence(lambda n: f"Obec {n}")
    search_name = factory.LazyAttribute(lambda row: plain(row.name))
    district = "Přerov"
    district_code = "CZ0714"
    region = factory.SubFactory(RegionFactory)
    population = 900
    population_year = 2018
    source = "CZSO"

    class Params:
        pilot = factory.Trait(is_pilot=True)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    municipality = factory.SubFactory(MunicipalityFactory)
    user = factory.SubFactory(UserFactory, official=True)
    role = MembershipRole.CONTACT


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    municipality = factory.SubFactory(MunicipalityFactory, pilot=True)
    source = "https://www.example.org/programme"
    is_public = True


class ProgrammeFactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeFact

    programme = factory.SubFactory(ProgrammeFactory)
    position = factory.Sequence(lambda n: n + 1)
    text_cs = "Obec má byt."
    text_en = "The municipality has a flat."
    source_cs = "https://www.example.org/fact"
    source_en = "https://www.example.org/fact"


class OfficeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Office

    kind = OfficeKind.CONTACT_POINT
    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Kontaktní místo pro bydlení {n}")
    source = "https://www.example.org/offices"
    as_of = "2026-05-01"


class OfficeReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OfficeReport

    office = factory.SubFactory(OfficeFactory)
    municipality = factory.SelfAttribute("office.municipality")
