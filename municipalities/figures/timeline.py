"""What a municipality's timeline tells of its figures and its returns, to the desk and its own officials."""

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
from municipalities.places.profile import local_text

VALUES, RETURNS = "figures", "returns"


def entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return the values that hold, by their dates, newest first."""
    held = IndicatorValue.objects.current().filter(municipality=municipality)
    rows = held.filter(on__lte=timezone.localdate(before)).select_related("indicator")
    slug = municipality.slug
    public = None if reader.is_contact_centre else reverse("municipality-figures", args=[slug])
    found = [
        _of_value(row, public or reverse("desk-figure", args=[slug, row.pk]))
        for row in rows.order_by("-on", "-pk")[: limit + 1]
    ]
    return [entry for entry in found if entry.at < before][:limit]


def _of_value(row: IndicatorValue, url: str) -> Entry:
    value = f"{numbers.shown(row.value, row.indicator)} {numbers.display_unit(row, to_public=False)}"
    sources = ", ".join(source.text for source in sources_of(local_text(row, "source").text))
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
    title = _("Figures for %(year)s sent")
    found = [_of_return(row, reader, row.sent_at, title, "inbound", who=row.sent_by.name) for row in sent]
    # What was sent again since was sent back before.
    back, accepted = _("Figures for %(year)s sent back"), _("Figures for %(year)s accepted")
    for row in decided:
        title = accepted if row.state == ReturnState.ACCEPTED else back
        found.append(_of_return(row, reader, row.decided_at, title, "outbound"))
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:limit]


def _of_return(row: Return, reader: Any, at: Any, title: str, direction: str, *, who: str = "") -> Entry:
    url = row.get_desk_url() if reader.is_contact_centre else row.get_my_url()
    return Entry(at, RETURNS, title % {"year": row.period.year}, url=url, who=who, direction=direction)
