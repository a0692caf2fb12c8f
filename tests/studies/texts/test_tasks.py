"""The worker makes the PDF of what is published."""

import pytest

from core.documents.pdf.setting import CannotMake
from studies.exports import pdf
from studies.models import MaterialEdition
from studies.texts import tasks
from tests.factories.material_texts import MaterialEditionFactory

pytestmark = pytest.mark.django_db


def fresh(edition):
    return MaterialEdition.objects.for_page().get(pk=edition.pk)


def test_it_makes_the_pdf_of_a_published_edition():
    edition = MaterialEditionFactory(published=True, whole=True)
    tasks.make.call(edition.pk)
    assert fresh(edition).pdf.content_type == "application/pdf"
    assert tasks.next_missing() is None


def test_a_draft_gets_none():
    edition = MaterialEditionFactory(whole=True)
    tasks.make.call(edition.pk)
    assert fresh(edition).pdf is None


def test_what_could_not_be_made_is_tried_again(monkeypatch, caplog):
    def broken(_edition):
        raise CannotMake("a picture cannot be read")

    edition = MaterialEditionFactory(published=True, whole=True)
    with monkeypatch.context() as patched:
        patched.setattr(pdf, "keep", broken)
        tasks.make.call(edition.pk)
    assert "no PDF of the edition" in caplog.text
    assert tasks.next_missing() is not None
    tasks.make_missing.call()
    assert fresh(edition).pdf is not None
