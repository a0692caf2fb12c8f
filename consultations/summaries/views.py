"""The requests that a summary answers, linked and unlinked at the desk."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.models import Summary, SummaryOrigin
from consultations.summaries import actions
from consultations.summaries.forms import LinkForm
from consultations.summaries.kind import SUMMARIES
from core.documents.views.desk import show_page
from core.views.verbs import run_verb


@requires(Permission.WRITE_SUMMARY)
@require_POST
def link(request: UserRequest, pk: int) -> HttpResponse:
    """Link one more request that the summary answers."""
    summary = _summary(request, pk)
    form = LinkForm(request.POST)
    show = partial(show_page, request, SUMMARIES, summary, link_form=form)
    if not form.is_valid():
        return show()
    verb = partial(actions.link_request, summary, request=form.cleaned_data["reference"], by=request.user)
    return run_verb(request, verb, to=summary.get_desk_url(), show=show, done=_("The request is linked."))


@requires(Permission.WRITE_SUMMARY)
@require_POST
def unlink(request: UserRequest, pk: int, origin: int) -> HttpResponse:
    """Take the link to a request back."""
    summary = _summary(request, pk)
    row = get_object_or_404(SummaryOrigin.objects.select_related("summary"), pk=origin, summary=summary)
    verb, show = partial(actions.unlink_request, row, by=request.user), partial(show_page, request, SUMMARIES)
    return run_verb(
        request, verb, to=summary.get_desk_url(), show=partial(show, summary), done=_("The link is gone.")
    )


def _summary(request: UserRequest, pk: int) -> Summary:
    return get_object_or_404(Summary.objects.visible_to(request.user), pk=pk)
