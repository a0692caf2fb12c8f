"""How much time contacts took: sums by consultant, municipality, request, month and channel.

Every sum reads the index contact_time alone, between two days.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.choices import Channel, Help
from consultations.models import Contact, Rating, SupportRequest
from consultations.requests.clock import midnight
from municipalities.models import Municipality

# How many rows a table shows; the rest is one row.
ROWS = 25


def as_hours(minutes: int) -> str:
    """Return minutes as hours and minutes: "1:05"."""
    return f"{minutes // 60}:{minutes % 60:02d}"


@dataclass(frozen=True)
class Line:
    """One row of a table."""

    name: str
    contacts: int
    minutes: int
    url: str = ""

    @property
    def hours(self) -> str:
        return as_hours(self.minutes)


@dataclass(frozen=True)
class Table:
    """Sums by one thing."""

    title: str
    head: str
    lines: list[Line]


@dataclass
class Timesheet:
    """The sums that `reader` may see, from a day to a day, perhaps of one municipality or consultant only."""

    since: date
    until: date
    reader: User
    municipality: Municipality | None = None
    consultant: User | None = None

    def __post_init__(self) -> None:
        self.start, self.end = midnight(self.since), midnight(self.until + timedelta(days=1))

    @cached_property
    def contacts(self) -> QuerySet[Contact]:
        rows = Contact.objects.timed(self.reader, start=self.start, end=self.end)
        if self.municipality:
            rows = rows.filter(request__municipality=self.municipality)
        return rows.filter(spoken_by=self.consultant) if self.consultant else rows

    def _sums(self, *columns: str, **made: Any) -> QuerySet[Any]:
        sums = self.contacts.order_by().values(*columns, **made)
        return sums.annotate(contacts=Count("pk"), spent=Sum("minutes")).order_by("-spent", *columns)

    @cached_property
    def channels(self) -> Table:
        names = dict(Channel.choices)
        lines = [_line(str(names[row["channel"]]), row) for row in self._sums("channel")]
        return Table(_("By channel"), _("Channel"), lines)

    @cached_property
    def total(self) -> Line:
        lines = self.channels.lines
        return Line(_("All together"), sum(one.contacts for one in lines), sum(one.minutes for one in lines))

    @cached_property
    def months(self) -> Table:
        rows = self._sums(month=TruncMonth("took_place_at")).order_by("month")
        return Table(_("By month"), capfirst(_("month")), [_line(_month(row["month"]), row) for row in rows])

    @cached_property
    def consultants(self) -> Table:
        rows = list(self._sums("spoken_by", "spoken_by__name")[:ROWS])
        lines = [_line(row["spoken_by__name"] or _("not said who"), row) for row in rows]
        return Table(_("By consultant"), _("Consultant"), self._with_rest(lines))

    @cached_property
    def municipalities(self) -> Table:
        rows = list(self._sums("request__municipality")[:ROWS])
        places = Municipality.objects.for_list().in_bulk([row["request__municipality"] for row in rows])
        lines = []
        for row in rows:
            place = places.get(row["request__municipality"])
            url = reverse("desk-municipality", args=[place.slug]) if place else ""
            lines.append(_line(place.full_name if place else _("without a municipality"), row, url))
        return Table(_("By municipality"), _("Municipality"), self._with_rest(lines))

    @cached_property
    def requests(self) -> Table:
        rows = list(self._sums("request")[:ROWS])
        cases = SupportRequest.objects.visible_to(self.reader).only("year", "subject")
        by_pk = cases.in_bulk([row["request"] for row in rows])
        lines = []
        for row in rows:
            case = by_pk[row["request"]]
            lines.append(_line(f"{case.reference} {case.subject}", row, case.get_desk_url()))
        return Table(_("By request"), _("Request"), self._with_rest(lines))

    def _with_rest(self, lines: list[Line]) -> list[Line]:
        contacts = self.total.contacts - sum(line.contacts for line in lines)
        minutes = self.total.minutes - sum(line.minutes for line in lines)
        return [*lines, Line(_("the rest"), contacts, minutes)] if contacts else lines

    @property
    def tables(self) -> list[Table]:
        return [self.consultants, self.municipalities, self.requests, self.months, self.channels]

    def rows(self) -> Iterator[list[Any]]:
        """Yield what a spreadsheet gets: one row for each request, consultant and channel."""
        sums = self._sums(
            "request", "request__year", "request__municipality__name", "spoken_by__name", "channel"
        )
        names = dict(Channel.choices)
        for row in sums.iterator(chunk_size=2000):
            yield [
                f"SH-{row['request__year']}-{row['request']:06d}",
                row["request__municipality__name"],
                row["spoken_by__name"],
                str(names[row["channel"]]),
                row["contacts"],
                row["spent"],
                as_hours(row["spent"]),
            ]

    @cached_property
    def help(self) -> list[dict[str, Any]]:
        """How many requesters said that it helped, partly or not, month by month."""
        rows = Rating.objects.filter(given_at__gte=self.start, given_at__lt=self.end)
        if self.municipality:
            rows = rows.filter(request__municipality=self.municipality)
        if self.consultant:
            rows = rows.filter(request__assignee=self.consultant)
        sums = rows.order_by().values("value", month=TruncMonth("given_at")).annotate(count=Count("pk"))
        months: dict[datetime, dict[str, int]] = {}
        for row in sums.order_by("month"):
            months.setdefault(row["month"], dict.fromkeys(Help.values, 0))[row["value"]] = row["count"]
        return [{"month": _month(month), **counts} for month, counts in months.items()]


def _line(name: str, row: Mapping[str, Any], url: str = "") -> Line:
    return Line(name, row["contacts"], row["spent"], url)


def _month(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "F Y")
