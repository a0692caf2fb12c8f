"""By when an answer is due, counted in Czech working days.

The clock starts when a request comes, or when its requester replies to a
question of ours; day one is the day after, in Czech time. While we wait for
the requester it does not run: the request then has no due_on.
"""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.choices import HomeLoss
from consultations.models import SupportRequest
from core.schedule import add_working_days
from core.templatetags.ui import weekday

ANSWER_WORKING_DAYS = 10
# Whoever is about to lose a home waits no longer than this, and who has none already than that.
AT_RISK_WORKING_DAYS = 3
LOST_WORKING_DAYS = 1
# What a request says of a home that may be lost.
HOME = ("home_loss", "home_at_risk_by")
# What became of it is asked anew when something else is said of it.
NO_OUTCOME = {"home_outcome": "", "home_outcome_at": None, "home_outcome_by_id": None}
# Columns of a request whose clock does not run: nobody waits for us.
STOPPED = {"waiting_since": None, "due_on": None}
# Columns of a request that nobody has put aside.
AWAKE = {"snoozed_until": None, "snooze_reason": "", "snoozed_at": None, "snoozed_by": None}


def due_on(
    started_at: datetime,
    *,
    topic_days: int | None = None,
    home_loss: str = "",
    home_at_risk_by: date | None = None,
) -> date:
    """Return the day by which an answer is due when the clock started at `started_at`.

    `topic_days` is the number of working days of the topic, where it has one
    of its own. When a home is at risk the answer is due in three working days,
    and never later than on the last working day before `home_at_risk_by`; but
    never earlier than on the next working day either. Who has no home already
    is answered on the next working day.
    """
    day = timezone.localtime(started_at).date()
    due = add_working_days(day, topic_days or ANSWER_WORKING_DAYS)
    if not home_loss and home_at_risk_by is None:
        return due
    soonest = add_working_days(day, LOST_WORKING_DAYS)
    due = soonest if home_loss == HomeLoss.LOST else min(due, add_working_days(day, AT_RISK_WORKING_DAYS))
    if home_at_risk_by is None or due < home_at_risk_by:
        return due
    return soonest if home_at_risk_by <= soonest else max(soonest, add_working_days(home_at_risk_by, -1))


def due_for(request: SupportRequest, started_at: datetime, **changed: Any) -> date:
    """Return the day by which a request is to be answered when its clock started at `started_at`.

    `changed` are columns that it is about to have. A home of which we know what became of it hurries nobody.
    """
    now = {name: changed.get(name, getattr(request, name)) for name in ("topic", *HOME, "home_outcome")}
    home = {} if now["home_outcome"] else {name: now[name] for name in HOME}
    return due_on(started_at, topic_days=now["topic"].answer_days if now["topic"] else None, **home)


def rule() -> str:
    """Say how soon we answer who loses a home: the same words for whoever asks and for the desk."""
    return _(
        "Whoever loses their home hears from us within %(days)s working days, and sooner when the day comes "
        "sooner. Whoever has no home already hears on the next working day."
    ) % {"days": AT_RISK_WORKING_DAYS}


def promise(request: SupportRequest) -> str:
    """Say to whoever asked by when they will hear from us, "" where we owe them nothing."""
    return _("You will hear from us by %(day)s.") % {"day": weekday(request.due_on)} if request.due_on else ""


def working_days_ago(count: int) -> datetime:
    """Return the Czech midnight that began `count` working days before today."""
    return midnight(add_working_days(timezone.localdate(), -count))


def midnight(day: date) -> datetime:
    """Return the moment at which a day began in Czech time."""
    return timezone.make_aware(datetime.combine(day, time()))
