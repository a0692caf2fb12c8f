"""What a municipality's timeline tells of its figures and its returns, to the desk and its own officials."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.loading import sources_of
from municipalities.choices import ReturnState
from municipalities.figures import numbers
from municipalities.hooks import Entry
from municipalities.models import IndicatorValue, Municipality, Return
from municipalities.places.profile import told

VALUES, RETURNS = "figures", "returns"


def entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return the values that hold, by their dates, newest first."""
    rows = IndicatorValue.objects.current().filter(
        municipality=municipality, on__lte=timezone.localdate(before)
    )
    newest = rows.select_related("indicator").order_by("-on", "-pk")[: limit + 1]
    found = [_of_value(row, _page_of(row, municipality, reader)) for row in newest]
    return [entry for entry in found if entry.at < before][:limit]


def _page_of(row: IndicatorValue, municipality: Municipality, reader: Any) -> str:
    if reader.is_contact_centre:
        return reverse("desk-figure", args=[municipality.slug, row.pk])
    return reverse("municipality-figures", args=[municipality.slug])


def _of_value(row: IndicatorValue, url: str) -> Entry:
    value = f"{numbers.shown(row.value, row.indicator)} ({row.indicator.get_unit_display()})"
    sources = ", ".join(source.text for source in sources_of(told(row, "source").text))
    return Entry(
        timezone.make_aware(datetime.combine(row.on, time())),
        VALUES,
        f"{row.indicator.name}: {value}",
        text=_("Source: %(source)s") % {"source": sources},
        url=url,
        when=numbers.date_words(row),
    )


def return_entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return when returns were sent, sent back and accepted, newest first."""
    rows = Return.objects.visible_to(reader).filter(municipality=municipality).for_list()
    sent = rows.filter(sent_at__lt=before).order_by("-sent_at")[:limit]
    decided = rows.filter(decided_at__lt=before).order_by("-decided_at")[:limit]
    found = [*_sent(sent, reader), *_decided(decided, reader)]
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:limit]


def _sent(rows: Any, reader: Any) -> Iterator[Entry]:
    for row in rows:
        title = _("Figures for %(year)s sent") % {"year": row.period.year}
        yield Entry(
            row.sent_at, RETURNS, title, url=_url(row, reader), who=row.sent_by.name, direction="inbound"
        )


def _decided(rows: Any, reader: Any) -> Iterator[Entry]:
    for row in rows:
        # What was sent again since was sent back before.
        is_accepted = row.state == ReturnState.ACCEPTED
        title = _("Figures for %(year)s accepted") if is_accepted else _("Figures for %(year)s sent back")
        title %= {"year": row.period.year}
        yield Entry(row.decided_at, RETURNS, title, url=_url(row, reader), direction="outbound")


def _url(row: Return, reader: Any) -> str:
    return row.get_desk_url() if reader.is_contact_centre else row.get_my_url()
