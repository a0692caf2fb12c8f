"""What happens to a question to a municipality as days go by: one reminder, then its end."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.choices import ACTIVE, PeerState
from consultations.models import Contact, PeerQuestion
from consultations.models.peer import AFTERWARDS
from consultations.peers import emails
from consultations.peers.queries import officials_for
from consultations.requests.actions.notes import note
from core import audit
from core.schedule import add_working_days, next_day, steps
from core.states import move, update

# The reminder comes so many working days before the answer is due.
DAYS_BEFORE = 3
# Whose names the messages and entries hold.
WHO = ("request__assignee", "request__requester", "asked_by", "municipality__region")


def next_step_on(due_on: date, *, after: date) -> date | None:
    """Return the day of the reminder when it is still to come, else the day after the last one."""
    reminder = add_working_days(due_on, -DAYS_BEFORE)
    return next_day([reminder], after=after, end=due_on + AFTERWARDS + timedelta(days=1))


@steps(lambda: PeerQuestion.objects.pending().select_related(*WHO))
def look_after_peers(question: PeerQuestion) -> None:
    """Remind a municipality's officials, or end the question and tell whoever has the request."""
    step = next_step_on(question.due_on, after=timezone.localdate())
    if question.is_past_its_end:
        _expire(question)
    elif question.request.state in ACTIVE and question.reminded_at is None:
        update(question, also={"reminded_at": timezone.now(), "next_step_on": step})
        audit.record("peer.remind", question, by=None, request=question.request_id)
        emails.peer_reminder(question, officials_for(question.municipality, question.request))
    else:
        update(question, also={"next_step_on": step})


def _expire(question: PeerQuestion) -> None:
    def words() -> str:
        said = _("%(name)s has not answered our question in time.")
        return said % {"name": question.municipality.full_name}

    told = tell(question, words)
    move(question, PeerState.EXPIRED, also={"next_step_on": None, "told_as": told})
    audit.record("peer.expire", question, by=None, request=question.request_id)
    emails.peer_settled(question)


def tell(question: PeerQuestion, words: Callable[[], str]) -> Contact:
    """Write on the request how a question ended, in the language of whoever has it; return the entry.

    Whoever is writing on the request just now is shown first what has come.
    """
    told = note(question.request, words, reader=question.request.assignee or question.asked_by)
    if told.request.state in ACTIVE:
        update(told.request, also={})
    return told
