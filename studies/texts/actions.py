"""How the text of a material comes to be: begun from what is known of it, published, read."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import search
from core.documents import actions as documents
from core.states import may_move, move, verb
from studies.choices import PlanState
from studies.models import Material, MaterialEdition, MaterialReads, MaterialText
from studies.plan.loading import found_material
from studies.texts import tasks

# What has not been begun yet.
TO_COME = (PlanState.ANNOUNCED, PlanState.COMMISSIONED)


# Who has a word before a text is published: it returns why that has to wait.
Check = Callable[[MaterialEdition], list[str]]
_checks: list[Check] = []


def when_publishing(check: Check) -> None:
    """Let `check` say what stands against publishing an edition; called in the app's ready()."""
    _checks.append(check)


def reasons_of_others(edition: MaterialEdition) -> list[str]:
    """Return what others say against publishing an edition."""
    return [reason for check in _checks for reason in check(edition)]


def reasons_against_beginning(material: Material) -> list[str]:
    """Return why a text cannot be begun; empty when it can."""
    if MaterialText.objects.filter(material=material).exists():
        return [_("There is a text of this material already.")]
    if not material.is_in_use:
        return [_("A material that was put away gets no text.")]
    return []


def _lock(material: Material) -> None:
    Material.objects.select_for_update().get(pk=material.pk)


@verb(against=reasons_against_beginning, lock=_lock)
def begin(material: Material, *, by: Any) -> MaterialEdition:
    """Begin the text of a material with what is known of it, and an introduction to be written."""
    text = MaterialText(material=material, slug=material.slug, owner=by, is_demo=material.is_demo)
    with override("cs"):
        words = _first_words(material)
    edition: Any = documents.start(text, words=words, by=by, material=material.pk)
    if material.state in TO_COME:
        move(material, PlanState.DRAFTED)
    return edition


def _first_words(material: Any) -> dict[str, Any]:
    heading = _("Introduction")
    return {
        "title_cs": material.title_cs or material.get_kind_display() or _("Text without a title"),
        "title_en": material.title_en or "",
        "abstract_cs": (material.abstract_cs or "")[:3000],
        "abstract_en": (material.abstract_en or "")[:3000],
        "authors": "\n".join(material.authors_cs or []),
        "publisher": material.publisher_cs or "",
        "chapters": [{"position": 1, "heading": heading, "slug": "uvod", "text": ""}],
    }


def tell_published(edition: MaterialEdition) -> None:
    """Let the plan say that the material can be read, and let it be found by what it says."""
    _move(edition, PlanState.PUBLISHED)
    _find_anew(edition)
    tasks.make_soon(edition)


def tell_withdrawn(edition: MaterialEdition) -> None:
    """Let the plan say that the material is being written again; what stands beside it keeps its page."""
    if edition.document.material.place is not None:
        _move(edition, PlanState.DRAFTED)
    _find_anew(edition)


def _find_anew(edition: MaterialEdition) -> None:
    rows = Material.objects.published().for_list().filter(pk=edition.document.material_id)
    search.put_many(map(found_material, rows), scope=search.PUBLIC)


def _move(edition: MaterialEdition, to: PlanState) -> None:
    material = Material.objects.get(pk=edition.document.material_id)
    if may_move(material, to):
        move(material, to)


@transaction.atomic
def count_read(text: MaterialText, *, by: Any = None) -> None:
    """Count that somebody has opened a page of a text today; nothing of who it was is kept."""
    rows, today = MaterialReads.objects.filter(text=text), timezone.localdate()
    if not rows.filter(on=today).update(count=F("count") + 1):
        rows.get_or_create(text=text, on=today)
        rows.filter(on=today).update(count=F("count") + 1)
