"""What happens to a question to an expert as days go by: two reminders, then the end of its link."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.choices import ACTIVE, ExpertState, State
from consultations.experts import emails
from consultations.models import Contact, ExpertQuestion, SupportRequest
from consultations.requests.actions.notes import note
from core import audit
from core.schedule import add_working_days, next_day, steps
from core.states import move, update

# The first reminder comes so many working days before the answer is due, the second so long after it.
DAYS_BEFORE = 3
AFTERWARDS = timedelta(days=1)
# Two reminders stand at least so far apart.
APART = timedelta(days=2)


def next_step_on(question: ExpertQuestion, *, after: date) -> date | None:
    """Return the day after `after` of the next reminder; without one, the day after the link's last."""
    reminders = [add_working_days(question.due_on, -DAYS_BEFORE), question.due_on + AFTERWARDS]
    if question.reminded_at:
        after = max(after, timezone.localdate(question.reminded_at) + APART)
    return next_day(reminders, after=after, end=question.expires_on + timedelta(days=1))


@steps(lambda: ExpertQuestion.objects.pending().select_related("request__assignee", "sent_by"))
def look_after_experts(question: ExpertQuestion) -> None:
    """Remind an expert, or end their link and tell whoever has the request."""
    if question.is_past_its_end:
        _expire(question)
    elif question.request.state in ACTIVE:
        remind(question, by=None)
    else:
        update(question, also={"next_step_on": next_step_on(question, after=timezone.localdate())})


def remind(question: ExpertQuestion, *, by: User | None) -> None:
    """Send the same link once more, and put the next step off; raises Conflict when it changed meanwhile."""
    reminded = {"reminded_at": timezone.now(), "reminders": question.reminders + 1}
    step = next_step_on(question, after=timezone.localdate() + APART)
    update(question, also={**reminded, "next_step_on": step})
    audit.record("expert.remind", question, by=by, request=question.request_id)
    emails.expert_reminder(question)


def _expire(question: ExpertQuestion) -> None:
    def words() -> str:
        said = _("%(name)s, an expert, has not answered, and the link has expired.")
        return said % {"name": question.expert_name}

    told = tell(question, words)
    move(question, ExpertState.EXPIRED, also={"next_step_on": None, "told_as": told})
    audit.record("expert.expire", question, by=None, request=question.request_id)
    end_waiting(question, by=None)
    emails.expert_settled(question)


def tell(question: ExpertQuestion, words: Callable[[], str]) -> Contact:
    """Write on the request how a question ended, in the language of whoever has it; return the entry."""
    return note(question.request, words, reader=question.request.assignee or question.sent_by)


def end_waiting(question: ExpertQuestion, *, by: Any) -> None:
    """Let work on the request go on unless another expert still owes an answer.

    Whoever is writing on the request just now is shown first what has come.
    """
    request = question.request.survivor()
    request.refresh_from_db(from_queryset=SupportRequest.objects.select_for_update())
    pending = ExpertQuestion.objects.pending().filter(request__in=[request.pk, question.request_id])
    if request.state == State.WAITING_EXPERT and not pending.exists():
        move(request, State.OPEN)
        if by:
            audit.record("request.go_on", request, by=by)
    elif request.state in ACTIVE:
        update(request, also={})
