"""What an edition rests on: written, read back, carried on, and forgotten where nobody understood it."""

from datetime import date

import pytest

from core.documents.law.editions import PROVISIONS
from core.documents.law.models import Provision
from tests.factories.consultations import SummaryEditionFactory
from tests.factories.law import cite

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 1)


def test_what_is_written_is_among_the_words():
    edition = SummaryEditionFactory()
    edition.write_beside({PROVISIONS: [("§ 1 z. č. 108/2006 Sb.", DAY), ("§ 2 z. č. 108/2006 Sb.", DAY)]})
    assert edition.words()[PROVISIONS] == [("§ 1 z. č. 108/2006 Sb.", DAY), ("§ 2 z. č. 108/2006 Sb.", DAY)]
    assert edition.all_texts()["provision_1_citation"] == "§ 2 z. č. 108/2006 Sb."


def test_words_without_them_leave_them():
    edition = SummaryEditionFactory()
    cite(edition)
    edition.write_beside({})
    assert edition.provisions.count() == 1


def test_a_slip_of_the_pen_is_forgotten():
    edition = SummaryEditionFactory()
    edition.write_beside({PROVISIONS: [("Rozsudek ve věci Nováková", DAY), ("§ 1 z. č. 108/2006 Sb.", DAY)]})
    edition.write_beside({PROVISIONS: []})
    assert [row.act for row in Provision.objects.all()] == ["108/2006 Sb."]


def test_what_another_text_cites_stays():
    edition, other = SummaryEditionFactory(), SummaryEditionFactory()
    for one in (edition, other):
        one.write_beside({PROVISIONS: [("metodika ministerstva", DAY)]})
    edition.write_beside({PROVISIONS: []})
    assert [row.citation for row in other.cited()] == ["metodika ministerstva"]
