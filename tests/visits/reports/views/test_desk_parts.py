"""What stands beside the sections: each has a form, which comes back, and is asked before it goes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.documents.parts import actions as parts
from tests.factories.accounts import UserFactory
from tests.factories.reports import (
    LessonWordingFactory,
    ReportAnswerFactory,
    ReportEditionFactory,
    ReportFigureFactory,
    ReportFileFactory,
    ReportSectionFactory,
    picture,
)
from tests.files import waiting_in
from visits.choices import Consent

pytestmark = pytest.mark.django_db

PHOTO = {"alternative": "Dům s dvorem", "consent": Consent.NOBODY}


@pytest.fixture
def edition():
    return ReportEditionFactory()


@pytest.fixture
def client(log_in):
    return log_in("consultant")[0]


def new(edition, part):
    return reverse("desk-visit-report-part-new", args=[edition.document_id, part])


def address(row, verb=""):
    name = f"desk-visit-report-part{verb and '-'}{verb}"
    return reverse(name, args=[row.edition.document_id, row.page, row.pk])


@pytest.mark.parametrize(
    ("part", "rows", "said"),
    [
        ("sections", "sections", {"heading": "Byty", "item": ""}),
        ("figures", "figures", {"text": "V roce 2025 tu bylo sto bytů.", "source": "Výroční zpráva"}),
        ("lessons", "lessons", {"title": "Hlídat nájem", "for_whom": ["mayors", "state"]}),
    ],
)
def test_a_part_is_added(client, edition, part, rows, said):
    response = client.post(new(edition, part), said)

    assert response["Location"] == f"{edition.document.get_desk_url()}#{part}"
    assert getattr(edition, rows).count() == 1
    empty = client.post(new(edition, part), {})
    assert empty.status_code == 422


def test_a_photo_is_asked_what_is_on_it_and_for_consent(client, edition):
    response = client.post(new(edition, "photos"), {"files": picture()})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Vyberte, zda na ní lze někoho poznat." in page
    [ticket] = waiting_in(response)
    client.post(new(edition, "photos"), {**PHOTO, "files_token": ticket})
    photo = edition.files.get()
    assert (photo.alternative, photo.is_photo, photo.attachment.name) == ("Dům s dvorem", True, "dum.jpg")


def test_a_photo_of_40_mb_is_told_beside_the_field_and_what_was_typed_stays(client, edition):
    large = SimpleUploadedFile("velka.jpg", b"\xff\xd8\xff" + bytes(40 * 1024**2), "image/jpeg")

    response = client.post(new(edition, "photos"), {**PHOTO, "files": large})

    page = response.content.decode()
    assert response.status_code == 422
    assert "velka.jpg" in page
    assert "Pošlete menší" in page
    assert "Dům s dvorem" in page
    assert not edition.files.exists()


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("dum.jpg", b"%PDF-1.4 tohle je jen PDF"),
        SimpleUploadedFile("dum.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"),
        SimpleUploadedFile("dum.jpg", picture().read()[:200], "image/jpeg"),
    ],
    ids=["misnamed", "pdf", "broken"],
)
def test_what_is_no_photo_is_refused(client, edition, upload):
    response = client.post(new(edition, "photos"), {**PHOTO, "files": upload})

    assert response.status_code == 422
    assert "Dům s dvorem" in response.content.decode()
    assert not edition.files.exists()


def test_a_photo_stands_in_a_section_of_its_own_edition(client, edition):
    mine, other = ReportSectionFactory(edition=edition), ReportSectionFactory()
    wrong = client.post(new(edition, "photos"), {**PHOTO, "files": picture(), "section": other.pk})
    right = client.post(new(edition, "photos"), {**PHOTO, "files": picture(), "section": mine.pk})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert edition.files.get().section == mine


def test_what_is_said_of_a_photo_is_mended_and_the_file_stays(client):
    photo = ReportFileFactory(consent=Consent.MISSING)
    page = client.get(address(photo)).content.decode()
    assert photo.alternative in page
    assert 'type="file"' not in page

    client.post(address(photo), {**PHOTO, "consent": Consent.GIVEN, "version": "1"})

    photo.refresh_from_db()
    assert (photo.consent, photo.version) == (Consent.GIVEN, 2)


def test_a_document_is_added_and_served_at_the_desk(client, edition):
    text = SimpleUploadedFile("podklad.txt", "Nájem".encode())
    client.post(new(edition, "documents"), {"alternative": "Podklad", "files": text})

    row = edition.files.get()
    served = client.get(reverse("desk-visit-report-part-file", args=[edition.document_id, row.page, row.pk]))
    assert b"".join(served.streaming_content) == "Nájem".encode()
    other = ReportEditionFactory()
    assert (
        client.get(
            reverse("desk-visit-report-part-file", args=[other.document_id, row.page, row.pk])
        ).status_code
        == 404
    )


def test_of_two_who_mend_a_part_the_second_sees_both_texts(client):
    lesson = LessonWordingFactory(title="Hlídat nájem")
    said = {"title": "Hlídat nájem a příjem", "for_whom": ["mayors"]}
    parts.save(lesson, words=said, version=1, by=UserFactory())

    response = client.post(address(lesson), {**said, "title": "Hlídat dům", "version": "1"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Mezitím" in page or "mezitím" in page
    assert "příjem" in page
    assert 'value="Hlídat dům"' in page
    assert 'name="version" value="2"' in page
    assert client.post(address(lesson), {**said, "title": "Hlídat dům", "version": "2"}).status_code == 302


def test_a_part_is_asked_before_it_goes(client):
    figure = ReportFigureFactory()
    assert figure.text in client.get(address(figure, "remove")).content.decode()
    client.post(address(figure, "remove"))

    assert not figure.edition.figures.exists()
    assert client.get(address(figure, "remove")).status_code == 404


def test_a_section_that_somebody_writes_is_not_removed(client):
    section = ReportSectionFactory()
    parts.hold(section, by=UserFactory(name="Eva Malá"))

    response = client.post(address(section, "remove"))

    assert response.status_code == 422
    assert "Eva Malá" in response.content.decode()


def test_parts_are_moved(client, edition):
    first, second = ReportFigureFactory.create_batch(2, edition=edition)
    client.post(address(second, "move"), {"up": "1"})
    assert list(edition.figures.all()) == [second, first]
    client.post(address(second, "move"), {"down": "1"})
    assert list(edition.figures.all()) == [first, second]


def test_answers_are_mended_left_out_and_taken_in_but_not_moved(client, edition):
    answer = ReportAnswerFactory(edition=edition)
    client.post(address(answer), {"wording": "Kdo platí?", "text": "Město.", "version": "1"})
    answer.refresh_from_db()
    assert (answer.wording, answer.text_html) == ("Kdo platí?", "<p>Město.</p>\n")
    assert client.post(address(answer, "move"), {"up": "1"}).status_code == 404
    assert client.get(new(edition, "answers")).status_code == 404

    client.post(address(answer, "remove"))
    assert "1 otázka na cestu ve zprávě není." in client.get(edition.document.get_desk_url()).content.decode()
    client.post(reverse("desk-visit-report-questions", args=[edition.document_id]))
    assert edition.answers.count() == 1


@pytest.mark.parametrize("part", ["nonsense", "files"])
def test_parts_that_there_are_not_are_not_found(client, edition, part):
    assert client.get(new(edition, part)).status_code == 404


def test_nothing_is_added_to_a_report_in_review(client):
    edition = ReportEditionFactory(in_review=True, whole=True)
    said = {"text": "Sto bytů", "source": "web"}

    response = client.post(new(edition, "figures"), said)

    assert response.status_code == 422
    assert "Sto bytů" in response.content.decode()


def test_a_file_that_the_disk_does_not_take_leaves_no_row(client, edition, monkeypatch):
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.files.attachments.DurableFileStorage._save", full)
    client.raise_request_exception = False
    response = client.post(new(edition, "photos"), {**PHOTO, "files": picture()})

    assert response.status_code == 507
    assert not edition.files.exists()


def test_a_picture_is_no_document_since_nobody_would_ask_for_consent(client, edition):
    response = client.post(new(edition, "documents"), {"alternative": "Podklad", "files": picture()})
    assert response.status_code == 422
    assert not edition.files.exists()
