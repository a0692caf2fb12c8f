"""Reads of deliveries: the matrix of visits and municipalities, a delivery's history, what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core import audit
from municipalities.hooks import Task
from municipalities.models import Municipality
from municipalities.models.place import MunicipalityQuerySet
from visits.choices import DeliveryState
from visits.models import Attendee, Delivery, StudyVisit, VisitInvitation
from visits.models.delivery import DeliveryQuerySet

# So many reports at most stand side by side in the matrix; never more wait for an official at once.
MOST_VISITS, MOST_TASKS = 12, 20
WAITING = (DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.OPENED, DeliveryState.FAILED,
           DeliveryState.BY_PHONE)  # fmt: skip
WORDS = {
    "delivery.fail": gettext_lazy("did not arrive"),
    "delivery.remind": gettext_lazy("reminded by the portal"),
    "delivery.open": gettext_lazy("went on to the report"),
    "delivery.acknowledge": gettext_lazy("confirmed that they have read it"),
    "delivery.ask": gettext_lazy("asked a question"),
    "delivery.answer": gettext_lazy("got an answer"),
    "delivery.unanswer": gettext_lazy("the answer was taken back"),
    "delivery.mend": gettext_lazy("entered another address"),
    "delivery.send_again": gettext_lazy("sent it again"),
    "delivery.to_phone": gettext_lazy("left it for a call"),
    "delivery.told": gettext_lazy("told them by phone"),
}


@dataclass(frozen=True)
class Cell:
    """What the matrix says of one municipality and one visit."""

    label: str
    look: str
    url: str = ""


NOT_INVITED = Cell("–", "")


def matrix_visits() -> list[StudyVisit]:
    """Return the visits whose report is on its way or there, the newest first."""
    sent = Delivery.objects.filter(report__visit=OuterRef("pk"))
    rows = StudyVisit.objects.filter(Exists(sent)).select_related("host")
    return list(rows.order_by("-position", "-pk")[:MOST_VISITS])


def matrix_municipalities() -> MunicipalityQuerySet:
    """Return the sixteen and whoever has a delivery, the sixteen first."""
    has_one = Delivery.objects.filter(municipality=OuterRef("pk"))
    return Municipality.objects.filter(Q(is_pilot=True) | Exists(has_one)).order_by(
        "-is_pilot", "search_name", "pk"
    )


def matrix_cells(
    municipalities: list[Municipality], visits: list[StudyVisit]
) -> list[tuple[Municipality, list[tuple[StudyVisit, Cell]]]]:
    """Return a row for each municipality with what each visit's report came to."""
    asked = {"municipality__in": municipalities}
    cells: dict[tuple[int, int], Cell] = {}
    for place, visit in VisitInvitation.objects.filter(visit__in=visits, **asked).values_list(
        "municipality_id", "visit_id"
    ):
        cells[place, visit] = Cell(_("invited, no delivery"), "")
    there = Attendee.objects.filter(
        was_there=True, visit__in=visits, invitation__municipality__in=municipalities
    )
    for place, visit in there.values_list("invitation__municipality_id", "visit_id"):
        cells[place, visit] = Cell(_("was there"), "done")
    # Of several editions the newest counts.
    for row in (
        Delivery.objects.filter(report__visit__in=visits, **asked).select_related("report").order_by("pk")
    ):
        cells[row.municipality_id or 0, row.report.visit_id] = Cell(
            row.get_state_display(), row.look, row.get_desk_url()
        )
    return [
        (place, [(visit, cells.get((place.pk, visit.pk), NOT_INVITED)) for visit in visits])
        for place in municipalities
    ]


@dataclass(frozen=True)
class Event:
    """One thing that happened with a delivery; nobody's name where it was behind the link, or by itself."""

    at: datetime
    words: str
    who: str = ""


def history_of(delivery: Delivery) -> list[Event]:
    """Return what happened with a delivery, the newest first."""
    entries = [entry for entry in audit.entries_of(delivery) if entry.verb in WORDS]
    names = dict(User.objects.filter(pk__in={entry.actor_id for entry in entries}).values_list("pk", "name"))
    told = [Event(entry.at, str(WORDS[entry.verb]), names.get(entry.actor_id, "")) for entry in entries]
    told.append(Event(delivery.queued_at, _("queued")))
    if delivery.sent_at:
        told.append(Event(delivery.sent_at, _("the mail has left")))
    return sorted(told, key=lambda event: event.at, reverse=True)


def tasks(user: User, municipalities: list[Municipality]) -> Iterable[Task]:
    """Return the reports that wait to be read by somebody's municipalities, each with its day."""
    rows = Delivery.objects.filter(municipality__in=municipalities, state__in=WAITING)
    rows = rows.filter(edition__state="published").select_related("report__visit", "municipality")
    for row in rows.order_by("-pk")[:MOST_TASKS]:
        words = _("The report of a study visit waits for you: %(visit)s") % {"visit": row.report.visit.name}
        name = row.municipality.name if len(municipalities) > 1 and row.municipality else ""
        yield Task(words, row.get_my_url(), due_on=row.next_step_on, since=row.queued_at, note=name)


def to_deal_with(user: User) -> tuple[str, str, DeliveryQuerySet]:
    """Return the deliveries with which the desk has to find another way."""
    title = _("Reports that did not reach a municipality")
    return title, reverse("desk-deliveries") + "?state=desk", Delivery.objects.visible_to(user).for_desk()


def of_visit(visit: StudyVisit, user: Any) -> dict[str, Any]:
    """Return what the desk's page of a visit tells of deliveries: how many are how far, and the newest."""
    rows = Delivery.objects.visible_to(user).filter(report__visit=visit)
    numbers = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    counts = [(label, numbers[state]) for state, label in DeliveryState.choices if state in numbers]
    return {"counts": counts, "rows": list(rows.filter(municipality__isnull=False).for_list()[:50])}


def of_public_visit(visit: StudyVisit, user: Any) -> dict[str, Any]:
    """Return the themes of a visit, on which anybody can get reports by mail."""
    return {"themes": list(visit.themes.filter(retired_at=None))}
