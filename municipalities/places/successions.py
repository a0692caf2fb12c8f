"""What became of municipalities, and what they came from: for notices, pickers and the timeline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from core.loading import Source, sources_of
from core.templatetags.ui import day
from municipalities.choices import Fate
from municipalities.hooks import Entry, morning, newest
from municipalities.models import Municipality, Succession


@dataclass(frozen=True)
class Turn:
    """One line of a municipality's fate: when, in words, the other municipality and where it is told."""

    on: date
    sentence: str
    name: str
    url: str
    sources: list[Source]


def turns_of(municipality: Municipality, reader: Any = None) -> list[Turn]:
    """Return what became of a municipality and what came into it, newest first.

    The links lead to where the reader works: the desk, their own pages, else the public page.
    """
    sentences = {
        (Fate.MERGED, True): _("Since %(day)s it has been a part of another municipality:"),
        (Fate.MERGED, False): _("Since %(day)s this municipality has been a part of it:"),
        (Fate.SPLIT, True): _("On %(day)s a new municipality arose from it:"),
        (Fate.SPLIT, False): _("It arose on %(day)s from this municipality:"),
    }
    either = Q(before=municipality.pk) | Q(after=municipality.pk)
    found = Succession.objects.filter(either).select_related("before__region", "after__region")
    rows = [(row, row.before_id == municipality.pk) for row in found.order_by("-on", "-pk")]
    others = [row.after if is_before else row.before for row, is_before in rows]
    where = addresses(others, reader) if rows else {}
    return [
        Turn(
            row.on,
            sentences[Fate(row.fate), is_before] % {"day": day(row.on)},
            other.full_name,
            where[other.pk],
            sources_of(row.source),
        )
        for (row, is_before), other in zip(rows, others, strict=True)
    ]


def addresses(rows: Iterable[Municipality], reader: Any) -> dict[int, str]:
    """Return where a reader finds each municipality, by its number: at the desk, in "my", or in public."""
    rows = list(rows)
    if reader is None or not isinstance(reader, User):
        return {row.pk: row.get_absolute_url() for row in rows}
    if reader.has(Permission.VIEW_DESK):
        return {row.pk: reverse("desk-municipality", args=[row.slug]) for row in rows}
    theirs = Municipality.objects.spoken_for_by(reader).filter(pk__in=[row.pk for row in rows])
    own, mine = set(theirs.values_list("pk", flat=True)), reverse("my-timeline")
    return {
        row.pk: f"{mine}?municipality={row.slug}" if row.pk in own else row.get_absolute_url() for row in rows
    }


def entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Tell the timeline what the register says of a municipality before a moment, newest first."""
    told = [
        Entry(morning(turn.on), "register", f"{turn.sentence} {turn.name}", url=turn.url, when=day(turn.on))
        for turn in turns_of(municipality, reader)
    ]
    return newest(told, before, limit)


def successors(municipality: Municipality) -> list[Municipality]:
    """Return the existing municipalities that one which no longer exists became a part of.

    Where a successor merged in its turn, its own successors stand in its place.
    """
    found: dict[int, Municipality] = {}
    wave = [municipality.pk]
    seen = set(wave)
    while wave:
        rows = Succession.objects.filter(before__in=wave, fate=Fate.MERGED)
        met = [row.after for row in rows.select_related("after__region") if row.after_id not in seen]
        seen.update(row.pk for row in met)
        found |= {row.pk: row for row in met if row.dissolved_on is None}
        wave = [row.pk for row in met if row.dissolved_on]
    return list(found.values())


def reasons_against_choosing(municipality: Municipality) -> list[str]:
    """Say why something new cannot be about a municipality: it no longer exists; empty when it does."""
    if municipality.dissolved_on is None:
        return []
    names = ", ".join(row.full_name for row in successors(municipality))
    told = {"name": municipality.name, "day": day(municipality.dissolved_on), "after": names}
    if not names:
        return [_("%(name)s has not been a municipality since %(day)s.") % told]
    return [_("%(name)s has not been a municipality since %(day)s. Now it is %(after)s.") % told]


def told_of_gone(user: User) -> list[str]:
    """Say what became of each municipality that an account speaks for and that no longer exists."""
    rows = Municipality.objects.spoken_for_by(user).exclude(dissolved_on=None).for_list()
    return [reason for row in rows for reason in reasons_against_choosing(row)]
