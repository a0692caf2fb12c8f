"""What readers get: the report, its PDF and its files, as long as it is published."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core import search
from core.documents import actions as documents
from core.documents.choices import State
from core.templatetags.ui import filesize
from tests.factories.accounts import UserFactory
from tests.factories.reports import (
    LessonWordingFactory,
    ReportEditionFactory,
    ReportFileFactory,
    ReportSectionFactory,
    TravelQuestionFactory,
)
from visits.choices import Consent
from visits.models import ReportEdition
from visits.reports import tasks

pytestmark = pytest.mark.django_db


def published(**options: object) -> ReportEdition:
    return ReportEditionFactory(published=True, whole=True, **options)


def address(edition: ReportEdition, name: str = "visit-report", **more: object) -> str:
    return reverse(name, kwargs={"slug": edition.document.slug, **more})


def test_a_report_is_read(client):
    edition = published(title_cs="Co jsme viděli")
    section = edition.sections.get()
    ReportFileFactory(edition=edition, section=section, alternative="Dům s dvorem", caption="Rok 1930")

    page = client.get(address(edition)).content.decode()

    assert edition.document.get_absolute_url() == f"/cs/visits/{edition.document.visit.slug}/report/"
    for said in [
        "Co jsme viděli", section.heading, section.text_html, section.item.place, edition.summary_html_cs,
        edition.answers.get().wording, edition.answers.get().text_html, edition.figures.get().text,
        'href="#source-1"', edition.lessons.get().title, 'alt="Dům s dvorem"', "Rok 1930",
    ]:  # fmt: skip
        assert said in page, said


def test_nobody_is_told_who_asked_a_question(client):
    edition = published()
    question = TravelQuestionFactory(visit=edition.document.visit)
    asked = edition.answers.get().question

    page = client.get(address(edition)).content.decode()

    assert asked.municipality.name not in page
    assert asked.asked_by.name not in page
    assert question.text not in page


def test_an_english_reader_gets_the_summary_and_is_told_of_the_rest(client):
    edition = published(title_en="What we saw in Vienna")
    page = client.get(f"/en/visits/{edition.document.slug}/report/").content.decode()

    assert "What we saw in Vienna" in page
    assert edition.summary_html_en in page
    assert "The rest of the report is in Czech" in page
    assert '" lang="cs">' in page


def test_without_english_the_czech_text_is_marked(client):
    edition = published(title_en="", summary_en="", summary_html_en="")
    page = client.get(f"/en/visits/{edition.document.slug}/report/").content.decode()

    assert "This report is not in English" in page
    assert 'lang="cs"' in page


def test_what_is_written_cannot_run(client):
    edition = published()
    attack = "<script>alert(1)</script>{{ 7|add:7 }}"
    edition.lessons.update(title=attack, text=attack)
    edition.figures.update(text=attack, source=attack)
    edition.sections.update(heading=attack)

    page = client.get(address(edition)).content.decode()

    assert "<script>alert" not in page
    assert "{{ 7|add:7 }}" in page


def test_a_draft_is_nothing_to_readers(client):
    edition = ReportEditionFactory(whole=True)
    photo = ReportFileFactory(edition=edition)

    file = address(edition, "visit-report-file", row=photo.pk)
    for path in (address(edition), address(edition, "visit-report-pdf"), file):
        assert client.get(path).status_code == 404, path
    assert search.find(edition.sections.get().heading, scope=search.PUBLIC).hits == []


def test_files_are_those_of_the_published_edition_alone(client):
    edition = published()
    shown = ReportFileFactory(edition=edition)
    hidden = ReportFileFactory(edition=edition, consent=Consent.MISSING)
    draft = ReportFileFactory(
        edition=ReportEditionFactory(document=edition.document, number=2, author=edition.author)
    )

    type(shown.attachment).objects.update(name="Jana Novotná u stolu.jpg")
    served = client.get(address(edition, "visit-report-file", row=shown.pk))
    assert f'filename="{edition.document.slug}-{shown.pk}.jpg"' in served["Content-Disposition"]
    assert b"".join(served.streaming_content).startswith(b"\xff\xd8")
    for row in (hidden, draft, ReportFileFactory()):
        assert client.get(address(edition, "visit-report-file", row=row.pk)).status_code == 404
    page = client.get(address(edition)).content.decode()
    assert shown.alternative in page
    assert hidden.alternative not in page


def test_the_pdf_is_there_with_its_size_once_it_is_made(client):
    edition = published()
    pdf = address(edition, "visit-report-pdf")
    assert client.get(pdf).status_code == 404
    assert pdf not in client.get(address(edition)).content.decode()

    tasks.make.func(edition.pk)
    edition.refresh_from_db()

    response = client.get(pdf)
    assert f'filename="{edition.document.slug}-1.pdf"' in response["Content-Disposition"]
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    page = client.get(address(edition)).content.decode()
    assert pdf in page
    assert filesize(edition.pdf.size) in page


def test_a_withdrawn_report_says_why_and_gives_nothing_away(client):
    edition = published()
    photo = ReportFileFactory(edition=edition)
    tasks.make.func(edition.pk)
    edition.refresh_from_db()
    documents.withdraw(edition, reason="Neplatí.", version=edition.version, by=UserFactory(editor=True))

    response = client.get(address(edition))
    page = response.content.decode()
    assert response.status_code == 410
    assert "Neplatí." in page
    assert edition.sections.get().heading not in page
    assert client.get(address(edition, "visit-report-pdf")).status_code == 404
    assert client.get(address(edition, "visit-report-file", row=photo.pk)).status_code == 404


def test_earlier_changes_are_told(client):
    before = published()
    ReportEdition.objects.update(state=State.SUPERSEDED)
    edition = ReportEditionFactory(
        published=True, document=before.document, number=2, change_note_cs="Doplnili jsme nájem.",
        published_at=timezone.now(),
    )  # fmt: skip
    ReportSectionFactory(edition=edition)
    LessonWordingFactory(edition=edition)

    assert "Doplnili jsme nájem." in client.get(address(edition)).content.decode()


def test_the_page_of_the_visit_leads_to_the_report(client):
    edition = published()
    page = client.get(edition.document.visit.get_absolute_url()).content.decode()

    assert edition.document.get_absolute_url() in page
    assert edition.lessons.get().title in page


def test_the_desks_page_of_the_visit_tells_how_far_the_report_is(log_in):
    client, _user = log_in("consultant")
    edition = ReportEditionFactory(whole=True)
    page = client.get(f"{edition.document.visit.get_desk_url()}?tab=report").content.decode()

    assert edition.document.get_desk_url() in page
    assert edition.sections.get().heading in page
