"""What a municipality's timeline tells of its programmes: what people did, and when phases began."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Permission
from core.audit import AuditEntry
from core.loading import partial
from core.templatetags.ui import partial_date
from municipalities.hooks import Entry, morning, newest
from municipalities.models import Municipality, Programme, ProgrammePhase
from municipalities.places.profile import local_text

KIND = "programmes"
EVENTS = {
    "programme.create": gettext_lazy("Programme begun as a draft"),
    "programme.edit": gettext_lazy("Programme changed"),
    "programme.ask": gettext_lazy("Asked for the programme to be public"),
    "programme.publish": gettext_lazy("Programme made public"),
    "programme.unpublish": gettext_lazy("Programme taken back from the public"),
    "programme.phase_add": gettext_lazy("Phase added"),
    "programme.phase_change": gettext_lazy("Phase changed"),
    "programme.phase_remove": gettext_lazy("Phase removed"),
}


def entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return what happened with the programmes that the reader may see, before a moment, newest first.

    What is dated to a month or a year stands at its first day. No text of a programme is told.
    """
    seen = Programme.objects.visible_to(reader).filter(municipality=municipality)
    rows = {row.pk: row for row in seen.select_related("municipality")}
    if not rows:
        return []
    events, phases = _events(rows, reader, before, limit), _phases(rows, reader, before, limit)
    return newest([*events, *phases, *_periods(rows, reader)], before, limit)


def _events(rows: dict[int, Programme], reader: Any, before: datetime, limit: int) -> Iterator[Entry]:
    found = AuditEntry.objects.filter(subject_kind="programme", subject_id__in=rows, verb__in=EVENTS)
    events = list(found.filter(at__lt=before).order_by("-at", "-pk")[:limit])
    names = dict(User.objects.filter(pk__in={row.actor_id for row in events}).values_list("pk", "name"))
    for row in events:
        programme, who = rows[row.subject_id], names.get(row.actor_id, "")
        event = str(EVENTS[row.verb])
        yield Entry(row.at, KIND, event, text=programme.title, url=_url(programme, reader), who=who)


def _phases(rows: dict[int, Programme], reader: Any, before: datetime, limit: int) -> Iterator[Entry]:
    last = timezone.localdate(before).isoformat()
    # As text, "2017-03" comes before every day of that month, and "2017" before every month of it.
    found = ProgrammePhase.objects.filter(programme__in=rows).exclude(start="").filter(start__lte=last)
    for phase in found.order_by("-start", "-pk")[: limit + 1]:
        title = _("Phase began: %(title)s") % {"title": local_text(phase, "title").text}
        yield _dated(phase.start, title, rows[phase.programme_id], reader)


def _periods(rows: dict[int, Programme], reader: Any) -> Iterator[Entry]:
    for programme in rows.values():
        if programme.start:
            yield _dated(programme.start, _("Programme began"), programme, reader)
        if programme.end:
            yield _dated(programme.end, _("Programme ended"), programme, reader)


def _dated(known: str, title: str, programme: Programme, reader: Any) -> Entry:
    on, precision = partial(known)
    assert on is not None  # only dates that are known are told
    when, url = partial_date(on, precision), _url(programme, reader)
    return Entry(morning(on), KIND, title, url=url, who=programme.title, when=when)


def _url(programme: Programme, reader: Any) -> str:
    if reader.has(Permission.VIEW_DESK):
        return reverse("desk-programme", args=[programme.municipality.slug, programme.pk])
    return reverse("my-programme", args=[programme.pk])
