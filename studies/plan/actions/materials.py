"""Writing a material down: a new one, its words changed and put back, put away and taken up again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from core import audit, search
from core.audit import words as own_words
from core.audit.words import Sets, last_place
from core.states import check_seen, refuse_for, verb
from studies.choices import OUT
from studies.models import Material
from studies.plan.loading import found_material

DELAY = "delay_reason_cs"


def reasons_of_role(by: User) -> list[str]:
    """Return why `by` cannot keep the plan; empty when nothing stands against it."""
    return by.reasons_without(Permission.MANAGE_MATERIALS, _("Your role does not keep the expert materials."))


def faults_of(material: Any) -> dict[str, str]:
    """Return what is wrong with the words of a material, by the name of the column."""
    faults = {}
    if not material.title_cs and material.state in OUT:
        faults["title_cs"] = _("It is out: write the Czech title that readers find it by.")
    elif not material.title_cs and not material.place:
        faults["title_cs"] = _("Write a Czech title. Only a place of the plan may be without one.")
    czech, english = material.topics_cs, material.topics_en
    if english and len(english) != len(czech):
        faults["topics_en"] = _("Write as many topics as in Czech, in the same order.")
    if material.year and material.year > timezone.localdate().year:
        faults["year"] = _("This year is yet to come.")
    if material.deputy_id and material.deputy_id == material.owner_id:
        faults["deputy_id"] = _("Nobody stands in for themselves. Choose somebody else.")
    if lacks_reason(material):
        faults[DELAY] = _("It is late, and the plan is public: write why.")
    return faults


def lacks_reason(material: Material) -> bool:
    """Tell whether the public sees that a material is late and does not read why."""
    return material.is_public and material.is_late and not material.delay_reason


def _as_it_would_be(material: Material, words: Mapping[str, Any]) -> Material:
    fields = {field.attname: getattr(material, field.attname) for field in material._meta.concrete_fields}
    return Material(**{**fields, **words})


def _reasons_against_words(material: Material, *, asks_why: bool = True) -> list[str]:
    faults = faults_of(material)
    if not asks_why:
        faults.pop(DELAY, None)
    reasons = list(faults.values())
    others = Material.objects.exclude(pk=material.pk)
    if material.place and others.filter(place=material.place).exists():
        reasons.append(_("Another material has this place of the plan."))
    return reasons


@transaction.atomic
def add(*, words: Mapping[str, Any], sets: Sets, by: User) -> Material:
    """Write down a new material, which the public sees once it is out, or has a place of the plan.

    `words` are its columns by name, `sets` its rows of many to many. Raises Refused with what is wrong.
    """
    material: Any = Material(**words, position=last_place(Material))
    refuse_for(reasons_of_role(by) + _reasons_against_words(material))
    material.slug = own_words.free_slug(Material, material.title_cs or material.title_en)
    own_words.add(material, by=by)
    for name, rows in sets.items():
        getattr(material, name).set(rows)
    find_anew(material)
    return material


@transaction.atomic
def change(material: Material, *, words: Mapping[str, Any], sets: Sets, version: int, by: User) -> bool:
    """Change the words of a material, seen as `version`, and keep those before; return whether any differed.

    Raises Refused with what is wrong, Conflict when it changed meanwhile.
    """
    check_seen(material, version)
    refuse_for(reasons_of_role(by) + _reasons_against_words(_as_it_would_be(material, words)))
    return _write(material, words, sets, by)


@verb(against=reasons_of_role, versioned=True)
def put_back(material: Material, *, entry: audit.AuditEntry, version: int, by: User) -> None:
    """Let the words before a change stand again, which itself is a change; also where they told no delay.

    Raises Refused when they do not fit what stands beside them today, Conflict when it changed meanwhile.
    """
    words, sets = own_words.before(material, entry)
    refuse_for(_reasons_against_words(_as_it_would_be(material, words), asks_why=False))
    _write(material, words, sets, by)


def _write(material: Material, words: Mapping[str, Any], sets: Sets, by: User) -> bool:
    # A text that nobody has given in a language is empty, whichever way the database says so.
    words = {
        name: word
        for name, word in words.items()
        if word not in ("", []) or getattr(material, name) is not None
    }
    if not own_words.change(material, words, by=by, sets=sets):
        return False
    find_anew(material)
    return True


def reasons_against_putting_away(material: Material, *, by: User) -> list[str]:
    """Return why a material cannot be put away; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if material.place:
        reasons.append(_("It is a place of the plan of thirteen, which stays whole."))
    return reasons


@verb(against=reasons_against_putting_away, versioned=True)
def put_away(material: Material, *, version: int, by: User) -> None:
    """Offer a material no more; the page of one that was out stays and says so.

    Raises Refused with what stands against it, Conflict when it changed meanwhile.
    """
    own_words.set_in_use(material, in_use=False, by=by)
    find_anew(material)


@verb(against=reasons_of_role, versioned=True)
def take_up(material: Material, *, version: int, by: User) -> None:
    """Offer a material again that was put away.

    Raises Refused when `by` may not, Conflict when it changed meanwhile.
    """
    own_words.set_in_use(material, in_use=True, by=by)
    find_anew(material)


def find_anew(material: Material) -> None:
    """Write anew how the public finds a material; one that no public list shows is not found."""
    row = Material.objects.published().for_list().filter(pk=material.pk).first()
    if row:
        search.put_many([found_material(row)], scope=search.PUBLIC)
    else:
        search.drop("material", material.pk)
