"""What stands beside the sections of a report: answers, figures, photos, documents and lessons."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.documents import actions as documents
from core.files import attachments
from core.views.verbs import back_to, run_verb, see_version
from visits.models import (
    LessonWording,
    ReportAnswer,
    ReportEdition,
    ReportFigure,
    ReportFile,
    ReportSection,
)
from visits.reports import actions, forms
from visits.reports.views.rows import newest_edition, part_of, report_page


@dataclass(frozen=True)
class Page:
    """One kind of part: its table, the related name of its rows, its form, and what its pages say."""

    model: type[models.Model]
    part: str
    form: Callable[..., Any]
    new: str | Promise
    edit: str | Promise
    remove: str | Promise
    # What tells its rows from others of the same table.
    narrower: dict[str, Any]


PAGES = {
    "sections": Page(
        ReportSection,
        "sections",
        forms.NewSectionForm,
        gettext_lazy("Add a section"),
        gettext_lazy("Section"),
        gettext_lazy("Remove the section"),
        {},
    ),
    "answers": Page(
        ReportAnswer,
        "answers",
        forms.AnswerForm,
        "",
        gettext_lazy("Answer to a question taken along"),
        gettext_lazy("Leave the question out"),
        {},
    ),
    "figures": Page(
        ReportFigure,
        "figures",
        forms.FigureForm,
        gettext_lazy("Add a figure"),
        gettext_lazy("Figure with its source"),
        gettext_lazy("Remove the figure"),
        {},
    ),
    "photos": Page(
        ReportFile,
        "files",
        forms.PhotoForm,
        gettext_lazy("Add a photo"),
        gettext_lazy("Photo"),
        gettext_lazy("Remove the photo"),
        {"is_photo": True},
    ),
    "documents": Page(
        ReportFile,
        "files",
        forms.DocumentFileForm,
        gettext_lazy("Add a document"),
        gettext_lazy("Document to take away"),
        gettext_lazy("Remove the document"),
        {"is_photo": False},
    ),
    "lessons": Page(
        LessonWording,
        "lessons",
        forms.LessonForm,
        gettext_lazy("Add a lesson"),
        gettext_lazy("Lesson"),
        gettext_lazy("Remove the lesson"),
        {},
    ),
}


def _page(part: str) -> Page:
    if part not in PAGES:
        raise Http404
    return PAGES[part]


@requires(Permission.WRITE_REPORT)
def new(request: UserRequest, pk: int, part: str) -> HttpResponse:
    """Add a part of a report."""
    page, edition = _page(part), newest_edition(request, pk)
    if not page.new:
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = page.form(*sent, edition=edition)

    def verb() -> Any:
        words = form.to_words()
        if page.part == "files":
            uploads = form.cleaned_data["files"]
            return actions.add_file(edition, uploads=uploads, words=words, by=request.user)
        return actions.add(edition, part=page.part, words=words, by=request.user)

    show = _show(request, edition, page, form, heading=page.new, row=None)
    to = f"{report_page(pk)}#{part}"
    return run_verb(request, verb, to=to, show=show, done=_("It stands in the report now."), form=form)


@requires(Permission.WRITE_REPORT)
def edit(request: UserRequest, pk: int, part: str, row: int) -> HttpResponse:
    """Mend a part of a report; when a colleague has saved it meanwhile, both texts are shown."""
    page, edition = _page(part), newest_edition(request, pk)
    found = part_of(edition, page.model, row, **page.narrower)
    known = {**found.words(), "section": found.section_id} if part == "photos" else found.words()
    options = {"row": found} if page.part == "files" else {}
    initial = {**known, "version": found.version}
    form = page.form(request.POST or None, initial=initial, edition=edition, **options)

    def verb() -> None:
        seen = form.cleaned_data["version"] or 0
        actions.save(found, words=form.to_words(), version=seen, by=request.user)

    show = _show(request, edition, page, form, heading=page.edit, row=found)
    to = f"{report_page(pk)}#{part}"
    return run_verb(request, verb, to=to, show=show, done=_("It is saved."), form=form)


def _show(
    request: UserRequest, edition: ReportEdition, page: Page, form: Any, *, heading: Any, row: Any
) -> Callable[..., HttpResponse]:
    def show(*, conflict: Any = None, reasons: Any = (), status: int = 200) -> HttpResponse:
        theirs = []
        if conflict:
            see_version(form, conflict)
            theirs = [
                (form.fields[name].label, getattr(conflict, name), form.cleaned_data[name])
                for name in conflict.TEXTS
                if name in form.cleaned_data and getattr(conflict, name) != form.cleaned_data[name]
            ]
        context = {"edition": edition, "page": page, "form": form, "heading": heading, "row": row}
        context |= {"conflict": conflict, "theirs": theirs}
        context["reasons"] = documents.reasons_against_editing(edition)
        return render(request, "visits/reports/part.html", context, status=status)

    return show


@requires(Permission.WRITE_REPORT)
def remove(request: UserRequest, pk: int, part: str, row: int) -> HttpResponse:
    """Ask, then take a part out of the report."""
    page, edition = _page(part), newest_edition(request, pk)
    found = part_of(edition, page.model, row, **page.narrower)
    against = actions.reasons_against_removing(found, by=request.user)

    def show(*, reasons: Any = against, conflict: Any = None, status: int = 200) -> HttpResponse:
        context = {"edition": edition, "page": page, "row": found, "reasons": reasons}
        context["name"] = getattr(found, found.TEXTS[0])
        return render(request, "visits/reports/remove.html", context, status=status)

    verb = partial(actions.remove, found, by=request.user)
    to = f"{report_page(pk)}#{part}"
    return run_verb(request, verb, to=to, show=show, done=_("It is out of the report."))


@requires(Permission.WRITE_REPORT)
@require_POST
def shift(request: UserRequest, pk: int, part: str, row: int) -> HttpResponse:
    """Move a part up (`up`), or else down."""
    page, edition = _page(part), newest_edition(request, pk)
    if part == "answers":
        raise Http404
    found = part_of(edition, page.model, row, **page.narrower)
    verb = partial(actions.shift, found, up="up" in request.POST, by=request.user)
    to = f"{report_page(pk)}#{part}"
    return run_verb(request, verb, to=to, show=back_to(request, to))


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


@requires(Permission.VIEW_DESK)
@require_safe
def file(request: UserRequest, pk: int, row: int) -> FileResponse:
    """A file of any edition of a report, for those at the desk."""
    newest_edition(request, pk)
    found = ReportFile.objects.select_related("attachment").filter(edition__document=pk, pk=row).first()
    if found is None:
        raise Http404
    return attachments.serve(found.attachment, request)
