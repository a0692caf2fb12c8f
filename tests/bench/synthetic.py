"""Any number of synthetic requests and published summaries, by bulk insert, for measuring."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone
from psycopg2.extras import execute_values

from accounts.models import User
from consultations.choices import (
    ON_US,
    Certainty,
    Channel,
    Direction,
    HomeLoss,
    HomeOutcome,
    RequesterKind,
    State,
)
from consultations.models import (
    Audience,
    Contact,
    Person,
    Summary,
    SummaryEdition,
    SupportRequest,
    Topic,
)
from consultations.requests import clock
from consultations.requests.search import document
from core import search
from core.documents.choices import State as EditionState
from core.links.models import new_link
from core.privacy.encryption import seal
from municipalities.models import Municipality

BATCH = 2000
YEARS_BACK = 3
# Words that stand in no other text: one in ten requests in all, one in each hundredth.
RARE_WORD = "akvárium"
PERCENT_WORD = "terárium"
RARE_TIMES = 10
# How many lose their home, and after what time it is known what became of it.
AT_RISK_SHARE = 0.1
LONG_AGO = timedelta(days=75)

WORDS = [
    "byt", "nájem", "smlouva", "ubytovna", "rodina", "děti", "dluh", "exekuce", "příspěvek", "doplatek",
    "obec", "úřad", "odbor", "žádost", "pravidla", "koncepce", "pracovník", "soused", "dům", "oprava",
    "kauce", "služby", "energie", "voda", "plyn", "topení", "výpověď", "stěhování", "azyl", "pomoc",
    "poradna", "lékař", "škola", "práce", "mzda", "důchod", "invalidita", "senior", "matka", "otec",
    "partner", "bratr", "sestra", "majitel", "agentura", "podnájem", "trvalý", "pobyt", "lokalita",
    "prevence", "krize", "pořadník", "bodování", "komise", "rada", "zastupitelstvo", "dotace", "projekt",
    "financování", "schůzka", "dopis", "termín",
]  # fmt: skip
FIRST_NAMES = [
    "Jana", "Petr", "Marie", "Karel", "Eva", "Josef", "Hana", "Tomáš", "Lenka", "Pavel", "Alena", "Jiří",
]  # fmt: skip
LAST_NAMES = [
    "Ukázková", "Vzorný", "Příkladná", "Zkušební", "Cvičná", "Názorná", "Domnělý", "Pokusná", "Smyšlená",
]  # fmt: skip
STATES = {
    State.CLOSED: 76,
    State.ANSWERED: 12,
    State.WITHDRAWN: 3,
    State.SPAM: 4,
    State.OPEN: 2,
    State.NEW: 1,
    State.WAITING_REQUESTER: 1,
    State.WAITING_EXPERT: 1,
}


@dataclass(frozen=True)
class World:
    """What synthetic requests refer to, fetched once."""

    staff: list[User]
    municipalities: list[Municipality]
    topics: list[Topic]
    audiences: list[Audience]
    dice: random.Random
    now: datetime

    @cached_property
    def places(self) -> dict[int | None, Municipality]:
        """The municipalities by their id."""
        return {row.pk: row for row in self.municipalities}


def load_requests(count: int, *, staff: list[User]) -> None:
    """Add synthetic requests until there are `count`."""
    there = SupportRequest.objects.filter(is_demo=True, idempotency_key=None).count()
    world = _world(staff)
    with search.bulk_load():
        for start in range(there, count, BATCH):
            _write_requests(world, range(start, min(start + BATCH, count)), count)
    _learn()


def load_summaries(count: int, *, staff: list[User]) -> None:
    """Add synthetic published summaries until there are `count`."""
    there = Summary.objects.filter(slug__startswith="synteticka-").count()
    world = _world(staff)
    with search.bulk_load():
        for start in range(there, count, BATCH):
            _write_summaries(world, range(start, min(start + BATCH, count)), count)
    _learn()


def _world(staff: list[User]) -> World:
    municipalities = list(Municipality.objects.order_by("-is_pilot", "pk")[:500])
    # The same dice every time: what is measured today can be measured again tomorrow.
    dice = random.Random(2026)
    topics, audiences = list(Topic.objects.all()), list(Audience.objects.all())
    return World(staff, municipalities, topics, audiences, dice, timezone.now())


def _learn() -> None:
    # On its own PostgreSQL would look at the new rows only after a while.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@transaction.atomic
def _write_requests(world: World, numbers: range, count: int) -> None:
    people, requests, contacts, entries = (
        Rows(Person),
        Rows(SupportRequest),
        Rows(Contact),
        Rows(search.DeskEntry),
    )
    for number in numbers:
        person = _person(world, number)
        person["id"] = people.add(**person)
        request = _request(world, number, count, person["id"])
        request["id"] = requests.add(**request)
        said = list(_contacts(world, request, number, count))
        for contact in said:
            contacts.add(**contact)
        found = _document(world, request, person, [contact["text"] for contact in said])
        entries.add(kind=found.kind, object_id=found.object_id, **found.columns())
    for rows in (people, requests, contacts, entries):
        rows.write()


class Rows:
    """Rows of one table on their way past the models, which take most of the time of a bulk insert."""

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        self._columns = [field.column for field in fields]
        self._blank = {field.attname: field.get_default() for field in fields}
        self._next = (model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        self._rows: list[tuple[Any, ...]] = []

    def add(self, **values: Any) -> int:
        """Take one row, its values by the names of the model's attributes; return its id."""
        row = {**self._blank, "id": self._next + len(self._rows), **values}
        self._rows.append(tuple(map(_adapted, row.values())))
        return row["id"]

    def write(self) -> None:
        """Write all rows that were taken."""
        names = ", ".join(map(connection.ops.quote_name, self._columns))
        into = f"INSERT INTO {self._model._meta.db_table} ({names}) VALUES "  # noqa: S608
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                execute_values(cursor.cursor, f"{into} %s", self._rows, page_size=500)
            else:
                cursor.executemany(f"{into} ({', '.join(['%s'] * len(self._columns))})", self._rows)
            for statement in connection.ops.sequence_reset_sql(no_style(), [self._model]):
                cursor.execute(statement)


def _adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return json.dumps(value) if isinstance(value, list) else value


def _person(world: World, number: int) -> dict[str, Any]:
    name = f"{world.dice.choice(FIRST_NAMES)} {world.dice.choice(LAST_NAMES)}"
    return {"name": name, "email": f"osoba{number}@demo.example", "phone": f"+4207{number:08d}"}


def _link() -> dict[str, str]:
    link = new_link()
    # These rows go past the fields, which would seal it.
    return {**link, "link_token": seal(link["link_token"])}


def _request(world: World, number: int, count: int, requester: int) -> dict[str, Any]:
    dice = world.dice
    state = dice.choices(list(STATES), STATES.values())[0]
    received_at = world.now - timedelta(days=365 * YEARS_BACK) * (1 - number / count)
    done = state not in ON_US and state != State.WAITING_REQUESTER
    home = _home(world, received_at)
    in_danger = {} if home["home_outcome"] else {name: home[name] for name in clock.HOME}
    return {
        "year": received_at.year,
        "received_at": received_at,
        "state": str(state),
        "channel": dice.choice(Channel.values),
        "requester_id": requester,
        "requester_kind": dice.choice(RequesterKind.values),
        "municipality_id": dice.choice(world.municipalities).pk if number % 3 else None,
        "topic_id": dice.choice(world.topics).pk,
        "subject": f"[Ukázka] {_sentence(dice, 5)}"[:160],
        "is_demo": True,
        **_link(),
        "assignee_id": None if state == State.NEW else dice.choice(world.staff).pk,
        "due_on": clock.due_on(received_at, **in_danger) if state in ON_US else None,
        "waiting_since": received_at if state in ON_US else None,
        "asked_back_at": received_at if state == State.WAITING_REQUESTER else None,
        "answered_at": received_at if state in (State.ANSWERED, State.CLOSED) else None,
        "closed_at": received_at if done and state != State.ANSWERED else None,
        **home,
    }


def _home(world: World, received_at: datetime) -> dict[str, Any]:
    """Return of every tenth request when they lose their home, and of older ones what became of it."""
    dice = world.dice
    is_lost, is_long_ago = dice.random() < AT_RISK_SHARE, world.now - received_at > LONG_AGO
    loss = dice.choice(HomeLoss.values) if is_lost else ""
    has_day = loss not in ("", HomeLoss.LOST) and dice.random() < 0.5
    # Nobody wrote of one in fifty.
    is_over = is_lost and is_long_ago and dice.random() > 0.02
    return {
        "home_loss": loss,
        "home_at_risk_by": (received_at + timedelta(days=dice.randint(1, 60))).date() if has_day else None,
        "home_outcome": dice.choice(HomeOutcome.values) if is_over else "",
        "home_outcome_at": received_at + timedelta(days=70) if is_over else None,
        "home_outcome_by_id": world.staff[0].pk if is_over else None,
    }


def _contacts(world: World, request: dict[str, Any], number: int, count: int) -> Iterator[dict[str, Any]]:
    for place in range(1 + number % 3):
        ours = place % 2 == 1
        yield {
            "request_id": request["id"],
            "municipality_id": request["municipality_id"],
            "direction": str(Direction.OUTBOUND if ours else Direction.INBOUND),
            "channel": request["channel"],
            "text": _sentence(world.dice, 25) if place else _text(world.dice, number, count),
            "is_answer": ours and request["answered_at"] is not None,
            "took_place_at": request["received_at"] + timedelta(days=place),
            "logged_at": request["received_at"] + timedelta(days=place),
            "person_id": None if ours else request["requester_id"],
            "spoken_by_id": request["assignee_id"] if ours else None,
            "logged_by_id": request["assignee_id"] if ours else None,
        }


def _document(
    world: World, request: dict[str, Any], person: dict[str, Any], texts: list[str]
) -> search.Document:
    row = SupportRequest(id=request["id"], year=request["year"], subject=request["subject"])
    row.municipality = world.places.get(request["municipality_id"])
    return document(row, [Person(**person)], texts)


def _text(dice: random.Random, number: int, count: int) -> str:
    words = [_sentence(dice, 25)]
    if number % 100 == 0:
        words.append(PERCENT_WORD)
    if number % max(1, count // RARE_TIMES) == 0:
        words.append(RARE_WORD)
    return " ".join(words)


def _sentence(dice: random.Random, length: int) -> str:
    return " ".join(dice.choices(WORDS, k=length)).capitalize()


@transaction.atomic
def _write_summaries(world: World, numbers: range, count: int) -> None:
    slugs = [f"synteticka-{number}" for number in numbers]
    author, publisher = world.staff[:2]
    documents = Summary.objects.bulk_create(
        [Summary(slug=slug, created_by=author, is_demo=True) for slug in slugs]
    )
    editions = SummaryEdition.objects.bulk_create(
        [
            _edition(world, number, count, row, publisher)
            for number, row in zip(numbers, documents, strict=True)
        ]
    )
    through = SummaryEdition.audiences.through
    through.objects.bulk_create(
        [through(summaryedition=row, audience=world.dice.choice(world.audiences)) for row in editions]
    )
    search.put_many((_found(row) for row in editions), scope=search.PUBLIC)


def _edition(world: World, number: int, count: int, row: Summary, publisher: User) -> SummaryEdition:
    answer, moment = _text(world.dice, number, count), timezone.now() - timedelta(hours=count - number)
    return SummaryEdition(
        document=row,
        number=1,
        state=EditionState.PUBLISHED,
        author=row.created_by,
        submitted_at=moment,
        submitted_by=row.created_by,
        published_at=moment,
        published_by=publisher,
        question_cs=f"[Ukázka] {_sentence(world.dice, 6)}?",
        short_answer_cs=_sentence(world.dice, 15),
        answer_cs=answer,
        answer_html_cs=f"<p>{answer}</p>",
        topic=world.dice.choice(world.topics),
        certainty=world.dice.choice(Certainty.values),
        valid_as_of=moment.date(),
    )


def _found(edition: SummaryEdition) -> search.Document:
    return search.Document(
        kind="summary",
        object_id=edition.document_id,
        url_name="summary",
        url_arg=edition.document.slug,
        title_cs=edition.question_cs,
        lead_cs=edition.short_answer_cs,
        text=edition.answer_cs,
    )
