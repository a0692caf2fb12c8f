"""What a change of a visit means for those invited and those who go: silence, reminders, who is told."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.audit import entries_of
from core.notices.kinds import Kind
from core.outbox.mail import OutgoingMail, take_back
from core.outbox.models import State
from visits.attendance import emails
from visits.attendance.actions.answers import silence, wait_again
from visits.attendance.actions.invitations import plan_reminders
from visits.attendance.queries import is_over
from visits.attendance.tasks import close_sign_ups
from visits.choices import STANDING, PlaceState, VisitState
from visits.models import Attendee, StudyVisit
from visits.plans.actions.plans import PROGRAMME

# For so long a mail about a change waits: what is changed meanwhile goes along in one.
HOLD = timedelta(minutes=10)
TOLD = "visit.tell_changed"
# What whoever goes is told of, when it changes.
MATTERS = (
    "title",
    "host",
    "country",
    "places",
    "starts_on",
    "ends_on",
    "date_text",
    "instructions",
    PROGRAMME,
)
SIGN_UP = "sign_up_until"


def follow_move(visit: StudyVisit, by: User | None) -> None:
    """Let invitations follow a visit that went on to another state. It belongs to the verb's transaction."""
    if visit.state == VisitState.OPEN:
        wait_again(visit)
        follow_sign_up(visit)
    elif visit.state == VisitState.CLOSED:
        silence(visit)
    elif visit.state == VisitState.CANCELLED:
        _tell_all(visit, emails.cancelled, emails.CALLED_OFF, by)
    elif visit.state == VisitState.PLANNED:
        # Only what was called off is planned once more.
        _tell_all(visit, emails.planned_again, emails.PLANNED_AGAIN, by)


def follow_sign_up(visit: StudyVisit) -> None:
    """Let reminders and the end of the sign-up follow its last moment."""
    if visit.state == VisitState.OPEN:
        plan_reminders(visit)
        close_sign_ups.plan()


def follow_change(visit: StudyVisit, changed: Iterable[str], by: User) -> None:
    """Tell those who have a place, once, what of a visit changed; columns may end in their language."""
    names = {name.removesuffix("_id").removesuffix("_cs").removesuffix("_en") for name in changed}
    if SIGN_UP in names:
        follow_sign_up(visit)
    parts = [name for name in MATTERS if name in names]
    people = list(visit.attendees.filter(state=PlaceState.CONFIRMED).order_by("pk"))
    if not parts or not people or is_over(visit):
        return
    told = {*parts, *_taken_back(visit, people)}
    parts = [name for name in MATTERS if name in told]
    for person in people:
        person.visit = visit
    emails.changed(people, labels_of(parts), hold=int(HOLD.total_seconds()))
    audit.record(TOLD, visit, by=by, parts=parts)


def _taken_back(visit: StudyVisit, people: list[Attendee]) -> list[str]:
    """Stop the mails about an earlier change that still wait, and return what they told."""
    waiting = OutgoingMail.objects.filter(
        kind=emails.CHANGED,
        about_kind=Attendee._meta.model_name,
        about_id__in=[person.pk for person in people],
        state=State.QUEUED,
    )
    if not [mail for mail in waiting if take_back(mail)]:
        return []
    last = entries_of(visit).filter(verb=TOLD, at__gte=timezone.now() - HOLD).last()
    return last.details["parts"] if last else []


def labels_of(parts: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of what changed, by language."""
    found = {}
    for language in ("cs", "en"):
        with translation.override(language):
            found[language] = [
                str(StudyVisit.WORDS.get(name) or _("Programme of the visit")) for name in parts
            ]
    return found


def _tell_all(
    visit: StudyVisit, write: Callable[[list[Attendee]], None], kind: Kind, by: User | None
) -> None:
    """Write to all who were named and stand on the list, and tell the officials of all invited."""
    people = list(visit.attendees.filter(state__in=STANDING).order_by("pk"))
    for person in people:
        person.visit = visit
    write(people)
    for invitation in visit.invitations.select_related("municipality"):
        invitation.visit = visit
        emails.to_officials(kind, invitation, by=by)
