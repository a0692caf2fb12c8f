"""Where the report of a visit is begun, gets questions that came later, and its PDF is tried once more."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.verbs import back_to, run_verb
from visits.models import Report, ReportEdition, StudyVisit
from visits.reports import actions, queries, tasks
from visits.reports.views.rows import newest_edition, report_page


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


@requires(Permission.WRITE_REPORT)
@require_POST
def make_pdf(request: UserRequest, pk: int) -> HttpResponse:
    """Try once more to make the PDF of a published report."""
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    edition = get_object_or_404(ReportEdition.objects.published(), document=report)
    verb, to = partial(tasks.make_again, edition, by=request.user), report_page(pk)
    return run_verb(request, verb, to=to, show=back_to(request, to), done=_("The PDF is being made."))


@requires(Permission.WRITE_REPORT)
@require_POST
def take_questions(request: UserRequest, pk: int) -> HttpResponse:
    """Take the questions that were sent along after the report was begun."""
    edition, to = newest_edition(request, pk), f"{report_page(pk)}#answers"

    def done(count: int) -> str:
        sentence = ngettext("%(count)s question is added.", "%(count)s questions are added.", count)
        return sentence % {"count": count}

    verb = partial(actions.take_questions, edition, by=request.user)
    return run_verb(request, verb, to=to, show=back_to(request, to), done=done)
