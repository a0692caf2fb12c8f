"""What the small world has of texts of materials."""

from typing import Any

from accounts.permissions import Role
from core.documents.choices import State
from core.documents.parts import actions
from municipalities.models import Municipality
from studies.models import MaterialEdition
from tests.factories.material_texts import CHAPTER, MaterialEditionFactory
from tests.factories.studies import MaterialFactory

# Addresses whose answer to a GET is a file, or a step to another page.
NO_PAGES = {
    "desk-material-text-part-file", "material-edition-file", "material-edition-figure",
    "material-edition-pdf", "material-edition-cite", "material-found",
}  # fmt: skip


def build(world: Any, place: Municipality) -> None:
    """A text with an old edition, a published one, and a draft in which somebody writes; one in review."""
    editor, writer = world.accounts[Role.EDITOR], world.accounts[Role.CONSULTANT]
    options = {"whole": True, "document__owner": writer, "published_by": editor}
    old = MaterialEditionFactory(published=True, **options)
    MaterialEdition.objects.filter(pk=old.pk).update(state=State.SUPERSEDED)
    text = old.document
    newer = {"document": text, "author": writer, "change_note_cs": "Doplněno", "change_note_en": "Completed"}
    MaterialEditionFactory(published=True, whole=True, number=2, published_by=editor, **newer)
    draft = MaterialEditionFactory(whole=True, number=3, **newer)
    chapter, boss = draft.chapters.first(), world.accounts[Role.COORDINATOR]
    actions.hold(chapter, by=boss)
    actions.save_held(chapter, words={"heading": "Úvod", "text": CHAPTER}, version=1, by=boss)
    actions.hold(chapter, by=boss)
    MaterialEditionFactory(in_review=True, whole=True, document__owner=writer)
    number, slug = {"pk": text.pk}, {"slug": text.slug}
    edition = {**slug, "number": 1}
    at_chapter = {**number, "part": "chapters", "row": chapter.pk}
    figure = {**number, "part": "figures", "row": draft.figures.get().pk}
    whole = ["", "-edit", "-withdraw", "-whole", "-import"]
    world.arguments |= {
        "material-edition": {**slug, "number": 2},
        "material-edition-whole": edition,
        "material-chapter": {**edition, "chapter": "uvod"},
        "material-text-helpful": slug,
        "material-text-mistake": slug,
        **dict.fromkeys([f"desk-material-text{verb}" for verb in whole], number),
        "desk-material-text-compare": {**number, "number": 3},
        "desk-material-text-begin": {"pk": MaterialFactory().pk},
        "desk-material-text-part": at_chapter,
        "desk-material-text-part-versions": at_chapter,
        "desk-material-text-part-new": {**number, "part": "figures"},
        "desk-material-text-part-remove": figure,
    }
