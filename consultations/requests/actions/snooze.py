"""Putting a request aside until a day, and taking it up again before that.

The clock goes on meanwhile. What brings it back before its day is told by SupportRequest.is_snoozed; in the
morning of its day consultations.requests.tasks does.
"""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.choices import ACTIVE, ON_US
from consultations.models import SupportRequest
from consultations.requests.actions import unread
from consultations.requests.clock import AWAKE
from consultations.requests.roles import reasons_of_role
from core import audit
from core.states import refuse_for, update, verb
from core.templatetags.ui import day


def reasons_against_snoozing(request: SupportRequest, *, by: User) -> list[str]:
    """Return why the request cannot be put aside; empty when it depends on the day."""
    reasons = reasons_of_role(by)
    if request.state not in ACTIVE:
        reasons.append(_("The request is not being worked on. Reopen it first."))
    elif request.assignee_id is None:
        reasons.append(_("Nobody has taken the request yet. Take it first."))
    if request.is_home_at_risk:
        reasons.append(_("A home is at risk here, so the request stays in sight."))
    if request.is_overdue:
        reasons.append(_("The answer is overdue, so the request stays in sight."))
    return reasons


@verb(against=reasons_against_snoozing)
def snooze(request: SupportRequest, *, until: date, reason: str, by: User) -> None:
    """Come back to the request on a day. Raises Refused, too, for such a day and without a reason."""
    refuse_for(_reasons_against_day(request, until) + _reasons_against_reason(reason))
    aside = {"snoozed_until": until, "snooze_reason": reason.strip()}
    update(request, also={**aside, "snoozed_at": timezone.now(), "snoozed_by": by})
    unread.read(request, by=by, version=request.version)
    audit.record("request.snooze", request, by=by, until=until.isoformat())


def _reasons_against_day(request: SupportRequest, until: date) -> list[str]:
    if until <= timezone.localdate():
        return [_("Choose a day that is still to come.")]
    if request.state in ON_US and request.due_on and until > request.due_on:
        words = _("The answer is due on %(day)s. Choose a day until then, or answer first.")
        return [words % {"day": day(request.due_on)}]
    return []


def _reasons_against_reason(reason: str) -> list[str]:
    return [] if reason.strip() else [_("Write why, so that colleagues understand it, too.")]


def reasons_against_unsnoozing(request: SupportRequest, *, by: User) -> list[str]:
    """Return why the request cannot be taken up again; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if request.snoozed_until is None:
        reasons.append(_("The request is not put aside."))
    return reasons


@verb(against=reasons_against_unsnoozing)
def unsnooze(request: SupportRequest, *, by: User) -> None:
    """Take the request up again before its day."""
    update(request, also=AWAKE)
    audit.record("request.unsnooze", request, by=by)
