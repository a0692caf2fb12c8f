"""Reports of visits, their editions and parts for tests."""

from io import BytesIO

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.documents import markdown
from tests.factories.accounts import UserFactory
from tests.factories.documents import EditionFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.visits import StudyVisitFactory
from tests.files import stored
from visits.choices import Consent, ForWhom, VisitState
from visits.models import (
    Lesson,
    LessonWording,
    ProgrammeItem,
    Report,
    ReportAnswer,
    ReportEdition,
    ReportFigure,
    ReportFile,
    ReportSection,
    TravelQuestion,
)


class ProgrammeItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeItem

    visit = factory.SubFactory(StudyVisitFactory, state=VisitState.REPORTING)
    position = factory.Sequence(lambda n: n + 1)
    title_cs = factory.Sequence(lambda n: f"Návštěva domu {n}")
    place = "Vídeň"


class TravelQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TravelQuestion

    visit = factory.SubFactory(StudyVisitFactory, state=VisitState.REPORTING)
    municipality = factory.SubFactory(MunicipalityFactory)
    text = factory.Sequence(lambda n: f"Kolik stojí byt číslo {n}?")
    asked_by = factory.SubFactory(UserFactory, official=True)


class ReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Report

    visit = factory.SubFactory(StudyVisitFactory, state=VisitState.REPORTING)
    slug = factory.SelfAttribute("visit.slug")
    owner = factory.SubFactory(UserFactory)


class ReportEditionFactory(EditionFactory):
    """An edition with a summary; with `whole=True` it has one part of each kind but files."""

    class Meta:
        model = ReportEdition

    document = factory.SubFactory(ReportFactory)
    author = factory.SelfAttribute("document.owner")
    title_cs = factory.Sequence(lambda n: f"Zpráva z cesty {n}")
    title_en = factory.Sequence(lambda n: f"Report of a visit {n}")
    summary_cs = "Dům **patří** městu a nájem je nízký."
    summary_en = "The house belongs to the city and the rent is low."
    summary_html_cs = factory.LazyAttribute(lambda row: markdown.render(row.summary_cs))
    summary_html_en = factory.LazyAttribute(lambda row: markdown.render(row.summary_en))

    @factory.post_generation
    def whole(self, create: bool, wanted: bool | None, **_fields: object) -> None:
        """With `whole=True` there is a section, an answer, a figure and a lesson."""
        if create and wanted:
            item = ProgrammeItemFactory(visit=self.document.visit)
            ReportSectionFactory(edition=self, item=item)
            ReportAnswerFactory(edition=self)
            ReportFigureFactory(edition=self)
            LessonWordingFactory(edition=self)


class ReportSectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportSection
        skip_postgeneration_save = True

    edition = factory.SubFactory(ReportEditionFactory)
    position = factory.Sequence(lambda n: n + 1)
    heading = factory.Sequence(lambda n: f"Sociální bydlení ve městě {n}")
    text = "Byty spravuje město.\n\n## Nájem\n\nNájem je **nízký**."
    text_html = factory.LazyAttribute(lambda row: markdown.render(row.text, below=2))

    @factory.post_generation
    def first_version(self, create: bool, wanted: bool | None, **_fields: object) -> None:
        if create:
            self.keep_version(self.edition.author)


class ReportAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportAnswer

    edition = factory.SubFactory(ReportEditionFactory)
    question = factory.SubFactory(
        TravelQuestionFactory, visit=factory.SelfAttribute("..edition.document.visit")
    )
    wording = factory.SelfAttribute("question.text")
    text = "Stojí deset eur na metr."
    text_html = factory.LazyAttribute(lambda row: markdown.render(row.text, below=3))


class ReportFigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportFigure

    edition = factory.SubFactory(ReportEditionFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"V roce 2025 tu bylo {n} bytů.")
    source = "Výroční zpráva, https://www.example.org/zprava"


class LessonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lesson

    report = factory.SubFactory(ReportFactory)
    number = factory.Sequence(lambda n: n + 1)


class LessonWordingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LessonWording

    edition = factory.SubFactory(ReportEditionFactory)
    lesson = factory.SubFactory(LessonFactory, report=factory.SelfAttribute("..edition.document"))
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Nájem hlídá město, krok {n}")
    text = "Jednou za rok se nájem srovná s příjmem."
    for_whom = [ForWhom.MUNICIPALITIES, ForWhom.MAYORS]


def picture(
    name: str = "dum.jpg", size: tuple[int, int] = (640, 480), **options: object
) -> SimpleUploadedFile:
    """Return a photo as somebody uploads it."""
    out = BytesIO()
    Image.new("RGB", size, "steelblue").save(out, "JPEG", **options)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


class ReportFileFactory(factory.django.DjangoModelFactory):
    """A photo; a document with `is_photo=False`."""

    class Meta:
        model = ReportFile

    edition = factory.SubFactory(ReportEditionFactory)
    attachment = factory.LazyAttribute(lambda row: stored(picture(), by=row.edition.author))
    position = factory.Sequence(lambda n: n + 1)
    alternative = factory.Sequence(lambda n: f"Dům s dvorem, pohled {n}")
    caption = "Dům z roku 1930"
    is_photo = True
    consent = Consent.NOBODY
