"""Words that the Centre keeps by itself: who changed what, with the words before, and a way back to them."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst, slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core import audit
from core.privacy import tags_of
from core.states import update

ADDED, CHANGED = "words.add", "words.change"
RETIRED, TAKEN_UP, MOVED = "words.retire", "words.take_up", "words.move"
MERGED, TOOK_OVER = "words.merge", "words.take_over"


# What a verb did, by its name without its kind.
DONE = {
    "add": gettext_lazy("added it"),
    "change": gettext_lazy("changed the words"),
    "retire": gettext_lazy("retired it"),
    "take_up": gettext_lazy("took it up again"),
    "move": gettext_lazy("moved it in the list"),
    "merge": gettext_lazy("merged it into another one"),
    "mark": gettext_lazy("marked it as changed"),
}


# Rows by the names of the fields of many to many that hold them.
Sets = Mapping[str, Iterable[Any]]


class OwnWordsQuerySet(models.QuerySet[Any]):
    def in_use(self, *also: int | None) -> "OwnWordsQuerySet":
        """Return what is offered, without what was retired; `also` those rows that something has already."""
        return self.filter(models.Q(retired_at=None) | models.Q(pk__in=[pk for pk in also if pk]))


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

    objects: ClassVar[Any] = OwnWordsQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_in_use(self) -> bool:
        return self.retired_at is None

    @property
    def bare_name(self) -> str:
        """How it is called where it is said beside it whether it is in use."""
        return str(self)


@dataclass(frozen=True)
class Change:
    """One entry of a history: who, when, what, and each word before and after."""

    entry: audit.AuditEntry
    actor: str
    words: list[dict[str, Any]]

    @property
    def is_change(self) -> bool:
        """Whether there are words before it that could stand again."""
        return self.entry.verb == CHANGED and bool(self.entry.details["old"])

    @property
    def done(self) -> str:
        """What was done, behind who did it."""
        if self.entry.verb == TOOK_OVER:
            return _("merged “%(name)s” into it") % {"name": _name_then(self.entry)}
        return str(DONE.get(self.entry.verb.partition(".")[2], ""))


def add(row: models.Model, *, by: Any) -> None:
    """Store a new row and begin its history."""
    row.save()
    audit.record(ADDED, row, by=by)


def change(
    row: models.Model,
    words: Mapping[str, Any],
    *,
    by: Any,
    sets: Sets | None = None,
    also: Mapping[str, Any] | None = None,
) -> bool:
    """Write the words that differ, guarded on the version that was seen, and keep those before.

    `sets` are the rows of fields of many to many, `also` columns that follow and stand in no history. Return
    whether anything differed. Raises Conflict when the row changed meanwhile.
    """
    old = {name: getattr(row, name) for name, word in words.items() if getattr(row, name) != word}
    wanted = {name: sorted({one.pk for one in rows}) for name, rows in (sets or {}).items()}
    before = {name: sorted(getattr(row, name).values_list("pk", flat=True)) for name in wanted}
    changed = {name for name in wanted if wanted[name] != before[name]}
    if not old and not changed:
        return False
    new = {name: words[name] for name in old}
    update(row, also={**new, **(also or {})})
    for name in changed:
        getattr(row, name).set(wanted[name])
    old_sets, new_sets = ({name: pks[name] for name in changed} for pks in (before, wanted))
    unsaid = sorted(_personal(row) & old.keys())
    kept_old, kept_new = ({name: told[name] for name in told if name not in unsaid} for told in (old, new))
    details: dict[str, Any] = {"unsaid": unsaid} if unsaid else {}
    audit.record(
        CHANGED, row, by=by, old=_plain(kept_old) | old_sets, new=_plain(kept_new) | new_sets, **details
    )
    return True


def _personal(row: models.Model) -> set[str]:
    """Return the columns whose words are a person's: a history outlives the person, and keeps none."""
    tags = tags_of(type(row))
    return {*tags.personal, *tags.sensitive} if tags else set()


def set_in_use(row: OwnWords, *, in_use: bool, by: Any) -> None:
    """Retire a row, so that it is offered no more, or take it up again; what has it keeps it.

    Raises Conflict when the row changed meanwhile.
    """
    update(row, also={"retired_at": None if in_use else timezone.now()})
    audit.record(TAKEN_UP if in_use else RETIRED, row, by=by)


def put_back(row: OwnWords, entry: audit.AuditEntry, *, by: Any) -> None:
    """Let the words stand again that stood before a change, which itself is one."""
    words, sets = before(row, entry)
    change(row, words, by=by, sets=sets)


def before(row: OwnWords, entry: audit.AuditEntry) -> tuple[dict[str, Any], Sets]:
    """Return the words before a change, and the rows of fields of many to many that are still there."""
    words: dict[str, Any] = {}
    sets: dict[str, Iterable[Any]] = {}
    for name, word in entry.details["old"].items():
        field: Any = row._meta.get_field(name)
        if field.many_to_many:
            sets[name] = list(field.related_model._base_manager.filter(pk__in=word))
        else:
            words[name] = field.to_python(word)
    return words, sets


def move(row: Any, *, up: bool, by: Any) -> None:
    """Let a row change places with its neighbour among those in use; at an end nothing changes."""
    rows = list(type(row).objects.in_use().order_by("position", "pk"))
    here = rows.index(row)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    places = [one.position for one in rows]
    if len(set(places)) < len(places):
        places = [10 * number for number in range(1, len(rows) + 1)]
    rows[here], rows[there] = rows[there], rows[here]
    for one, place in zip(rows, places, strict=True):
        if one.position != place:
            update(one, also={"position": place})
    audit.record(MOVED, row, by=by, up=up)


def last_place(model: Any) -> int:
    """Return a place in the order behind all others."""
    return (model.objects.aggregate(last=models.Max("position"))["last"] or 0) + 10


def free_slug(model: Any, words: str) -> str:
    """Return a name for addresses, made of words, that no row of a table has yet."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    base = slugify(plain)[:34].strip("-") or str(model._meta.model_name)
    taken = set(model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    forms = (f"{base}-{number}" if number > 1 else base for number in range(1, len(taken) + 2))
    return next(form for form in forms if form not in taken)


def _plain(words: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _kept(word) for name, word in words.items()}


def _kept(word: Any) -> Any:
    if isinstance(word, models.Model):
        return str(word)
    return word.isoformat() if isinstance(word, date) else word


def history(row: Any) -> list[Change]:
    """Return what was done to a row, newest first: two queries, and one a field that points elsewhere."""
    entries = list(audit.entries_of(row).order_by("-id"))
    users = get_user_model().objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    named = _named(row, entries)
    return [
        Change(entry, _name(users.get(entry.actor_id)), list(_words(row, entry, named))) for entry in entries
    ]


def _named(row: Any, entries: Iterable[audit.AuditEntry]) -> dict[str, dict[int, str]]:
    """Return how what a history points at is called today, by field and number."""
    found: dict[str, set[int]] = {}
    for entry in entries:
        if entry.verb == CHANGED:
            for told in (entry.details["old"], entry.details["new"]):
                for field in _pointing(row):
                    pks = told.get(field.attname) or []
                    found.setdefault(field.attname, set()).update(pks if isinstance(pks, list) else [pks])
    models_of = {field.attname: field.related_model for field in _pointing(row)}
    return {
        name: {one.pk: str(one) for one in models_of[name]._base_manager.filter(pk__in=pks)}
        for name, pks in found.items()
        if pks
    }


def _pointing(row: Any) -> list[Any]:
    """Return the fields whose words are numbers of other rows."""
    return [field for field in (*row._meta.concrete_fields, *row._meta.many_to_many) if field.is_relation]


def _name_then(entry: audit.AuditEntry) -> str:
    """Return how a term was called when it was merged into another one."""
    language = (get_language() or "cs")[:2]
    return entry.details.get(f"name_{language}") or entry.details["name_cs"]


def _name(user: Any) -> str:
    return str(user.name) if user else ""


def _words(row: Any, entry: audit.AuditEntry, named: dict[str, dict[int, str]]) -> Iterable[dict[str, Any]]:
    if entry.verb != CHANGED:
        return
    old, new = entry.details["old"], entry.details["new"]
    # In the order of the model's fields: not every database keeps that of a JSON's names.
    for field in (*row._meta.concrete_fields, *row._meta.many_to_many):
        for name in {field.name: 0, field.attname: 0}:
            if name in old:
                yield {
                    "name": name,
                    "label": label_of(row, field.name),
                    "old": _shown(field, old[name], named.get(name)),
                    "new": _shown(field, new[name], named.get(name)),
                }
        if field.name in entry.details.get("unsaid", ()):
            yield {"name": field.name, "label": label_of(row, field.name), "old": "", "new": _("not kept")}


def label_of(row: Any, name: str) -> str:
    """Return how people call a column, with its language where it has one."""
    base = name.removesuffix("_cs").removesuffix("_en")
    label = capfirst(str(row.WORDS.get(base, base)))
    if base == name:
        return label
    said = _("%(field)s in Czech") if name.endswith("_cs") else _("%(field)s in English")
    return said % {"field": label}


def _shown(field: Any, word: Any, named: dict[int, str] | None) -> Any:
    if named is not None:
        pks = word if isinstance(word, list) else [word]
        return ", ".join(sorted(named[pk] for pk in pks if pk in named))
    if field.choices:
        return str(dict(field.flatchoices).get(word, word))
    if isinstance(word, bool):
        return _("yes") if word else _("no")
    if isinstance(word, int):
        # Many are years, in which no space stands.
        return str(word)
    if isinstance(word, list):
        return ", ".join(one if isinstance(one, str) else " – ".join(one.values()) for one in word)
    return field.to_python(word) if isinstance(field, models.DateField) else word
