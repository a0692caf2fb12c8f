"""The worker makes the PDF of what is published, also where one was killed before."""

import logging

import pytest
from django_tasks_db.models import DBTaskResult

from core.documents import actions as documents
from core.files import attachments
from core.files.attachments import Attachment
from tests.factories.accounts import UserFactory
from tests.factories.reports import ReportEditionFactory
from visits.reports import pdf, tasks

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("minor", [False, True])
def test_publishing_lets_the_worker_make_the_pdf(minor):
    edition = ReportEditionFactory(in_review=True, whole=True, is_minor=minor)

    documents.publish(edition, version=1, by=UserFactory(editor=True))

    queued = DBTaskResult.objects.filter(task_path=tasks.make.module_path).get()
    assert queued.args_kwargs["args"] == [edition.pk]
    tasks.make.func(edition.pk)
    edition.refresh_from_db()
    assert edition.pdf.name == f"{edition.document.slug}-1.pdf"
    assert attachments.read_raw(edition.pdf.key).startswith(b"%PDF-1.7")


def test_a_pdf_is_made_once_however_often_it_is_asked_for():
    edition = ReportEditionFactory(published=True, whole=True)
    for _time in range(2):
        tasks.make.func(edition.pk)

    assert Attachment.objects.count() == 1


def test_what_another_worker_has_made_meanwhile_stays():
    edition = ReportEditionFactory(published=True, whole=True)
    pdf.keep(type(edition).objects.for_page().get(pk=edition.pk))
    pdf.keep(type(edition).objects.for_page().get(pk=edition.pk))

    edition.refresh_from_db()
    assert list(Attachment.objects.all()) == [edition.pdf]


def test_of_a_draft_no_pdf_is_made():
    tasks.make.func(ReportEditionFactory(whole=True).pk)

    assert not Attachment.objects.exists()


def test_what_was_left_without_a_pdf_is_made_later(monkeypatch, caplog):
    assert tasks.next_missing() is None
    broken, whole = ReportEditionFactory.create_batch(2, published=True, whole=True)
    assert tasks.next_missing()
    make = pdf.made

    def breaking(edition):
        if edition == broken:
            raise pdf.CannotMake("no")
        return make(edition)

    monkeypatch.setattr(pdf, "made", breaking)
    with caplog.at_level(logging.CRITICAL, "portal.reports"):
        tasks.make_missing.func()

    broken.refresh_from_db()
    whole.refresh_from_db()
    assert (broken.pdf, bool(whole.pdf)) == (None, True)
    assert broken.pdf_failed_at
    assert tasks.next_missing()

    monkeypatch.setattr(pdf, "made", make)
    tasks.make_again(broken, by=broken.author)
    tasks.make_missing.func()
    broken.refresh_from_db()
    assert (bool(broken.pdf), broken.pdf_failed_at) == (True, None)
