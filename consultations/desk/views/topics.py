"""By when answers on each topic are due."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.desk.forms.topics import TopicDaysForm
from consultations.models import Topic
from consultations.requests.actions.topics import set_answer_days
from consultations.requests.clock import ANSWER_WORKING_DAYS, AT_RISK_WORKING_DAYS
from core.views.verbs import UNPROCESSABLE

# What was sent could not be done as it stands.


@requires(Permission.MANAGE_MEMBERSHIPS)
def topics(request: UserRequest) -> HttpResponse:
    """All topics with their days, to be put right."""
    form = TopicDaysForm(request.POST or None, topics=Topic.objects.all())
    if not form.is_bound:
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, UNPROCESSABLE)
    with transaction.atomic():
        for topic, days in form.changes():
            set_answer_days(topic, days=days, by=request.user)
    messages.success(request, _("The days are saved."))
    return redirect("desk-topics")


def _page(request: UserRequest, form: TopicDaysForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "usual": ANSWER_WORKING_DAYS, "at_risk": AT_RISK_WORKING_DAYS}
    return render(request, "consultations/desk/topics.html", context, status=status)
