"""By when answers on each topic are due."""

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.desk.forms.topics import TopicDaysForm
from consultations.models import Topic
from consultations.requests.actions.topics import set_answer_days
from consultations.requests.clock import ANSWER_WORKING_DAYS, AT_RISK_WORKING_DAYS
from core.views.verbs import run_verb, template_page


@requires(Permission.MANAGE_MEMBERSHIPS)
def topics(request: UserRequest) -> HttpResponse:
    """All topics with their days, to be put right."""
    form = TopicDaysForm(request.POST or None, topics=Topic.objects.all())

    @transaction.atomic
    def verb() -> None:
        for topic, days in form.changes():
            set_answer_days(topic, days=days, by=request.user)

    context = {"form": form, "usual": ANSWER_WORKING_DAYS, "at_risk": AT_RISK_WORKING_DAYS}
    show = template_page(request, "consultations/desk/topics.html", context)
    return run_verb(request, verb, to="desk-topics", show=show, done=_("The days are saved."), form=form)
