"""A text is begun from what is known of its material, and the plan follows what becomes of it."""

import pytest
import time_machine

from core import search
from core.documents import actions as documents
from core.documents.choices import State
from core.states import Refused
from studies.choices import PlanState
from studies.models import MaterialReads
from studies.texts import actions
from tests.factories.accounts import UserFactory
from tests.factories.material_texts import MaterialEditionFactory, MaterialTextFactory
from tests.factories.studies import MaterialFactory

pytestmark = pytest.mark.django_db


def published(**fields):
    """Publish a whole edition by the verbs; return it."""
    edition = MaterialEditionFactory(in_review=True, whole=True, **fields)
    documents.publish(edition, version=edition.version, by=UserFactory(editor=True))
    return edition


def found(words):
    return [hit.title for hit in search.find(words, scope=search.PUBLIC).hits]


class TestBegin:
    def test_it_begins_with_what_is_known_and_an_introduction(self):
        material = MaterialFactory(
            state=PlanState.COMMISSIONED, authors_cs=["Jana Nová", "Petr Malý"], publisher_cs="MPSV"
        )
        edition = actions.begin(material, by=UserFactory())

        assert edition.document.slug == material.slug
        assert (edition.title_cs, edition.title_en) == (material.title_cs, material.title_en)
        assert (edition.authors, edition.publisher) == ("Jana Nová\nPetr Malý", "MPSV")
        assert [row.heading for row in edition.chapters.all()] == ["Úvod"]
        material.refresh_from_db()
        assert material.state == PlanState.DRAFTED

    def test_what_can_be_read_elsewhere_stays_published_in_the_plan(self):
        material = MaterialFactory(state=PlanState.PUBLISHED)
        actions.begin(material, by=UserFactory())

        material.refresh_from_db()
        assert material.state == PlanState.PUBLISHED

    def test_there_is_one_text_of_a_material(self):
        text = MaterialTextFactory()
        with pytest.raises(Refused, match="už existuje"):
            actions.begin(text.material, by=UserFactory())


class TestPublishing:
    def test_the_plan_says_that_it_can_be_read(self):
        edition = published()
        edition.document.material.refresh_from_db()
        assert edition.document.material.state == PlanState.PUBLISHED

    def test_chapters_are_found_and_the_text_by_its_short_version(self):
        edition = published(short_version_cs="Kdo má strach, zavolá vrátného.")

        assert "Úvod" in found("sepsat smlouvu")
        assert found("vrátného") == [edition.document.material.title_cs]

    def test_a_newer_edition_takes_the_place_of_the_old_one(self):
        edition = published()
        editor = UserFactory()
        after = documents.new_edition(edition.document, by=editor)
        chapter = after.chapters.first()
        chapter.take_over({"heading": "Na začátek", "text": "Domovník pomáhá.\n\n## Ceny {#ceny}"})
        chapter.save()
        after.change_note_cs = "Doplněno"
        after.save()
        documents.submit(after, version=after.version, by=editor)
        documents.publish(after, version=after.version, by=UserFactory(editor=True))

        assert found("sepsat smlouvu") == []
        assert found("domovník") == ["Na začátek"]
        assert [row.key for row in after.figures.all()] == ["plan"]
        assert [row.slug for row in after.chapters.all()] == ["uvod", "jak-zacit"]

    def test_what_is_withdrawn_is_found_no_more_and_the_plan_follows(self):
        edition = published(document__material__place=3)
        documents.withdraw(edition, reason="Chyba ve výpočtu", version=edition.version, by=UserFactory())

        assert edition.state == State.WITHDRAWN
        assert found("sepsat smlouvu") == []
        edition.document.material.refresh_from_db()
        assert edition.document.material.state == PlanState.DRAFTED


def test_reads_are_counted_by_the_day():
    text = MaterialTextFactory()
    with time_machine.travel("2026-11-30 10:00+01:00", tick=False) as clock:
        actions.count_read(text)
        actions.count_read(text)
        clock.shift(24 * 3600)
        actions.count_read(text)

    assert list(MaterialReads.objects.order_by("on").values_list("count", flat=True)) == [2, 1]
