"""Which offices are near a municipality, what became of one, and what waits for those who keep them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.audit import entries_of
from core.loading import Source, site, sources_of
from core.templatetags.ui import phone
from municipalities.choices import OF_MUNICIPALITY, OWN_SOURCE, OfficeKind
from municipalities.hooks import Task
from municipalities.models import Municipality, Office, OfficeReport
from municipalities.places.offices import file
from municipalities.places.profile import partial, told_sources

# More than any municipality has, or a page shows.
MOST = 50
WORDS = {
    "name": file.HEADS["name"],
    **{name: file.HEADS[name] for name in file.COLUMNS},
    "source": gettext_lazy("Source"),
    "as_of": gettext_lazy("Of which day the source speaks"),
}
DONE = {
    "office.add": gettext_lazy("added the office"),
    "office.correct": gettext_lazy("corrected it"),
    "office.check": gettext_lazy("checked it"),
    "office.close": gettext_lazy("said that it is closed"),
    "office.reopen": gettext_lazy("said that it is open again"),
    "office.import": gettext_lazy("brought it in with a table"),
}

# An office of one district of Prague that is no municipality of ours stands at Prague.
OF_DISTRICT = re.compile(r"\bPraha \d{1,2}$")


@dataclass(frozen=True)
class NearOffice:
    """One office as people read it; what is unknown is empty, `office` is None for a municipality's own."""

    kind: str
    name: str
    municipality: Municipality
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    hours: str = ""
    # Whom to turn to there.
    note: str = ""
    source: str = ""
    as_of: str = ""
    checked_on: date | None = None
    office: Office | None = None

    @property
    def phone_words(self) -> str:
        return phone(self.phone)

    @property
    def as_of_words(self) -> Any:
        """Of which day, month or year the source speaks."""
        return partial(self.as_of)

    @property
    def sources(self) -> list[Source]:
        own = self.source == OWN_SOURCE
        return [Source(_("the municipality itself"))] if own else sources_of(self.source)

    @property
    def site(self) -> str:
        """The name of its website."""
        return site(self.website) or self.website

    @property
    def is_reachable(self) -> bool:
        """Tell whether anything is known of how to get there."""
        return any((self.address, self.phone, self.email, self.website))


@dataclass(frozen=True)
class OfficesNear:
    """Whom somebody who lives in a municipality turns to; only what is known and not in doubt."""

    municipality: Municipality
    # The municipality's own office, None where nothing of it is known.
    own: NearOffice | None = None
    social: list[NearOffice] = field(default_factory=list)
    # The municipality with extended powers, None where nobody told; it may be the municipality itself.
    seat: NearOffice | None = None
    contact_points: list[NearOffice] = field(default_factory=list)
    labour_offices: list[NearOffice] = field(default_factory=list)

    @property
    def others(self) -> list[NearOffice]:
        """All but the offices of the municipality and of its seat."""
        return [*self.contact_points, *self.social, *self.labour_offices]

    @property
    def is_own_seat(self) -> bool:
        """Tell whether the municipality has extended powers itself."""
        return self.seat is not None and self.seat.municipality == self.municipality


def offices_near(municipality: Municipality) -> OfficesNear:
    """Return the offices that decide on and advise those who live in a municipality; two queries at most."""
    seat = municipality.served_by
    places = [municipality, *([seat] if seat else [])]
    rows = Office.objects.certain().filter(municipality__in=places).select_related("municipality")
    # What the municipality has itself comes before what its seat has for all around.
    by_place = sorted(rows.order_by("pk"), key=lambda row: row.municipality_id != municipality.pk)
    near = [_near(row) for row in by_place if _serves(row, municipality)]
    own = _municipal(municipality)
    return OfficesNear(
        municipality=municipality,
        own=own if own.is_reachable else None,
        social=[one for one in near if one.kind == OfficeKind.SOCIAL],
        seat=_municipal(seat) if seat else None,
        contact_points=[one for one in near if one.kind == OfficeKind.CONTACT_POINT],
        labour_offices=[one for one in near if one.kind == OfficeKind.LABOUR_OFFICE],
    )


def _serves(row: Office, municipality: Municipality) -> bool:
    if row.municipality_id == municipality.pk:
        return True
    is_district = municipality.code != municipality.lau2_code
    return row.kind != OfficeKind.SOCIAL and not (is_district and OF_DISTRICT.search(row.name))


def _near(row: Office) -> NearOffice:
    return NearOffice(
        kind=row.kind,
        name=row.name,
        municipality=row.municipality,
        address=row.address,
        phone=row.phone,
        email=row.email,
        website=row.website,
        hours=row.hours,
        source=row.source,
        as_of=row.as_of,
        checked_on=timezone.localdate(row.checked_at) if row.checked_at else None,
        office=row,
    )


def _municipal(row: Municipality) -> NearOffice:
    return NearOffice(
        kind="",
        name=_("Office of the municipality %(name)s") % {"name": row.name},
        municipality=row,
        phone=row.office_phone,
        email=row.office_email,
        website=row.website,
        note=row.office_note,
        source=told_sources(row).get("website", ""),
        checked_on=timezone.localdate(row.office_changed_at) if row.office_changed_at else None,
    )


def offices_of(municipality: Municipality) -> list[Office]:
    """Return the offices that a municipality keeps itself, closed ones last."""
    rows = Office.objects.for_list().filter(municipality=municipality, kind__in=OF_MUNICIPALITY)
    return list(rows.order_by(F("closed_on").desc(nulls_first=True), "kind", "name")[:MOST])


def contacts() -> list[str]:
    """Return the e-mail addresses and telephone numbers of all offices, as pages show them."""
    rows = Office.objects.certain().exclude(email="", phone="")
    return [contact for row in rows.values_list("email", "phone") for contact in row]


def facts_of(office: Office) -> list[dict[str, Any]]:
    """Return how an office stands, as key facts."""
    told = {
        name: getattr(office, name) for name in ("name", "address", "email", "website", "hours", "source")
    }
    told |= {"phone": phone(office.phone), "as_of": partial(office.as_of)}
    return [{"term": label, "value": told[name]} for name, label in WORDS.items() if name in told]


@dataclass(frozen=True)
class Event:
    """One thing that somebody did with an office."""

    at: datetime
    who: str
    what: str
    columns: list[str]


def history_of(office: Office) -> list[Event]:
    """Return what became of an office, newest first; two queries."""
    entries = list(entries_of(office).order_by("-id")[:MOST])
    names = dict(User.objects.filter(pk__in={one.actor_id for one in entries}).values_list("pk", "name"))
    return [
        Event(
            at=one.at,
            who=names.get(one.actor_id or 0, _("The portal")),
            what=str(DONE.get(one.verb, one.verb)),
            columns=[str(WORDS[name]) for name in one.details.get("columns", ()) if name in WORDS],
        )
        for one in entries
    ]


def reports_about(municipality: Municipality, office: Office | None) -> list[OfficeReport]:
    """Return what visitors say of one contact and nobody has settled, newest first."""
    return list(OfficeReport.objects.waiting().about(municipality, office).order_by("-pk")[:MOST])


def to_settle(reader: User) -> tuple[str, str, QuerySet[Any]]:
    """Return the wrong contacts that visitors report: their title, their list, their rows."""
    rows = OfficeReport.objects.visible_to(reader).waiting()
    return _("Reported contacts of offices"), reverse("desk-office-reports"), rows


def tasks(_user: User, municipalities: list[Municipality]) -> Iterable[Task]:
    """Return the reported contacts that wait for an official, for municipalities.hooks."""
    rows = OfficeReport.objects.waiting().filter(municipality__in=municipalities)
    own = rows.filter(Q(office=None) | Q(office__kind__in=OF_MUNICIPALITY))
    found = own.select_related("municipality", "office")[:MOST]
    for row in {(row.municipality_id, row.office_id): row for row in found}.values():
        name = row.office.name if row.office else row.municipality.name
        title = _("A visitor reports a wrong contact: %(office)s") % {"office": name}
        yield Task(
            title,
            f"{reverse('my-office')}?municipality={row.municipality.slug}",
            note=row.note,
            since=row.reported_at,
        )


def table_header() -> list[str]:
    """Return the heads of the table of offices that one takes away; the portal reads them again."""
    return [capfirst(str(head)) for head in (*file.HEADS.values(), *file.MORE.values())]


def table_rows(rows: QuerySet[Office]) -> Iterator[list[Any]]:
    """Yield a line for each office."""
    for row in rows.iterator(chunk_size=500):
        own = [getattr(row, name) for name in file.COLUMNS]
        checked = timezone.localdate(row.checked_at) if row.checked_at else None
        place = row.municipality
        more = [place.name, place.region.name, row.source, row.as_of, checked, row.closed_on]
        yield [place.code, row.get_kind_display(), row.name, *own, *more]
