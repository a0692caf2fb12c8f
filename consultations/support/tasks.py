"""What is told of in-depth support in the morning: a step that is due."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.duty.queries import stand_ins
from accounts.permissions import Permission
from consultations.models import PlanStep
from consultations.requests.tasks import LATEST, untold
from core.notices.actions import tell
from core.notices.kinds import How, Kind
from core.schedule import add_working_days, comes_back, is_working_day, next_early

STEP_DUE = Kind(
    key="support/step_due",
    label=_("A step of in-depth support is due"),
    sentence=_("A step of in-depth support is due: %(reference)s."),
    permission=Permission.VIEW_REQUESTS,
    usual=How.DIGEST,
)


@comes_back(next_early)
def tell_of_steps() -> None:
    """Tell whoever is to take a step by the next working day, each day once."""
    today = timezone.localdate()
    if not is_working_day(today):
        return
    due = PlanStep.objects.planned().filter(due_on__range=(today - LATEST, add_working_days(today, 1)))
    for step in untold(due.select_related("who", "plan__request"), STEP_DUE, column="due_on"):
        request = step.plan.request
        words = {"reference": request.reference, "day": step.due_on.isoformat()}
        tell(step, {STEP_DUE.key: stand_ins([step.who])}, link=request.get_desk_url, **words)
