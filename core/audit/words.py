"""Words that the Centre keeps by itself: who changed what, with the words before, and a way back to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import audit
from core.states import update

ADDED, CHANGED = "words.add", "words.change"
RETIRED, TAKEN_UP = "words.retire", "words.take_up"


class OwnWords(models.Model):
    """A row whose words the Centre keeps: changed with a history, never overwritten by a release."""

    # What the portal shipped to each column last; a release follows only where the row still has it.
    shipped = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # Counts the changes, so that two people do not write over each other.
    version = models.PositiveIntegerField(default=1)
    # Since when it is no longer offered; what has it keeps it.
    retired_at = models.DateTimeField(null=True)

    # How people call what can be changed: the field without its language, and its name.
    WORDS: ClassVar[dict[str, Promise]]

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Change:
    """One entry of a history: who, when, what, and each word before and after."""

    entry: audit.AuditEntry
    actor: str
    words: list[dict[str, Any]]

    @property
    def is_change(self) -> bool:
        return self.entry.verb == CHANGED


def add(row: models.Model, *, by: Any) -> None:
    """Store a new row and begin its history."""
    row.save()
    audit.record(ADDED, row, by=by)


def change(row: models.Model, words: Mapping[str, Any], *, by: Any) -> bool:
    """Write the words that differ, guarded on the version that was seen, and keep those before.

    Return whether any differed. Raises Conflict when the row changed meanwhile.
    """
    old = {name: getattr(row, name) for name, word in words.items() if getattr(row, name) != word}
    if not old:
        return False
    new = {name: words[name] for name in old}
    update(row, also=new)
    audit.record(CHANGED, row, by=by, old=_plain(old), new=_plain(new))
    return True


def _plain(words: Mapping[str, Any]) -> dict[str, Any]:
    return {name: word.isoformat() if isinstance(word, date) else word for name, word in words.items()}


def old_words(row: models.Model, entry: audit.AuditEntry) -> dict[str, Any]:
    """Return what stood in the columns before a change, as the row takes it."""
    return {name: row._meta.get_field(name).to_python(word) for name, word in entry.details["old"].items()}


def history(row: OwnWords) -> list[Change]:
    """Return what was done to a row, newest first: two queries, whatever its length."""
    entries = list(audit.entries_of(row).order_by("-id"))
    users = get_user_model().objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    return [Change(entry, _name(users.get(entry.actor_id)), list(_words(row, entry))) for entry in entries]


def _name(user: Any) -> str:
    return str(user.name) if user else ""


def _words(row: OwnWords, entry: audit.AuditEntry) -> Iterable[dict[str, Any]]:
    if entry.verb != CHANGED:
        return
    before, after = entry.details["old"], entry.details["new"]
    for name, old in before.items():
        yield {
            "label": label_of(row, name),
            "old": _shown(row, name, old),
            "new": _shown(row, name, after[name]),
        }


def label_of(row: OwnWords, name: str) -> str:
    """Return how people call a column, with its language where it has one."""
    base = name.removesuffix("_cs").removesuffix("_en")
    label = capfirst(str(row.WORDS.get(base, base)))
    if base == name:
        return label
    said = _("%(field)s in Czech") if name.endswith("_cs") else _("%(field)s in English")
    return said % {"field": label}


def _shown(row: OwnWords, name: str, word: Any) -> Any:
    field = row._meta.get_field(name)
    if field.choices:
        return str(dict(field.flatchoices).get(word, word))
    return field.to_python(word) if isinstance(field, models.DateField) else word
