"""Materials and documents for tests."""

from datetime import date

import factory
from django.core.files.uploadedfile import SimpleUploadedFile

from studies.choices import Kind, Language, PlanState, Tie
from studies.models import Audience, Category, Contract, Document, Material
from tests.factories.accounts import UserFactory
from tests.files import stored


class AudienceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Audience

    slug = factory.Sequence(lambda n: f"audience-{n}")
    position = factory.Sequence(lambda n: n + 1)
    name_cs = factory.Sequence(lambda n: f"skupina {n}")
    name_en = factory.Sequence(lambda n: f"group {n}")


class MaterialFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Material
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"material-{n}")
    position = factory.Sequence(lambda n: n + 1)
    state = PlanState.PUBLISHED
    tie = Tie.CONFIRMED
    title_cs = factory.Sequence(lambda n: f"Metodika {n}")
    title_en = factory.Sequence(lambda n: f"Methodology {n}")
    kind = Kind.MANUAL
    abstract_cs = "O čem metodika je."
    abstract_en = "What the methodology is about."
    language = Language.CZECH
    source = "https://example.org/metodiky"

    @factory.post_generation
    def audience(self, create, names, **kwargs):
        self.audience.set(names or [AudienceFactory()])

    class Params:
        probable = factory.Trait(tie=Tie.PROBABLE)
        # A place of the plan of which only the announcement tells.
        unknown = factory.Trait(
            place=factory.Sequence(lambda n: n + 1),
            state=PlanState.ANNOUNCED,
            tie="",
            title_cs="",
            title_en="",
            language="",
            planned_on=date(2020, 1, 1),
            planned_precision="year",
        )


class ContractFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contract

    material = factory.SubFactory(MaterialFactory)
    supplier = factory.Sequence(lambda n: f"Dodavatel {n}")
    written_by = factory.SubFactory(UserFactory)


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Category

    slug = factory.Sequence(lambda n: f"shelf-{n}")
    position = factory.Sequence(lambda n: n + 1)
    name_cs = factory.Sequence(lambda n: f"Police {n}")
    name_en = factory.Sequence(lambda n: f"Shelf {n}")
    source_cs = source_en = "https://example.org/knihovna"


def _a_copy():
    return stored(SimpleUploadedFile("metodika.txt", "Co dělat při dluhu".encode()), by=None)


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    slug = factory.Sequence(lambda n: f"document-{n}")
    position = factory.Sequence(lambda n: n + 1)
    in_library = True
    category = factory.SubFactory(CategoryFactory)
    title_cs = factory.Sequence(lambda n: f"Dokument {n}")
    title_en = factory.Sequence(lambda n: f"Document {n}")
    source = "https://example.org/dokument"

    class Params:
        # With a copy to take away.
        kept = factory.Trait(attachment=factory.LazyFunction(_a_copy))
