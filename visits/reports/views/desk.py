"""Where the report of a visit is begun."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.verbs import run_verb
from visits.models import StudyVisit
from visits.reports import actions, queries
from visits.reports.views.rows import report_page


@requires(Permission.WRITE_REPORT)
def begin(request: UserRequest, pk: int) -> HttpResponse:
    """Begin the report of a visit, or go on to the one that there is."""
    visit = get_object_or_404(StudyVisit.objects.visible_to(request.user), pk=pk)
    if report := queries.report_of(visit):
        return redirect(report.get_desk_url())
    against = actions.reasons_against_beginning(visit)

    def show(*, reasons: Any = against, conflict: Any = None, status: int = 200) -> HttpResponse:
        context = {"visit": visit, "reasons": reasons, "programme": list(visit.programme.all())}
        context["questions"] = visit.questions.filter(withdrawn_at=None).count()
        return render(request, "visits/reports/begin.html", context, status=status)

    verb = partial(actions.begin, visit, by=request.user)
    done = _("The report is begun.")
    return run_verb(request, verb, to=lambda row: report_page(row.document_id), show=show, done=done)
