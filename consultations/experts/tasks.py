"""What happens to a question to an expert as days go by: two reminders, then the end of its link.

The question itself holds the day of its next step; one waiting task looks
after all of them, so that a step that was taken is never taken twice.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from consultations.choices import ACTIVE, Channel, Direction, ExpertState, State
from consultations.experts import emails
from consultations.models import Contact, ExpertQuestion, SupportRequest
from consultations.requests.clock import is_working_day
from consultations.requests.search import index_request
from core import audit
from core.schedule import wake_on
from core.states import Conflict, move, update

# The first reminder comes so many working days before the answer is due, the second on the day after.
DAYS_BEFORE = 3
# Two reminders stand at least so far apart.
APART = timedelta(days=2)


def next_step_on(question: ExpertQuestion, *, after: date) -> date:
    """Return the day after `after` of the next reminder; without one, the day after the link's last."""
    reminded = question.reminded_at and timezone.localdate(question.reminded_at) + APART
    begin = max(after, reminded) if reminded else after
    end = question.expires_on + timedelta(days=1)
    reminders = [_working_days_before(question.due_on, DAYS_BEFORE), question.due_on + timedelta(days=1)]
    return min([day for day in reminders if begin < day < end], default=end)


def _working_days_before(day: date, count: int) -> date:
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def schedule() -> None:
    """See to it that a task comes back on the day of the first step, inside the caller's transaction."""
    first = ExpertQuestion.objects.pending().aggregate(day=Min("next_step_on"))["day"]
    wake_on(look_after_experts, first)


@task()
def look_after_experts() -> None:
    """Take every step that is due today, and come back for the next one."""
    rows = ExpertQuestion.objects.pending().filter(next_step_on__lte=timezone.localdate())
    for question in rows.select_related("request__assignee", "sent_by").order_by("next_step_on", "pk"):
        try:
            _take_step(question)
        except Conflict:
            # Answered or taken back just now; what is still to be done is done next time.
            continue
    schedule()


@transaction.atomic
def _take_step(question: ExpertQuestion) -> None:
    if question.is_past_its_end:
        _expire(question)
    else:
        _remind(question)


def _remind(question: ExpertQuestion) -> None:
    is_needed = question.request.state in ACTIVE
    reminded = {"reminded_at": timezone.now(), "reminders": question.reminders + 1} if is_needed else {}
    step = next_step_on(question, after=timezone.localdate())
    update(question, also={**reminded, "next_step_on": step})
    if is_needed:
        audit.record("expert.remind", question, by=None, request=question.request_id)
        emails.expert_reminder(question)


def _expire(question: ExpertQuestion) -> None:
    told = tell(
        question,
        lambda: (
            _("%(name)s, an expert, has not answered, and the link has expired.")
            % {"name": question.expert_name}
        ),
    )
    move(question, ExpertState.EXPIRED, also={"next_step_on": None, "told_as": told})
    audit.record("expert.expire", question, by=None, request=question.request_id)
    end_waiting(question, by=None)
    emails.expert_settled(question)


# What a question does to its request --------------------------------------------


def tell(question: ExpertQuestion, words: Callable[[], str]) -> Contact:
    """Write on the request, for colleagues only, how a question ended; return the entry.

    `words()` gives the text in the language of whoever has the request.
    """
    reader = question.request.assignee or question.sent_by
    with translation.override(reader.language):
        text = words()
    # What was merged meanwhile is read where it goes on.
    request = question.request.survivor()
    contact = Contact.objects.create(
        request=request, direction=Direction.NOTE, channel=Channel.WEB, text=text
    )
    index_request(request)
    return contact


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
