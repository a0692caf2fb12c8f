"""What became of a home at risk: somebody writes it once the day has passed, also after the answer."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.choices import HomeLoss, State
from consultations.models import SupportRequest
from consultations.requests.roles import reasons_of_role
from core import audit
from core.states import update, verb
from core.templatetags.ui import day


def reasons_against_outcome(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot write what became of the home; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if not (request.home_loss or request.home_at_risk_by):
        reasons.append(_("Nobody has said here that somebody loses a home."))
    elif request.state in (State.DUPLICATE, State.SPAM):
        state = {"state": request.get_state_display()}
        reasons.append(_("The request is “%(state)s”, so nobody asks what became of the home.") % state)
    elif is_still_to_come(request):
        words = {"day": day(request.home_at_risk_by)}
        reasons.append(
            _("The day, %(day)s, is still to come. If it no longer holds, change it in the details.") % words
        )
    return reasons


def is_still_to_come(request: SupportRequest) -> bool:
    """Tell whether the day on which they lose their home has not passed yet."""
    on = request.home_at_risk_by
    return request.home_loss != HomeLoss.LOST and on is not None and on >= timezone.localdate()


@verb(against=reasons_against_outcome)
def write_outcome(request: SupportRequest, *, outcome: str, by: User) -> None:
    """Write what became of the home, or put right what was written; the home is at risk no longer."""
    now = {"home_outcome": outcome, "home_outcome_at": timezone.now(), "home_outcome_by": by}
    update(request, also=now)
    audit.record("request.write_outcome", request, by=by, outcome=str(outcome))
