"""What a municipality's timeline tells of practice: texts published, and the ledger of what it took over."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.templatetags.ui import partial_date
from municipalities.hooks import Entry
from municipalities.models import AdoptionStep, Municipality, PracticeEdition
from municipalities.places.profile import local_text
from municipalities.practices.queries import editions_of

KIND = "practices"


def entries(municipality: Municipality, _reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return what was published of the municipality's practice, and its steps, newest first."""
    said = [*_published(municipality, before, limit), *_steps(municipality, before, limit)]
    earlier = [entry for entry in said if entry.at < before]
    return sorted(earlier, key=lambda entry: entry.at, reverse=True)[:limit]


def _published(municipality: Municipality, before: datetime, limit: int) -> Iterator[Entry]:
    rows = PracticeEdition.objects.filter(document__municipality=municipality, document__slug__isnull=False)
    rows = rows.filter(published_at__lt=before).select_related("document")
    for row in rows.order_by("-published_at", "-pk")[:limit]:
        title = _("Practice published: %(title)s") % {"title": row.title}
        if row.published_at is not None:
            yield Entry(row.published_at, KIND, title, url=row.document.get_absolute_url())


def _steps(municipality: Municipality, before: datetime, limit: int) -> Iterator[Entry]:
    """Yield the ledger by the day of each step; what has no day stands where it was entered."""
    steps = AdoptionStep.objects.filter(adoption__municipality=municipality)
    rows = steps.select_related("adoption__practice")
    dated = rows.filter(on__lte=timezone.localdate(before)).order_by(F("on").desc(), "-pk")[: limit + 1]
    undated = rows.filter(on=None, entered_at__lt=before).order_by("-entered_at", "-pk")[:limit]
    found = [*dated, *undated]
    editions = editions_of(row.adoption.practice_id for row in found)
    for row in found:
        if (edition := editions.get(row.adoption.practice_id)) is None:
            continue
        title = _("%(state)s: %(title)s") % {"state": row.get_state_display(), "title": edition.title}
        day = strip_tags(str(partial_date(row.on, row.precision)))
        morning = timezone.make_aware(datetime.combine(row.on, time())) if row.on else None
        url = edition.document.get_absolute_url()
        yield Entry(
            morning or row.entered_at,
            KIND,
            capfirst(title),
            local_text(row, "reason").text,
            url,
            when=day,
        )
