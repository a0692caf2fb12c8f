"""Practices, their editions and their ledger for tests."""

from datetime import date

import factory
from django.utils import timezone

from core.documents.choices import State as EditionState
from municipalities.choices import AdoptionState, Approach, Criterion, Precision, Verdict
from municipalities.models import Adoption, AdoptionStep, Assessment, Practice, PracticeEdition
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory


class PracticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Practice

    municipality = factory.SubFactory(MunicipalityFactory, pilot=True)
    proposed_by = factory.SubFactory(UserFactory)
    slug = factory.Sequence(lambda n: f"praxe-{n}")


class PracticeEditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PracticeEdition
        skip_postgeneration_save = True

    document = factory.SubFactory(PracticeFactory)
    number = 1
    author = factory.SelfAttribute("document.proposed_by")
    title_cs = factory.Sequence(lambda n: f"Kontaktní místo {n}")
    title_en = factory.Sequence(lambda n: f"Contact point {n}")
    lead_cs = "Jedno místo pro bydlení. [1]"
    lead_en = "One place for housing. [1]"
    approach = Approach.CONTACT_POINT
    need_cs = "Lidé nevědí, kam jít."
    need_en = "People do not know where to go."
    results_cs = "Přišlo 40 lidí. [1]"
    results_en = "Forty people came. [1]"
    sources_cs = "Zpráva města, https://www.example.org/zprava"
    sources_en = "Report, https://www.example.org/zprava"
    contact_cs = "Odbor sociálních věcí"
    contact_en = "Department of social affairs"

    class Params:
        in_review = factory.Trait(
            state=EditionState.IN_REVIEW,
            submitted_at=factory.LazyFunction(timezone.now),
            submitted_by=factory.SelfAttribute("author"),
        )
        published = factory.Trait(
            state=EditionState.PUBLISHED,
            submitted_at=factory.LazyFunction(timezone.now),
            submitted_by=factory.SelfAttribute("author"),
            published_at=factory.LazyFunction(timezone.now),
            published_by=factory.SubFactory(UserFactory, editor=True),
        )

    @factory.post_generation
    def labelled(self, create: bool, wanted: bool | None, **_fields: object) -> None:
        """With `labelled=True` the edition meets every criterion."""
        for criterion in Criterion.values if create and wanted else ():
            Assessment.objects.create(
                edition=self,
                criterion=criterion,
                verdict=Verdict.MET,
                assessed_by=self.published_by or UserFactory(editor=True),
            )


class AdoptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Adoption

    practice = factory.SubFactory(PracticeFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    state = AdoptionState.RUNNING


class AdoptionStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AdoptionStep

    adoption = factory.SubFactory(AdoptionFactory)
    state = factory.SelfAttribute("adoption.state")
    on = date(2020, 5, 1)
    precision = Precision.MONTH
    reason_cs = "Osvědčilo se to."
    source_cs = "https://www.example.org/krok"
    entered_by = factory.SubFactory(UserFactory, official=True)
