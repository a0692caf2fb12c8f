"""Two editions are compared part by part, each part beside its own."""

import pytest

from core.documents import actions as documents
from core.documents.parts import actions as parts
from core.documents.parts.differences import differences_of
from tests.factories.accounts import UserFactory
from tests.factories.reports import ReportEditionFactory
from visits.reports.differences import COMPARED
from visits.reports.kind import REPORTS

PAGES = {page.name: page for page in REPORTS.part_pages}
pytestmark = pytest.mark.django_db


def test_each_part_stands_beside_its_own():
    before = ReportEditionFactory(published=True, whole=True)
    after, person = documents.new_edition(before.document, by=UserFactory()), UserFactory()
    section, lesson, figure = after.sections.get(), after.lessons.get(), after.figures.get()
    said = {"heading": "Jiný nadpis", "text": "Jiný text."}
    parts.save_held(section, words=said, version=1, by=person)
    parts.save(lesson, words={"title": "Nové poučení", "for_whom": ["state"]}, version=1, by=person)
    parts.remove(figure, by=person)
    parts.add(after, page=PAGES["figures"], words={"text": "Sto bytů", "source": "web"}, by=person)

    fresh = type(after).objects.get(pk=after.pk)
    found = differences_of(before.words(), fresh.words(), COMPARED)

    assert [(one["label"], bool(one["before"]), bool(one["after"])) for one in found] == [
        ("Oddíl „Jiný nadpis“", True, True),
        ("Údaj „Sto bytů“", False, True),
        (f"Údaj „{figure.text}“", True, False),
        ("Poučení „Nové poučení“", True, True),
    ]
    assert found[0]["after"] == "Jiný nadpis\n\nJiný text."
    assert found[3]["after"].endswith("stát")


def test_words_without_parts_have_nothing_to_compare():
    assert differences_of({"title_cs": "a"}, {"title_cs": "b"}, COMPARED) == []
