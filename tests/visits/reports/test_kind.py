"""A report is looked through for personal data in every part, and its pages cost the same at any length."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.documents import actions as documents
from core.documents.choices import State
from core.documents.parts import actions as parts
from tests.factories.accounts import UserFactory
from tests.factories.reports import (
    LessonWordingFactory,
    ReportAnswerFactory,
    ReportEditionFactory,
    ReportFigureFactory,
    ReportFileFactory,
    ReportSectionFactory,
)
from visits.models import Attendee, ReportEdition
from visits.reports.kind import REPORTS, finds

pytestmark = pytest.mark.django_db

TENANT = "Ve třetím bytě bydlí Božena Nováková."


def found_in(edition: ReportEdition) -> list[tuple[str, str]]:
    fresh = ReportEdition.objects.get(pk=edition.pk)
    return [(one.field, one.found) for one in finds(fresh)]


def test_a_tenants_name_is_found_in_every_part():
    edition = ReportEditionFactory()
    rows = {
        "sections": ReportSectionFactory(edition=edition, text="Ve třetím bytě bydlí Bož**ena** Nováková."),
        "answers": ReportAnswerFactory(edition=edition, text=TENANT),
        "figures": ReportFigureFactory(edition=edition, text=TENANT),
        "files": ReportFileFactory(edition=edition, alternative=TENANT),
        "lessons": LessonWordingFactory(edition=edition, text=TENANT),
    }

    found = found_in(edition)

    fields = ["text", "text", "text", "alternative", "text"]
    assert found == [
        (f"{part}_{row.pk}_{field}", "Božena Nováková")
        for (part, row), field in zip(rows.items(), fields, strict=True)
    ]
    one = finds(ReportEdition.objects.get(pk=edition.pk))[1]
    assert REPORTS.check.where(edition, one) == rows["answers"].get_desk_url()


def test_a_name_blocks_until_it_is_removed_or_justified():
    edition = ReportEditionFactory(whole=True)
    section = edition.sections.get()
    type(section).objects.update(text=TENANT)
    fresh = ReportEdition.objects.get(pk=edition.pk)
    [reason] = documents.reasons_against_submitting(fresh)
    assert "Božena Nováková" in reason

    [one] = finds(fresh)
    documents.justify(fresh, key=one.key, reason="", by=edition.author)
    assert documents.reasons_against_submitting(fresh) == []

    said = {"heading": "Byty", "text": "Ve třetím bytě bydlí rodina."}
    parts.save_held(section, words=said, version=1, by=edition.author)
    assert found_in(edition) == []


def test_who_went_is_looked_for_by_name():
    edition = ReportEditionFactory()
    visit = edition.document.visit
    Attendee.objects.create(
        visit=visit, name="Jan Mlynář", email="jan@example.org", named_by=UserFactory(), link_digest="a" * 64
    )
    ReportSectionFactory(edition=edition, text="Nájem se platí předem, říkal Mlynářovi.")

    assert [found for _field, found in found_in(edition)] == ["Mlynářovi"]


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def grown(edition: ReportEdition) -> None:
    for _more in range(3):
        section = ReportSectionFactory(edition=edition)
        if edition.state == State.DRAFT:
            parts.hold(section, by=UserFactory())
        ReportFileFactory(edition=edition, section=section)
        ReportAnswerFactory(edition=edition)
        ReportFigureFactory(edition=edition)
        LessonWordingFactory(edition=edition)


def test_the_public_page_costs_the_same_however_long_a_report_is(client):
    edition = ReportEditionFactory(published=True, whole=True)
    ReportFileFactory(edition=edition)
    address = reverse("visit-report", args=[edition.document.slug])
    before = cost(client, address)
    grown(edition)

    assert cost(client, address) == before == 6


def test_the_desks_page_costs_the_same_however_long_a_report_is(log_in):
    client, _user = log_in("editor")
    edition = ReportEditionFactory(whole=True)
    ReportFileFactory(edition=edition)
    parts.hold(edition.sections.get(), by=UserFactory())
    address = edition.document.get_desk_url()
    before = cost(client, address)
    grown(edition)

    assert cost(client, address) == before
