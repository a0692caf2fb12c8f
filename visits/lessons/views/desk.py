"""Lessons at the desk: proposed, answered for a municipality after a call, linked with a practice."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.paging import page_of
from core.views.verbs import back_to, run_verb, template_page, version_of
from municipalities.models import Practice
from visits.lessons import page, queries
from visits.lessons.actions import proposals
from visits.lessons.filters import ProposalFilter
from visits.lessons.forms import LinkForm, ProposeForm
from visits.models import Lesson, Proposal, ReportEdition, StudyVisit

TEMPLATE = "visits/lessons/desk_lesson.html"


@requires(Permission.MANAGE_VISITS)
@require_safe
def lessons(request: UserRequest) -> HttpResponse:
    """Every proposal, the newest first, and above them the visits whose lessons wait to be proposed."""
    filters = ProposalFilter(request.GET, Proposal.objects.of_public_reports().for_list())
    shown = page_of(filters.qs, request)
    context = {
        "filters": filters,
        "page": shown,
        "rows": queries.with_words(shown.items),
        "visits": list(queries.visits_to_propose()),
    }
    return render(request, "visits/lessons/desk_lessons.html", context)


@requires(Permission.MANAGE_VISITS)
def propose(request: UserRequest, pk: int) -> HttpResponse:
    """Choose lessons of a visit's published report, and the municipalities to which they are proposed."""
    visit = get_object_or_404(StudyVisit.objects.select_related("host"), pk=pk)
    edition = get_object_or_404(ReportEdition.objects.published().filter(document__visit=visit))
    wordings = list(edition.lessons.select_related("lesson"))
    form = ProposeForm(request.POST or None, visit=visit, wordings=wordings)
    context = {"visit": visit, "form": form, "wordings": wordings}
    show = template_page(request, "visits/lessons/propose.html", context)
    if "change" in request.POST:
        return show()
    if form.is_valid() and "confirm" not in request.POST and (asked := _asked(form)):
        return render(request, "visits/lessons/propose_confirm.html", {**context, **asked})
    return run_verb(
        request,
        lambda: proposals.propose(edition, **form.chosen(), by=request.user),
        to=tab_of(visit),
        show=show,
        done=_proposed,
        form=form,
    )


def _asked(form: ProposeForm) -> dict[str, Any]:
    """Return who would be asked what that was chosen; empty where all of it was proposed already."""
    chosen = form.chosen()
    pairs = queries.not_proposed(chosen["lessons"], chosen["municipalities"])
    places = list(dict.fromkeys(place for _lesson, place in pairs))
    if not places:
        return {}
    known = len(chosen["municipalities"]) - len(places)
    return {"places": places, "known": known, "unspoken": queries.unspoken(places), **chosen}


def _proposed(rows: list[Proposal]) -> str:
    sentence = ngettext("%(count)s proposal is made.", "%(count)s proposals are made.", len(rows))
    return sentence % {"count": len(rows)}


def tab_of(visit: StudyVisit) -> str:
    """Return where the desk sees what came of a visit."""
    return f"{visit.get_desk_url()}?tab=lessons"


@requires(Permission.MANAGE_VISITS)
def lesson(request: UserRequest, pk: int) -> HttpResponse:
    """One proposal with its history; the desk answers here what a municipality said by phone."""
    proposal = _proposal(pk)
    history, against = queries.history_of(proposal), _against(proposal, request)
    shown = partial(page.answered, history=history, against_taking_back=against)
    return shown(request, proposal, to=proposal.get_desk_url(), template=TEMPLATE)


@requires(Permission.MANAGE_VISITS)
@require_POST
def lesson_came(request: UserRequest, pk: int) -> HttpResponse:
    """Write down what a municipality said by phone of what came of a lesson."""
    proposal = _proposal(pk)
    history, against = queries.history_of(proposal), _against(proposal, request)
    shown = partial(page.told, history=history, against_taking_back=against)
    return shown(request, proposal, to=proposal.get_desk_url(), template=TEMPLATE)


@requires(Permission.MANAGE_VISITS)
@require_POST
def take_back(request: UserRequest, pk: int) -> HttpResponse:
    """Take back what was proposed by mistake."""
    proposal = _proposal(pk)
    return run_verb(
        request,
        partial(proposals.take_back, proposal, version=version_of(request), by=request.user),
        to=tab_of(proposal.lesson.report.visit),
        show=back_to(request, proposal.get_desk_url()),
        done=_("The proposal is taken back."),
    )


def _against(proposal: Proposal, request: UserRequest) -> list[str]:
    return proposals.reasons_against_taking_back(proposal, by=request.user)


def _proposal(pk: int) -> Proposal:
    rows = Proposal.objects.of_public_reports().for_list()
    rows = rows.select_related("practice", "lesson__practice")
    return get_object_or_404(rows, pk=pk)


@requires(Permission.MANAGE_VISITS)
def link_practice(request: UserRequest, pk: int) -> HttpResponse:
    """Say which published practice a lesson leads to."""
    row = get_object_or_404(Lesson.objects.select_related("report__visit__host", "practice"), pk=pk)
    if (wording := queries.wordings([row.report_id]).get(row.pk)) is None:
        raise Http404
    known: dict[str, Any] = {"practice": str(row.practice_id or "")}
    form = LinkForm(request.POST or None, initial=known, practices=queries.practices_to_choose())

    def verb() -> None:
        picked = form.cleaned_data["practice"]
        practice = Practice.objects.get(pk=picked) if picked else None
        proposals.link_practice(row, practice=practice, by=request.user)

    context = {"lesson": row, "wording": wording, "visit": row.report.visit, "form": form}
    return run_verb(
        request,
        verb,
        to=tab_of(row.report.visit),
        show=template_page(request, "visits/lessons/link_practice.html", context),
        done=_("The link is saved. Both pages show it."),
        form=form,
        changed=_("A colleague has changed it meanwhile. Look once more."),
    )
