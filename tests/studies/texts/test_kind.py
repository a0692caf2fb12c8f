"""What stands against showing a text, and what its editions say."""

import pytest

from core.documents import actions as documents
from core.documents.parts import actions
from studies.models import MaterialEdition, MaterialFigure
from studies.texts import kind
from studies.texts.kind import TEXTS
from tests.factories.accounts import UserFactory
from tests.factories.material_texts import ChapterFactory, MaterialEditionFactory, MaterialFigureFactory

pytestmark = pytest.mark.django_db


def against(edition):
    return kind.reasons_against(type(edition).objects.get(pk=edition.pk))


def test_nothing_stands_against_a_whole_text():
    assert against(MaterialEditionFactory(whole=True)) == []


def test_english_title_and_abstract_are_demanded():
    edition = MaterialEditionFactory(whole=True, title_en="", abstract_en="")
    assert against(edition) == ["Doplňte název a anotaci také anglicky."]


def test_chapters_are_there_and_say_something():
    assert against(MaterialEditionFactory()) == ["Text nemá žádnou kapitolu."]
    empty = ChapterFactory(heading="Nájem", text="")
    assert against(empty.edition) == ["Kapitola „Nájem“ je prázdná."]


def test_references_lead_somewhere_and_figures_are_there():
    chapter = ChapterFactory(heading="Nájem", text="Viz [](#nikam).\n\n![](figure:mapa)\n")
    assert against(chapter.edition) == [
        "V kapitole „Nájem“ odkaz nikam nevede: #nikam.",
        "Kapitola „Nájem“ ukazuje obrázek, který tu není: mapa.",
    ]
    MaterialFigureFactory(edition=chapter.edition, key="mapa")
    assert len(against(chapter.edition)) == 1


def test_it_is_said_what_is_on_each_figure():
    chapter = ChapterFactory(text="![](figure:mapa) ")
    figure = MaterialFigureFactory(edition=chapter.edition, key="mapa", alternative="")
    assert against(chapter.edition) == ["Napište, co je na obrázku „mapa“."]
    MaterialFigure.objects.filter(pk=figure.pk).update(is_decorative=True)
    assert against(MaterialEdition.objects.for_page().get(pk=chapter.edition_id)) == []


def test_whoever_writes_stands_in_the_way():
    chapter = ChapterFactory(heading="Nájem")
    actions.hold(chapter, by=UserFactory(name="Eva Malá"))
    [reason] = against(chapter.edition)
    assert reason.startswith("V části „Nájem“ právě píše Eva Malá")


def test_personal_data_is_found_in_chapters_but_authors_are_named():
    edition = MaterialEditionFactory(authors="Jana Nováková")
    chapter = ChapterFactory(edition=edition, text="Napsala Jana Nováková. Volejte 777 123 456.")
    finds = TEXTS.check.finds(edition)

    assert [(one.kind, one.field) for one in finds] == [("phone", f"chapters_{chapter.pk}_text")]
    assert TEXTS.check.where(edition, finds[0]) == chapter.get_desk_url()


def test_editions_are_compared_chapter_by_chapter():
    edition = MaterialEditionFactory(published=True, whole=True)
    after = documents.new_edition(edition.document, by=UserFactory())
    chapter = after.chapters.get(slug="uvod")
    chapter.take_over({"heading": "Na úvod", "text": "Nově."})
    chapter.save()
    after = type(after).objects.get(pk=after.pk)

    told = TEXTS.form(edition=after).differences(edition.words(), after.words())
    assert [one["label"] for one in told] == ["Kapitola „Na úvod“"]
    assert told[0]["before"].startswith("Úvod\n\nObec pomáhá")
    assert told[0]["after"] == "Na úvod\n\nNově."
