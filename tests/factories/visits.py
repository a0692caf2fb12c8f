"""Hosts and study visits for tests."""

import factory

from visits.choices import VisitState
from visits.models import Host, StudyVisit


class HostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Host

    slug = factory.Sequence(lambda n: f"host-{n}")
    position = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Wohnen {n}")
    country_cs = "Rakousko"
    country_en = "Austria"
    country_code = "AT"
    city_cs = "Vídeň"
    city_en = "Vienna"
    source = "https://example.org/wohnen"


class StudyVisitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StudyVisit
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"visit-{n}")
    position = factory.Sequence(lambda n: n + 1)
    state = VisitState.ARCHIVED
    host = factory.SubFactory(HostFactory)
    country_cs = "Rakousko"
    country_en = "Austria"
    date_text_cs = "jaro, rok neznámý"
    date_text_en = "spring, year not known"
    source = "https://example.org/cesta"

    @factory.post_generation
    def municipalities(self, create, rows, **kwargs):
        self.municipalities.set(rows or [])
