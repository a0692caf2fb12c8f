"""Lessons of visits, what they were proposed as, and what came of them, for tests."""

import factory
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.reports import ReportEditionFactory
from visits.models import Lesson, LessonWording, Outcome, Proposal, Workshop


class WordingFactory(factory.django.DjangoModelFactory):
    """A lesson with its words in the published edition of a report."""

    class Meta:
        model = LessonWording

    edition = factory.SubFactory(ReportEditionFactory, published=True)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Byt nejdřív {n}")
    text = "Nejdřív byt, potom podpora."
    for_whom = factory.LazyFunction(lambda: ["municipalities"])

    @factory.lazy_attribute
    def lesson(self):
        return Lesson.objects.create(report=self.edition.document, number=self.position)


class ProposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Proposal

    lesson = factory.LazyFunction(lambda: WordingFactory().lesson)
    municipality = factory.SubFactory(MunicipalityFactory, pilot=True)
    proposed_by = factory.SubFactory(UserFactory)

    class Params:
        answered = factory.Trait(
            answered_at=factory.LazyFunction(timezone.now),
            answered_by=factory.SubFactory(UserFactory, official=True),
        )


class OutcomeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Outcome

    proposal = factory.SubFactory(ProposalFactory)
    months = 3


class WorkshopFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Workshop
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"workshop-{n}")
    title_cs = factory.Sequence(lambda n: f"Co jsme viděli {n}")
    title_en = factory.Sequence(lambda n: f"What we saw {n}")
    held_on = "2017-08-22"
    source = "https://example.org/workshop"

    @factory.post_generation
    def visits(self, create, rows, **kwargs):
        self.visits.set(rows or [])
