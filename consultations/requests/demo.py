"""A few made-up requests and summaries to look at. Nobody and nothing in them is real."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from consultations.choices import DONE, ON_US, Direction, State
from consultations.models import Audience, Contact, Person, SupportRequest, Topic
from consultations.models.summary import Summary, SummaryEdition, SummaryOrigin
from consultations.requests import clock, notices
from consultations.requests.actions.hand_over import person_of
from consultations.requests.search import index_request
from core.documents import markdown
from core.documents.choices import State as EditionState
from core.states import move
from municipalities.models import Municipality

DATA = Path(__file__).parent / "data" / "demo.yaml"
MARK = "[Ukázka] "
KEY = "demo-"
DIRECTIONS = {"requester": Direction.INBOUND, "centre": Direction.OUTBOUND, "note": Direction.NOTE}
# What the file says in the words of the columns.
OF_REQUEST = (
    "channel",
    "requester_kind",
    "language",
    "consent_publish",
    "priority",
    "referred_to",
    "home_loss",
)
OF_CONTACT = ("text", "is_answer", "is_question_back", "minutes", "place")
TEXTS = ("question_cs", "question_en", "short_answer_cs", "short_answer_en", "answer_cs", "answer_en")


@dataclass(frozen=True)
class Cast:
    """The demo accounts that appear in the samples; officials by the slug of their municipality."""

    consultant: User
    editor: User
    officials: dict[str, User]


@transaction.atomic
def load(cast: Cast) -> int:
    """Make the samples that are not there yet, and return how many requests there were to make."""
    data = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    samples = SupportRequest.objects.filter(idempotency_key__startswith=KEY)
    known = {row.idempotency_key.removeprefix(KEY): row for row in samples}
    new = [row for row in data["requests"] if row["key"] not in known]
    for row in new:
        known[row["key"]] = _make_request(row, cast, known)
    slugs = set(Summary.objects.filter(is_demo=True).values_list("slug", flat=True))
    for row in data["summaries"]:
        if row["key"] not in slugs:
            _make_summary(row, cast, known[row["from"]])
    return len(new)


def _make_request(row: dict[str, Any], cast: Cast, known: dict[str, SupportRequest]) -> SupportRequest:
    received_at = timezone.now() - timedelta(days=row["days_ago"])
    place = Municipality.objects.get(slug=row["municipality"]) if "municipality" in row else None
    official = cast.officials[row["municipality"]] if row.get("official") else None
    state = State(row["state"])
    request = SupportRequest(
        **{name: row[name] for name in OF_REQUEST if name in row},
        idempotency_key=KEY + row["key"],
        is_demo=True,
        subject=MARK + row["subject"],
        state=state,
        received_at=received_at,
        requester=person_of(official, place)
        if official
        else Person.objects.create(municipality=place, **row["person"]),
        municipality=place,
        topic=Topic.objects.get(slug=row["topic"]) if "topic" in row else None,
        is_official=official is not None,
        created_by=official,
        assignee=None if state in (State.NEW, State.SPAM, State.DUPLICATE) else cast.consultant,
        duplicate_of=known[row["of"]] if "of" in row else None,
        **_dates(row, state, received_at),
    )
    if state in ON_US:
        request.due_on = clock.due_for(request, received_at)
    request.has_unread = state == State.NEW
    request.save()
    _make_contacts(request, row["contacts"], cast)
    index_request(request)
    if state == State.NEW:
        notices.told_of_new(request, by=None)
    return request


def _dates(row: dict[str, Any], state: State, received_at: Any) -> dict[str, Any]:
    later = received_at + timedelta(days=min(5, row["days_ago"]))
    at_risk_by = timezone.localdate() + timedelta(days=row.get("at_risk_in", 0))
    return {
        "waiting_since": received_at if state in ON_US else None,
        "asked_back_at": later if state == State.WAITING_REQUESTER else None,
        "answered_at": later if state in (State.ANSWERED, State.CLOSED) else None,
        "closed_at": later if state in DONE and state != State.ANSWERED else None,
        "home_at_risk_by": at_risk_by if "at_risk_in" in row else None,
    }


def _make_contacts(request: SupportRequest, rows: list[dict[str, Any]], cast: Cast) -> None:
    for step, row in enumerate(rows):
        ours = row["from"] != "requester"
        speaker = cast.consultant if ours or "minutes" in row else None
        moment = min(request.received_at + timedelta(days=step), timezone.now())
        Contact.objects.create(
            **{name: row[name] for name in OF_CONTACT if name in row},
            request=request,
            direction=DIRECTIONS[row["from"]],
            channel=request.channel,
            took_place_at=moment,
            logged_at=moment,
            person=None if ours else request.requester,
            spoken_by=speaker,
            logged_by=speaker or request.created_by,
        )


def _make_summary(row: dict[str, Any], cast: Cast, origin: SupportRequest) -> None:
    document = Summary.objects.create(slug=row["key"], created_by=cast.consultant, is_demo=True)
    SummaryOrigin.objects.create(summary=document, request=origin)
    edition = SummaryEdition(
        document=document,
        number=1,
        author=cast.consultant,
        topic=Topic.objects.get(slug=row["topic"]),
        size=row.get("size", ""),
        certainty=row["certainty"],
        valid_as_of=timezone.localdate(),
        **{name: row.get(name, "") for name in TEXTS},
    )
    edition.answer_html_cs = markdown.render(edition.answer_cs)
    edition.answer_html_en = markdown.render(edition.answer_en)
    edition.save()
    edition.audiences.set(Audience.objects.filter(slug=row["audience"]))
    _move_on(edition, row, cast)


def _move_on(edition: SummaryEdition, row: dict[str, Any], cast: Cast) -> None:
    """Bring an edition to its state; the verbs would find the made-up names in the made-up texts."""
    now, reasons = timezone.now(), {code: row.get(f"reason_{code}", "") for code in ("cs", "en")}
    steps = {
        EditionState.IN_REVIEW: {"submitted_at": now, "submitted_by": cast.consultant},
        EditionState.PUBLISHED: {"published_at": now, "published_by": cast.editor},
        EditionState.WITHDRAWN: {
            "withdrawn_at": now,
            "withdrawn_by": cast.editor,
            **{f"withdrawal_reason_{code}": reason for code, reason in reasons.items()},
        },
    }
    for state, columns in steps.items():
        if edition.state == row["state"]:
            break
        move(edition, state, also=columns)
    edition.index()
