"""Texts of materials for tests: editions with chapters."""

import factory
from django.utils import timezone

from core.documents.choices import State
from studies.models import Chapter, MaterialEdition, MaterialText
from tests.factories.accounts import UserFactory
from tests.factories.studies import MaterialFactory


class MaterialTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MaterialText

    material = factory.SubFactory(MaterialFactory)
    slug = factory.SelfAttribute("material.slug")


class MaterialEditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MaterialEdition

    document = factory.SubFactory(MaterialTextFactory)
    number = 1
    author = factory.SubFactory(UserFactory)
    title_cs = "Metodika sociální práce"
    title_en = "Methodology of social work"
    abstract_cs = "Provede prací s nájemcem.\nOd začátku do konce."
    abstract_en = "Leads through the work with a tenant."
    authors = "Jana Nováková\nTým autorů a autorek z obcí"
    publisher = "MPSV"

    class Params:
        published = factory.Trait(
            state=State.PUBLISHED,
            published_at=factory.LazyFunction(timezone.now),
            published_by=factory.SubFactory(UserFactory),
        )


class ChapterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Chapter

    edition = factory.SubFactory(MaterialEditionFactory)
    position = factory.Sequence(lambda n: n + 1)
    heading = factory.Sequence(lambda n: f"Kapitola {n}")
    slug = factory.Sequence(lambda n: f"kapitola-{n}")

    @classmethod
    def _create(cls, model, *args, text="Text kapitoly.", **values):
        row = model(**values)
        row.take_over({"text": text})
        row.save()
        return row
