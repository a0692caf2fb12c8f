"""Parts of an edition are written by several people at once, and nothing that was typed is lost."""

from datetime import timedelta

import pytest
import time_machine

from core.documents.models import UnsavedText
from core.documents.parts import actions
from core.states import Conflict, Refused
from studies.texts.kind import TEXTS
from tests.factories.accounts import UserFactory
from tests.factories.material_texts import ChapterFactory, MaterialEditionFactory, MaterialFileFactory

pytestmark = pytest.mark.django_db

CHAPTERS = TEXTS.part_pages[0]


@pytest.fixture
def chapter():
    return ChapterFactory(heading="Nájem", text="Nájem je nízký.")


def test_a_part_is_held_by_one_and_let_go_by_itself(chapter):
    mine, theirs = UserFactory(name="Eva Malá"), UserFactory()
    with time_machine.travel("2026-11-30 10:00+01:00", tick=False) as clock:
        actions.hold(chapter, by=mine)
        with pytest.raises(Refused, match="Eva Malá"):
            actions.hold(chapter, by=theirs)
        clock.shift(timedelta(minutes=14))
        assert actions.keep_holding(chapter, by=mine)
        clock.shift(timedelta(minutes=16))
        actions.hold(chapter, by=theirs)

        assert not actions.keep_holding(chapter, by=mine)
        actions.let_go(chapter, by=mine)
        chapter.refresh_from_db()
        assert chapter.is_held_by(theirs)


def test_saving_keeps_the_version_and_lets_go(chapter):
    writer = UserFactory()
    actions.hold(chapter, by=writer)
    UnsavedText.objects.create(writer=writer, place=actions.place_of(chapter), fields={"text": ["A"]})
    words = {"heading": "Nájem", "text": "Nájem hlídá město."}
    actions.save_held(chapter, words=words, version=1, by=writer)

    chapter.refresh_from_db()
    assert (chapter.text, chapter.version, chapter.holder) == ("Nájem hlídá město.", 2, None)
    assert [row.text for row in chapter.versions.all()] == ["Nájem hlídá město.", "Nájem je nízký."]
    assert writer in chapter.edition.writers.all()
    assert not UnsavedText.objects.exists()


def test_nobody_writes_over_a_colleague(chapter):
    actions.hold(chapter, by=UserFactory())
    words = {"heading": "Nájem", "text": "Moje"}
    with pytest.raises(Conflict):
        actions.save_held(chapter, words=words, version=1, by=UserFactory())
    with pytest.raises(Conflict):
        actions.save_held(chapter, words=words, version=7, by=chapter.holder)


def test_a_version_is_put_back_as_a_new_one(chapter):
    writer = UserFactory()
    actions.save_held(chapter, words={"heading": "Dluhy", "text": "B"}, version=1, by=writer)
    chapter.refresh_from_db()
    actions.put_back(chapter, number=1, version=2, by=writer)

    chapter.refresh_from_db()
    assert (chapter.heading, chapter.text, chapter.version) == ("Nájem", "Nájem je nízký.", 3)


def test_parts_are_added_up_to_a_number_and_moved(chapter):
    writer, edition = UserFactory(), chapter.edition
    more = [
        actions.add(edition, page=CHAPTERS, words={"heading": f"K {number}"}, by=writer) for number in (1, 2)
    ]
    actions.shift(more[1], to=0, by=writer)
    assert [row.heading for row in edition.chapters.all()] == ["K 2", "Nájem", "K 1"]
    actions.shift(more[1], to=50, by=writer)
    assert [row.heading for row in edition.chapters.all()] == ["Nájem", "K 1", "K 2"]

    ChapterFactory.create_batch(CHAPTERS.most - 3, edition=edition)
    with pytest.raises(Refused):
        actions.add(edition, page=CHAPTERS, words={"heading": "Navíc"}, by=writer)


def test_a_part_that_is_not_held_is_guarded_by_its_version():
    row = MaterialFileFactory()
    actions.save(row, words={"name": "Seznam"}, version=1, by=UserFactory())
    row.refresh_from_db()
    assert (row.name, row.version) == ("Seznam", 2)
    with pytest.raises(Conflict):
        actions.save(row, words={"name": "Jiný"}, version=1, by=UserFactory())


def test_what_is_removed_takes_its_file_along_unless_another_edition_has_it():
    row = MaterialFileFactory()
    other = MaterialFileFactory(attachment=row.attachment)
    actions.remove(row, by=UserFactory())
    other.attachment.refresh_from_db()
    file = other.attachment
    actions.remove(other, by=UserFactory())
    assert not type(file).objects.filter(pk=file.pk).exists()


def test_nobody_removes_what_somebody_writes(chapter):
    actions.hold(chapter, by=UserFactory(name="Eva Malá"))
    with pytest.raises(Refused, match="Eva Malá"):
        actions.remove(chapter, by=UserFactory())


def test_nothing_is_written_into_what_is_being_reviewed():
    edition = MaterialEditionFactory(in_review=True, whole=True)
    chapter, writer = edition.chapters.first(), UserFactory()
    for verb in (
        lambda: actions.hold(chapter, by=writer),
        lambda: actions.save_held(chapter, words={"heading": "A", "text": "B"}, version=1, by=writer),
        lambda: actions.add(edition, page=CHAPTERS, words={"heading": "A"}, by=writer),
        lambda: actions.shift(chapter, to=1, by=writer),
        lambda: actions.remove(chapter, by=writer),
    ):
        with pytest.raises(Refused):
            verb()
