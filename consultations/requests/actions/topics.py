"""In how many working days an answer is due, topic by topic."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from consultations.models import Topic
from consultations.requests.clock import ANSWER_WORKING_DAYS
from core import audit
from core.states import Refused, verb


def reasons_against_setting_answer_days(*, by: User) -> list[str]:
    """Return why `by` cannot set the days of topics; empty when nothing stands against it."""
    return by.reasons_without(
        Permission.MANAGE_MEMBERSHIPS, _("Your role does not set by when answers are due.")
    )


@verb(against=reasons_against_setting_answer_days)
def set_answer_days(topic: Topic, *, days: int | None, by: User) -> None:
    """Let answers on a topic be due in `days` working days; None is the usual number.

    It counts for clocks that start from now on. Raises Refused, too, when the number is out of range.
    """
    if days is not None and not 1 <= days <= ANSWER_WORKING_DAYS:
        raise Refused([_("Write a number from 1 to %(most)s.") % {"most": ANSWER_WORKING_DAYS}])
    topic.answer_days = days
    topic.save(update_fields=["answer_days"])
    audit.record("topic.set_answer_days", topic, by=by, days=days)
