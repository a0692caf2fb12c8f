"""One section of a report: read by all at the desk, written by whoever holds it; and what it said before."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.documents import actions as documents
from core.documents.choices import State
from core.forms.fields import UNSEEN
from core.templatetags.ui import clock
from core.views.paging import whole_number
from core.views.verbs import back_to, run_verb, see_version, version_of
from visits.models import ReportSection
from visits.reports import actions, queries
from visits.reports.forms import SectionForm
from visits.reports.views.rows import newest_edition, report_page, section_of


@requires(Permission.WRITE_REPORT)
def section(request: UserRequest, pk: int, row: int) -> HttpResponse:
    """Write in a section that one holds, or see who does. What was typed is kept, whoever saves first."""
    found = section_of(newest_edition(request, pk), row)
    form = SectionForm(request.POST or None, edition=found.edition)
    if request.method == "POST":
        if answer := _typed(request, found, form):
            return answer
    else:
        form = _form(request, found)

    def show(*, reasons: Any = (), conflict: ReportSection | None = None, status: int = 200) -> HttpResponse:
        if conflict:
            see_version(form, conflict)
        context = {"section": conflict or found, "edition": found.edition, "form": form, "conflict": conflict}
        context |= _standing(request, conflict or found) | {
            "reasons": reasons,
            "notes": queries.notes_of(found),
        }
        return render(request, "visits/reports/section.html", context, status=status)

    verb = partial(_save, request, found, form)
    done = _("The section is saved. Others may write in it now.")
    return run_verb(request, verb, to=report_page(pk), show=show, done=done, form=form)


def _save(request: UserRequest, found: ReportSection, form: SectionForm) -> None:
    seen = form.cleaned_data["version"] or 0
    actions.save_section(found, words=form.to_words(), version=seen, by=request.user)


def _typed(request: UserRequest, found: ReportSection, form: SectionForm) -> HttpResponse | None:
    """Keep what was typed; answer what the page sends by itself meanwhile, None when the form is sent."""
    place = actions.place_of(found)
    if "forget" in request.POST:
        documents.drop_unsaved(place, by=request.user)
        return redirect(found.get_desk_url())
    names = [name for name in ("heading", "text") if name in form.data]
    typed = {name: [UNSEEN.sub("", form.data[name])] for name in names}
    if note := _keywords(found, whole_number(request.POST.get("put"))):
        typed["text"] = ["\n\n".join([*typed.get("text", []), note]).lstrip()]
    kept = documents.keep_unsaved(place, fields=typed, by=request.user)
    if "put" in request.POST:
        return redirect(found.get_desk_url())
    if "keep" not in request.POST:
        return None
    if actions.keep_holding(found, by=request.user):
        return JsonResponse({"said": _("Kept at %(time)s, not saved yet.") % {"time": clock(kept.kept_at)}})
    who = actions.who_writes(found) if found.is_held_from(request.user) else ""
    return JsonResponse({"said": " ".join([_("What you type is kept for you alone."), who]).strip()})


def _keywords(found: ReportSection, question: int | None) -> str:
    """Return what was noted to a question, for whoever has no JavaScript that puts it in; "" for none."""
    notes = queries.notes_of(found) if question else []
    return next((row.keywords for row in notes if row.pk == question), "")


def _form(request: UserRequest, found: ReportSection) -> SectionForm:
    """Return the form with what stands in the section, or with what the reader has typed and not saved."""
    kept = documents.unsaved_of(actions.place_of(found), by=request.user)
    typed = {name: values[-1] for name, values in kept.fields.items() if values} if kept else {}
    initial = {"heading": found.heading, "text": found.text, "version": found.version, **typed}
    form = SectionForm(initial=initial, edition=found.edition)
    form.kept = kept
    return form


def _standing(request: UserRequest, found: ReportSection) -> dict[str, Any]:
    """Return who may do what with a section now."""
    is_draft = found.edition.state == State.DRAFT
    return {
        "against_writing": documents.reasons_against_editing(found.edition),
        "is_mine": is_draft and found.is_held_by(request.user),
        "is_theirs": found.is_held_from(request.user),
    }


@requires(Permission.WRITE_REPORT)
@require_POST
def hold(request: UserRequest, pk: int, row: int) -> HttpResponse:
    """Begin to write in a section, unless somebody else does."""
    found = section_of(newest_edition(request, pk), row)
    verb = partial(actions.hold, found, by=request.user)
    to = found.get_desk_url()
    return run_verb(request, verb, to=to, show=back_to(request, to))


@requires(Permission.WRITE_REPORT)
@require_POST
def let_go(request: UserRequest, pk: int, row: int) -> HttpResponse:
    """Leave a section to others without saving; what was typed stays kept."""
    found = section_of(newest_edition(request, pk), row)
    verb = partial(actions.let_go, found, by=request.user)
    to = report_page(pk)
    return run_verb(request, verb, to=to, show=back_to(request, to), done=_("Others may write in it now."))


@requires(Permission.VIEW_DESK)
@require_safe
def versions(request: UserRequest, pk: int, row: int) -> HttpResponse:
    """What a section said before, who wrote it and when; two of them beside each other: `?old= &new=`."""
    found = section_of(newest_edition(request, pk), row)
    rows = list(found.versions.select_related("saved_by"))
    new = _chosen(request, rows, "new", 0)
    old = _chosen(request, rows, "old", 1)
    context = {"section": found, "edition": found.edition, "versions": rows, "old": old, "new": new}
    context["may_write"] = request.user.has(Permission.WRITE_REPORT)
    context |= _standing(request, found)
    return render(request, "visits/reports/versions.html", context)


def _chosen(request: HttpRequest, rows: list[Any], name: str, usual: int) -> Any:
    number = whole_number(request.GET.get(name))
    return next((one for one in rows if one.number == number), rows[usual] if usual < len(rows) else None)


@requires(Permission.WRITE_REPORT)
@require_POST
def put_back(request: UserRequest, pk: int, row: int, number: int) -> HttpResponse:
    """Let a section say again what it said once."""
    found = section_of(newest_edition(request, pk), row)
    get_object_or_404(found.versions, number=min(number, 2**31 - 1))
    verb = partial(actions.put_back, found, number=number, version=version_of(request), by=request.user)
    return run_verb(
        request,
        verb,
        to=report_page(pk),
        show=back_to(request, found.get_desk_url()),
        done=_("The section says again what it said then."),
        changed=_("Somebody else writes in the section, or has saved it meanwhile. Look at it once more."),
    )
