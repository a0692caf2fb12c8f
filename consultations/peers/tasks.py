"""What happens to a question to a municipality as days go by: one reminder, then its end.

The question holds the day of its next step; one waiting task looks after all of them.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from consultations.choices import ACTIVE, Channel, Direction, PeerState
from consultations.experts.tasks import DAYS_BEFORE
from consultations.models import Contact, PeerQuestion, SupportRequest
from consultations.models.peer import AFTERWARDS
from consultations.peers import emails
from consultations.peers.queries import officials_for
from consultations.requests.clock import add_working_days
from consultations.requests.search import index_request
from core import audit
from core.schedule import wake_on
from core.states import Conflict, move, update


def next_step_on(due_on: date, *, after: date) -> date:
    """Return the day of the reminder when it is still to come, else the day after the last one."""
    reminder = add_working_days(due_on, -DAYS_BEFORE)
    return reminder if reminder > after else due_on + AFTERWARDS + timedelta(days=1)


def schedule() -> None:
    """See to it that a task comes back on the day of the first step, inside the caller's transaction."""
    first = PeerQuestion.objects.pending().aggregate(day=Min("next_step_on"))["day"]
    wake_on(look_after_peers, first)


@task()
def look_after_peers() -> None:
    """Take every step that is due today, and come back for the next one."""
    rows = PeerQuestion.objects.pending().filter(next_step_on__lte=timezone.localdate())
    related = ("request__assignee", "request__requester", "asked_by", "municipality__region")
    for question in rows.select_related(*related).order_by("next_step_on", "pk"):
        try:
            _take_step(question)
        except Conflict:
            # Answered or taken back just now; what is still to be done is done next time.
            continue
    schedule()


@transaction.atomic
def _take_step(question: PeerQuestion) -> None:
    if question.is_past_its_end:
        _expire(question)
    else:
        _remind(question)


def _remind(question: PeerQuestion) -> None:
    is_needed = question.request.state in ACTIVE and question.reminded_at is None
    end = question.last_day + timedelta(days=1)
    reminded = {"reminded_at": timezone.now()} if is_needed else {}
    update(question, also={**reminded, "next_step_on": end})
    if is_needed:
        audit.record("peer.remind", question, by=None, request=question.request_id)
        emails.peer_reminder(question, officials_for(question.municipality, question.request))


def _expire(question: PeerQuestion) -> None:
    told = tell(question, lambda: _told_of_silence(question))
    move(question, PeerState.EXPIRED, also={"next_step_on": None, "told_as": told})
    audit.record("peer.expire", question, by=None, request=question.request_id)
    emails.peer_settled(question)


def _told_of_silence(question: PeerQuestion) -> str:
    words = _("%(name)s has not answered our question in time.")
    return words % {"name": question.municipality.full_name}


def tell(question: PeerQuestion, words: Callable[[], str]) -> Contact:
    """Write on the request, for colleagues only, how a question ended; return the entry.

    `words()` gives the text in the language of whoever has the request. Whoever is writing
    on the request just now is shown first what has come.
    """
    reader = question.request.assignee or question.asked_by
    with translation.override(reader.language):
        text = words()
    # What was merged meanwhile is read where it goes on.
    request = question.request.survivor()
    request.refresh_from_db(from_queryset=SupportRequest.objects.select_for_update())
    contact = Contact.objects.create(
        request=request, direction=Direction.NOTE, channel=Channel.WEB, text=text
    )
    index_request(request)
    if request.state in ACTIVE:
        update(request, also={})
    return contact
