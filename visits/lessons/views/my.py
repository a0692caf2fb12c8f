"""A lesson of a visit proposed to an official's municipality: what it answers, and what came of it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from visits.lessons import page, queries
from visits.models import Proposal

TEMPLATE = "visits/lessons/my_lesson.html"


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def my_lesson(request: UserRequest, pk: int) -> HttpResponse:
    """One lesson with its answer; once it is sent, the next one that waits."""
    proposal = _own(request, pk)
    return page.answered(request, proposal, to=lambda _done: _next(proposal), template=TEMPLATE)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def my_lesson_came(request: UserRequest, pk: int) -> HttpResponse:
    """Say what came of the lesson."""
    proposal = _own(request, pk)
    return page.told(request, proposal, to=proposal.get_my_url(), template=TEMPLATE)


def _own(request: UserRequest, pk: int) -> Proposal:
    rows = Proposal.objects.visible_to(request.user).of_public_reports().for_list()
    return get_object_or_404(rows.select_related("practice", "lesson__practice"), pk=pk)


def _next(proposal: Proposal) -> str:
    """Return the page of the next lesson of the report that waits, else of this one."""
    waiting = [row for row in queries.in_line(proposal) if not row.is_answered]
    return (waiting[0] if waiting else proposal).get_my_url()
