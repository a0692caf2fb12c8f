"""The desk's list as a table to take away: its columns, masked as they are on the screen."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.choices import ACTIVE, ON_US
from consultations.models import SupportRequest
from consultations.requests.queries import SHORT_KINDS, known_by, risk_words

MOST = 10_000
CHUNK = 500


def header() -> list[str]:
    """Return the heads of the columns."""
    return [
        _("Request"), _("Subject"), _("Who asks"), _("Known by"), _("Municipality"), _("Topic"), _("State"),
        _("Assignee"), capfirst(_("received")), _("Answer due"), capfirst(_("home at risk")),
        _("Home at risk by"), _("Priority"),
    ]  # fmt: skip


def rows(requests: QuerySet[SupportRequest]) -> Iterator[list[Any]]:
    """Yield the first ten thousand requests as they are fetched; the last row says when there are more."""
    fetched = requests[: MOST + 1].iterator(chunk_size=CHUNK)
    for request in islice(fetched, MOST):
        yield _row(request)
    if next(fetched, None) is not None:
        count = number_format(MOST, force_grouping=True)
        yield [_("Only the first %(count)s requests are here. Narrow the filter.") % {"count": count}]


def _row(request: SupportRequest) -> list[Any]:
    is_active = request.state in ACTIVE
    return [
        request.reference,
        request.subject,
        str(SHORT_KINDS[request.requester_kind]),
        known_by(request.requester),
        request.municipality.name if request.municipality else "",
        str(request.topic or ""),
        request.get_state_display(),
        request.assignee.name if request.assignee else "",
        request.received_at,
        request.due_on if request.state in ON_US else None,
        risk_words(request) if request.is_home_at_risk else "",
        request.home_at_risk_by if request.is_home_at_risk else None,
        request.get_priority_display() if request.priority and is_active else "",
    ]
