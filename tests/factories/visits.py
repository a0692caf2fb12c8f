"""Hosts and study visits for tests."""

from datetime import timedelta

import factory
from django.utils import timezone

from visits.choices import VisitState
from visits.models import Host, ProgrammeItem, StudyVisit, Theme


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

    class Params:
        planned = factory.Trait(
            state=VisitState.PLANNED,
            title_cs="Sociální bydlení ve Vídni",
            title_en="Social housing in Vienna",
            date_text_cs="",
            date_text_en="",
            starts_on=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=60)),
            starts_precision="day",
            sign_up_until=factory.LazyFunction(lambda: timezone.now() + timedelta(days=30)),
        )
        open = factory.Trait(
            planned=True, state=VisitState.OPEN, opened_at=factory.LazyFunction(timezone.now)
        )

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


class ProgrammeItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeItem

    visit = factory.SubFactory(StudyVisitFactory)
    position = factory.Sequence(lambda n: n + 1)
    title_cs = factory.Sequence(lambda n: f"Prohlídka domu {n}")
    title_en = factory.Sequence(lambda n: f"A walk through house {n}")


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme

    slug = factory.Sequence(lambda n: f"theme-{n}")
    position = factory.Sequence(lambda n: n + 1)
    name_cs = factory.Sequence(lambda n: f"Téma {n}")
    name_en = factory.Sequence(lambda n: f"Theme {n}")
