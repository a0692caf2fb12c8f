"""Practices, their editions and their ledger for tests."""

from datetime import date

import factory

from municipalities.choices import AdoptionState, Approach, Criterion, Precision, Verdict
from municipalities.models import Adoption, AdoptionStep, Assessment, Practice, PracticeEdition
from tests.factories.accounts import UserFactory
from tests.factories.documents import EditionFactory
from tests.factories.municipalities import MunicipalityFactory


class PracticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Practice

    municipality = factory.SubFactory(MunicipalityFactory, pilot=True)
    proposed_by = factory.SubFactory(UserFactory)
    slug = factory.Sequence(lambda n: f"praxe-{n}")


class PracticeEditionFactory(EditionFactory):
    class Meta:
        model = PracticeEdition

    document = factory.SubFactory(PracticeFactory)
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
