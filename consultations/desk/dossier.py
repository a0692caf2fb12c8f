"""What belongs to one request beside its contacts: all of it in one query, however much there is."""

import json
from collections import defaultdict
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Exists, F, Model, OuterRef, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import JSONArray, Lower
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import User
from accounts.permissions import STAFF_ROLES
from consultations.desk import origins
from consultations.desk.history import EVENT_WORDS, EVENTS, Event
from consultations.models import (
    ContactFile,
    Draft,
    ExpertQuestion,
    Participant,
    PeerQuestion,
    Person,
    Summary,
    SupportRequest,
)
from core.audit import entries_of
from core.files.attachments import Attachment
from core.files.previews import Preview
from core.outbox.dead_addresses import DeadAddress

Row = dict[str, Any]
M = TypeVar("M", bound=Model)
# The tabs that say how much is behind them.
TABS = ("experts", "peers", "summaries")
# Stands for the number of a request where a question is written once for all of them.
ANY = -1
# What the page names of each part: for every column more the database's sentence takes longer to write.
COLUMNS = {
    "files": (
        "id", "contact_id", "attachment__name", "attachment__size", "attachment__content_type",
        "attachment__preview__key",
    ),
    "drafts": (
        "id", "author_id", "kind", "text", "version", "is_shared", "taken_from_id", "updated_at",
        "updated_by_id", "discarded_at",
    ),
    "people": (
        "id", "person_id", "relation", "person__name", "person__organisation", "person__email",
        "person__phone",
    ),
    "topics": ("name_cs", "name_en"),
    "groups": ("name_cs", "name_en"),
    "staff": ("id", "name", "is_active", "watches"),
    "events": ("id", "at", "actor_id", "verb", "to"),
    "experts": ("id",),
    "peers": ("id",),
    "summaries": ("id",),
    "dead": ("id", "since"),
}  # fmt: skip


class Dossier:
    """Files, drafts, people, tags, events, names and counts of one request, as `reader` may see them."""

    def __init__(self, case: SupportRequest, *, reader: User) -> None:
        self.case, self.reader = case, reader

    @cached_property
    def _rows(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for (held,) in self._held():
            # SQLite gives JSON as a text.
            part, *values = json.loads(held) if isinstance(held, str) else held
            found[part].append(dict(zip(_columns(part), values, strict=True)))
        return found

    def _held(self) -> list[tuple[Any]]:
        """Ask for all parts at once; what depends on the reader is asked for anew each time."""
        of_case, numbers = _of_case()
        of_reader, values = _united(self._of_reader())
        numbers = tuple(type(number)(self.case.pk) if number == ANY else number for number in numbers)
        with connection.cursor() as cursor:
            cursor.execute(f"{of_case} UNION ALL {of_reader}", (*numbers, *values))
            return cursor.fetchall()

    def _of_reader(self) -> dict[str, QuerySet]:
        """Return the parts of which not everybody at the desk may see everything."""
        case = self.case
        return {
            "drafts": Draft.objects.visible_to(self.reader).filter(request=case),
            "experts": ExpertQuestion.objects.visible_to(self.reader).filter(request=case),
            "peers": PeerQuestion.objects.visible_to(self.reader).about(case),
        }

    @cached_property
    def files(self) -> dict[int, list[ContactFile]]:
        """The files of each contact, by the contact's number."""
        found: dict[int, list[ContactFile]] = defaultdict(list)
        for row in sorted(self._rows["files"], key=lambda row: row["id"]):
            attachment = Attachment(**_of("attachment", row))
            # None says that there is none, and asks no database for it.
            preview = row["attachment__preview__key"]
            attachment._state.fields_cache["preview"] = preview and Preview(key=preview)
            file = ContactFile(id=row["id"], contact_id=row["contact_id"], attachment=attachment)
            found[file.contact_id].append(file)
        return found

    @cached_property
    def drafts(self) -> list[Draft]:
        """The drafts that the reader may read, the one that was changed last at the end."""
        drafts = [_made(Draft, row) for row in self._rows["drafts"]]
        return sorted(drafts, key=lambda draft: (draft.updated_at, draft.pk))

    @cached_property
    def people(self) -> list[Participant]:
        """Who belongs to the request beside its requester."""
        return [
            Participant(
                id=row["id"],
                relation=row["relation"],
                person=Person(id=row["person_id"], **_of("person", row)),
            )
            for row in sorted(self._rows["people"], key=lambda row: row["id"])
        ]

    @cached_property
    def tags(self) -> dict[str, list[str]]:
        """Names of the other topics and of the target groups."""
        shown = f"name_{get_language() or 'cs'}"
        return {
            part: sorted(row.get(shown) or row["name_cs"] for row in self._rows[part])
            for part in ("topics", "groups")
        }

    @cached_property
    def names(self) -> dict[int, str]:
        """Everybody who works or worked at the desk, by number."""
        return {row["id"]: row["name"] for row in self._rows["staff"]}

    @cached_property
    def watchers(self) -> dict[int, str]:
        """Who watches the request, by number, in the order of their names."""
        there = [row for row in self._rows["staff"] if row["watches"] and row["is_active"]]
        return {row["id"]: row["name"] for row in sorted(there, key=lambda row: row["name"])}

    @cached_property
    def events(self) -> list[Event]:
        """The last things that were done to the request, oldest first."""
        return [
            Event(_moment(row["at"]), row["actor_id"], row["verb"], int(row["to"]) if row["to"] else None)
            for row in sorted(self._rows["events"], key=lambda row: row["id"])
        ]

    @property
    def dead_address(self) -> DeadAddress | None:
        """The requester's address, where mail to it comes back."""
        return next((_made(DeadAddress, row) for row in self._rows["dead"]), None)

    @cached_property
    def origins(self) -> list[origins.Origin]:
        """What the request was asked about, as other apps tell it."""
        return [kind.told(row) for name, kind in origins.KINDS.items() for row in self._rows[name]]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How much stands in a tab, by its name."""
        return {tab: len({row["id"] for row in self._rows[tab]}) for tab in TABS}


@cache
def _of_case() -> tuple[str, tuple[Any, ...]]:
    """Return the question for all that whoever may see a request may see with it, asked of ANY.

    Django writes it once: to write it takes ten times as long as the database takes to answer.
    """
    case = SupportRequest(pk=ANY)
    events = entries_of(case).filter(verb__in=EVENT_WORDS)
    newest = events.order_by("-id").values("pk")[:EVENTS]
    watched = Exists(case.watches.filter(user=OuterRef("pk")))
    address = Person.objects.filter(requests=case).values_list(Lower("email"))
    return _united(
        {
            "files": ContactFile.objects.filter(contact__request=case),
            "people": Participant.objects.filter(request=case),
            "topics": case.other_topics.all(),
            "groups": case.target_groups.all(),
            "staff": User.objects.filter(role__in=STAFF_ROLES).annotate(watches=watched),
            "events": entries_of(case).filter(pk__in=newest).annotate(to=KeyTextTransform("to", "details")),
            "summaries": Summary.objects.filter(origins__request=case),
            "dead": DeadAddress.objects.filter(email__in=address),
            **{name: kind.rows(case) for name, kind in origins.KINDS.items()},
        }
    )


def _columns(part: str) -> tuple[str, ...]:
    return COLUMNS.get(part) or origins.KINDS[part].columns


def _united(parts: dict[str, QuerySet]) -> tuple[str, tuple[Any, ...]]:
    """Return one question for several parts, as Django writes it, and the values in it."""
    first, *others = [_part(part, rows) for part, rows in parts.items()]
    return first.union(*others, all=True).query.sql_with_params()


def _part(part: str, rows: QuerySet) -> QuerySet:
    """Return rows as JSON lists of their part's name and columns: all parts unite in one column."""
    held = JSONArray(Value(part), *map(F, _columns(part)))
    return rows.order_by().annotate(held=held).values_list("held", flat=True)


def _of(relation: str, row: Row) -> Row:
    """Return the columns of another row that was fetched with a row, not of those behind it."""
    names = {name: name.removeprefix(f"{relation}__") for name in row if name.startswith(f"{relation}__")}
    return {short: row[name] for name, short in names.items() if "__" not in short}


def _made(model: type[M], row: Row) -> M:
    """Return a row of a model from the JSON that a database made of it."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    values = {name: fields[name].to_python(value) for name, value in row.items()}
    return model(**{name: _aware(value) for name, value in values.items()})


def _moment(text: str) -> datetime:
    return _aware(datetime.fromisoformat(text))


def _aware(value: Any) -> Any:
    # SQLite keeps moments without their zone.
    if isinstance(value, datetime) and timezone.is_naive(value):
        return value.replace(tzinfo=UTC)
    return value
