"""What deliveries tell a municipality's timeline: a report has come, was confirmed, was asked about."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from municipalities.hooks import Entry, newest
from municipalities.models import Municipality
from visits.models import Delivery

KIND = "visit-reports"


def entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return what happened with reports that were sent to a municipality, for those who may see them."""
    rows = Delivery.objects.visible_to(reader).filter(municipality=municipality, queued_at__lt=before)
    found = rows.select_related("report__visit", "edition").order_by("-pk")[:limit]
    is_desk = reader.is_contact_centre
    return newest((entry for row in found for entry in _told(row, is_desk=is_desk)), before, limit)


def _told(row: Delivery, *, is_desk: bool) -> Iterator[Entry]:
    url, title = (row.get_desk_url() if is_desk else row.get_my_url()), row.edition.title
    moments = (
        (row.sent_at, _("Report of a study visit sent")),
        (row.acknowledged_at, _("Report of a study visit confirmed")),
        (row.asked_at, _("Question about a report of a study visit")),
        (row.told_at, _("Told of a report of a study visit by phone")),
    )
    for at, words in moments:
        if at:
            yield Entry(at=at, kind=KIND, title=words, text=title, url=url)
