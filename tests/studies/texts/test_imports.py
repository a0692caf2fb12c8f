"""A text of a word processor comes into a draft behind what is there, and nothing is written over."""

import pytest

from core.states import Refused
from studies.imports.manuscript import MOST_CHAPTERS, Chapter, Manuscript, Picture
from studies.texts.imports import take_over
from tests.factories.accounts import UserFactory
from tests.factories.material_texts import ChapterFactory, MaterialEditionFactory
from tests.studies.imports.documents import picture

pytestmark = pytest.mark.django_db


def manuscript(*texts, pictures=()):
    chapters = [Chapter(f"Kapitola {number}", text) for number, text in enumerate(texts, 1)]
    return Manuscript("", chapters, list(pictures), [])


def red(key="obr-1"):
    return Picture(key, picture().getvalue(), "image/png", "Červený obrázek")


def test_chapters_come_behind_those_that_are_there():
    edition, writer = MaterialEditionFactory(), UserFactory()
    ChapterFactory(edition=edition, heading="První", text="Psáno tady.", position=1)
    take_over(edition, manuscript=manuscript("a", "b"), by=writer)
    rows = list(edition.chapters.values_list("heading", "text", "position"))
    assert rows == [("První", "Psáno tady.", 1), ("Kapitola 1", "a", 2), ("Kapitola 2", "b", 3)]
    assert writer in edition.writers.all()
    assert [row.versions.count() for row in edition.chapters.all()][1:] == [1, 1]


def test_a_chapter_without_a_word_gives_way_unless_somebody_writes_in_it():
    edition, writer = MaterialEditionFactory(), UserFactory()
    ChapterFactory(edition=edition, heading="Prázdná", text="", position=1)
    held = ChapterFactory(edition=edition, heading="Držená", text="", position=2)
    held.holder, held.held_since, held.held_until = writer, held.edition.created_at, held.edition.created_at
    held.save()
    take_over(edition, manuscript=manuscript("a"), by=writer)
    assert list(edition.chapters.values_list("heading", flat=True)) == ["Držená", "Kapitola 1"]


def test_pictures_get_keys_of_their_own_and_the_text_follows():
    edition, writer = MaterialEditionFactory(), UserFactory()
    take_over(edition, manuscript=manuscript("![](figure:obr-1)", pictures=[red()]), by=writer)
    take_over(edition, manuscript=manuscript("![](figure:obr-1)", pictures=[red()]), by=writer)
    assert set(edition.figures.values_list("key", flat=True)) == {"obr-1", "obr-1-2"}
    assert list(edition.chapters.values_list("text", flat=True)) == [
        "![](figure:obr-1)",
        "![](figure:obr-1-2)",
    ]
    assert edition.figures.first().alternative == "Červený obrázek"


def test_a_picture_that_cannot_be_kept_is_left_out():
    edition = MaterialEditionFactory()
    broken = Picture("obr-1", b"no picture", "image/png")
    take_over(edition, manuscript=manuscript("![](figure:obr-1)", pictures=[broken]), by=UserFactory())
    assert not edition.figures.exists()
    assert edition.chapters.count() == 1


def test_two_chapters_of_one_name_have_addresses_of_their_own():
    edition = MaterialEditionFactory()
    twins = Manuscript("", [Chapter("Úvod", "a"), Chapter("Úvod", "b")], [], [])
    take_over(edition, manuscript=twins, by=UserFactory())
    assert len(set(edition.chapters.values_list("slug", flat=True))) == 2


def test_too_many_chapters_are_refused_and_nothing_is_left():
    edition = MaterialEditionFactory()
    before = edition.chapters.count()
    with pytest.raises(Refused):
        take_over(edition, manuscript=manuscript(*["a"] * (MOST_CHAPTERS + 1)), by=UserFactory())
    assert edition.chapters.count() == before


def test_a_published_edition_takes_nothing():
    edition = MaterialEditionFactory(published=True)
    with pytest.raises(Refused):
        take_over(edition, manuscript=manuscript("a"), by=UserFactory())
