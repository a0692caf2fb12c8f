"""Texts of materials, their editions and parts for tests."""

from io import BytesIO

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.documents import markdown
from studies.choices import FileRole, PlanState
from studies.models import (
    Chapter,
    MaterialEdition,
    MaterialFigure,
    MaterialFile,
    MaterialText,
)
from tests.factories.accounts import UserFactory
from tests.factories.documents import EditionFactory
from tests.factories.studies import MaterialFactory
from tests.files import stored

CHAPTER = """Obec pomáhá lidem najít bydlení.[^1]

## Nájem {#najem}

Tabulka: Kolik stojí nájem {#ceny}

| Byt | Nájem |
|---|---|
| malý | 4 000 Kč |

::: box Pamatujte
Nájem *není* trest.
:::

- [ ] ověřit příjem
- [ ] sepsat smlouvu

[^1]: Zákon o obcích, § 35.
"""


class MaterialTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MaterialText

    material = factory.SubFactory(MaterialFactory, state=PlanState.DRAFTED)
    slug = factory.SelfAttribute("material.slug")
    owner = factory.SubFactory(UserFactory)


class MaterialEditionFactory(EditionFactory):
    """An edition that lacks chapters alone; with `whole=True` it has two, a figure and a file."""

    class Meta:
        model = MaterialEdition

    document = factory.SubFactory(MaterialTextFactory)
    author = factory.SelfAttribute("document.owner")
    title_cs = "Metodika sociální práce"
    title_en = "Methodology of social work"
    abstract_cs = "Provede prací s nájemcem.\nOd začátku do konce."
    abstract_en = "Leads through the work with a tenant."
    short_version_cs = ""
    short_version_html_cs = factory.LazyAttribute(lambda row: markdown.render(row.short_version_cs))
    authors = "Jana Nováková\nTým autorů a autorek z obcí"
    publisher = "MPSV"

    @factory.post_generation
    def whole(self, create: bool, wanted: bool | None, **_fields: object) -> None:
        """With `whole=True` there are two chapters, a figure and a file."""
        if create and wanted:
            ChapterFactory(edition=self, heading="Úvod", slug="uvod", text=CHAPTER)
            refers = "Viz [](#ceny).\n\n![](figure:plan)\n"
            ChapterFactory(edition=self, heading="Jak začít", slug="jak-zacit", text=refers)
            MaterialFigureFactory(edition=self)
            MaterialFileFactory(edition=self)


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
        row.keep_version(row.edition.author)
        return row


def drawing(name: str = "plan.png", **options: object) -> SimpleUploadedFile:
    """Return a drawing as somebody uploads it."""
    out = BytesIO()
    Image.new("RGB", (320, 200), "steelblue").save(out, "PNG", **options)
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


class MaterialFigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MaterialFigure

    edition = factory.SubFactory(MaterialEditionFactory)
    attachment = factory.LazyAttribute(lambda row: stored(drawing(), by=row.edition.author))
    position = factory.Sequence(lambda n: n + 1)
    key = "plan"
    alternative = "Postup ve čtyřech krocích"
    caption = "Jak to jde za sebou"
    source = "Kontaktní centrum"


class MaterialFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MaterialFile

    edition = factory.SubFactory(MaterialEditionFactory)
    attachment = factory.LazyAttribute(
        lambda row: stored(SimpleUploadedFile("seznam.txt", "ověřit příjem".encode()), by=row.edition.author)
    )
    position = factory.Sequence(lambda n: n + 1)
    role = FileRole.CHECKLIST
    name = "Co ověřit před smlouvou"
