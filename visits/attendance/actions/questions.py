"""Questions that municipalities send along with the delegation, and what was heard."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.states import Refused, update, verb
from visits.attendance.actions.places import reasons_of_role, reasons_of_speaker, reasons_of_time
from visits.choices import VisitState
from visits.models import ProgrammeItem, TravelQuestion, VisitInvitation

Item = ProgrammeItem | None

LONGEST = 2000
MOST_OF_ONE = 20
NOTED_IN = (VisitState.CLOSED, VisitState.UNDER_WAY, VisitState.REPORTING)


def reasons_against_asking(invitation: VisitInvitation, *, by: User) -> list[str]:
    """Say why a municipality cannot send a question along; empty until the visit begins."""
    reasons = reasons_of_speaker(invitation, by) + reasons_of_time(invitation.visit)
    rows = invitation.visit.questions.filter(municipality=invitation.municipality_id, withdrawn_at=None)
    if rows.count() >= MOST_OF_ONE:
        reasons.append(_("You have sent %(count)s questions. Change one of them.") % {"count": MOST_OF_ONE})
    return reasons


@verb(against=reasons_against_asking)
def ask(invitation: VisitInvitation, *, text: str, item: ProgrammeItem | None, by: User) -> TravelQuestion:
    """Send a question along, to be asked at one item of the programme or anywhere. Going is not needed."""
    question = TravelQuestion.objects.create(
        visit=invitation.visit, municipality=invitation.municipality, text=text, item=item, asked_by=by
    )
    audit.record("travel_question.ask", question, by=by, visit=invitation.visit_id)
    return question


def reasons_against_changing(question: TravelQuestion, *, by: User) -> list[str]:
    """Say why a question cannot be changed or withdrawn; empty until the visit begins."""
    rows = VisitInvitation.objects.filter(visit=question.visit_id, municipality=question.municipality_id)
    reasons = reasons_of_speaker(rows.first(), by) + reasons_of_time(question.visit)
    if question.withdrawn_at:
        reasons.append(_("The question was withdrawn."))
    return reasons


@verb(against=reasons_against_changing, versioned=True)
def change(question: TravelQuestion, *, text: str, item: Item, version: int, by: User) -> None:
    """Change a question, or where on the programme it is to be asked."""
    update(question, also={"text": text, "item": item})
    audit.record("travel_question.change", question, by=by, visit=question.visit_id)


@verb(against=reasons_against_changing, versioned=True)
def withdraw(question: TravelQuestion, *, version: int, by: User) -> None:
    """Take a question back, so that nobody asks it."""
    update(question, also={"withdrawn_at": timezone.now()})
    audit.record("travel_question.withdraw", question, by=by, visit=question.visit_id)


def reasons_against_noting(question: TravelQuestion, *, by: User) -> list[str]:
    """Say why what was heard cannot be noted; empty from the closed sign-up until the report is out."""
    reasons = reasons_of_role(by)
    if question.visit.state not in NOTED_IN:
        reasons.append(_("Answers are noted from the closed sign-up until the report is out."))
    return reasons


@verb(against=reasons_against_noting)
def note(question: TravelQuestion, *, keywords: str, version: int, at: datetime, by: User) -> bool:
    """Note in keywords what was heard, as written at a moment on a version; tell whether two are kept.

    It may come late and more than once. Where a colleague noted something else meanwhile, both stand
    below one another, and nothing is lost. Raises Refused where that is too long, Conflict when somebody
    is quicker at the same moment.
    """
    question.refresh_from_db()
    kept = question.keywords
    is_late = version != question.version
    text = both(kept, keywords) if is_late else keywords
    if text == kept:
        return False
    if len(text) > LONGEST:
        raise Refused([_("What was heard has at most %(count)s characters.") % {"count": LONGEST}])
    update(question, also={"keywords": text, "noted_at": min(at, timezone.now()), "noted_by": by})
    audit.record("travel_question.note", question, by=by, visit=question.visit_id)
    return is_late and text not in (kept, keywords)


def both(theirs: str, mine: str) -> str:
    """Return two notes as one: the longer where it holds the other, else one below the other."""
    if mine in theirs:
        return theirs
    return mine if theirs in mine else f"{theirs}\n\n{mine}"
