"""The desk's pages on which the documents of the library are kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.audit import entries_of
from core.audit.words import CHANGED
from core.views.paging import page_of
from core.views.verbs import back_to, run_verb, template_page, version_of
from studies.library import actions
from studies.library.filters import AWAY, DeskLibraryFilter
from studies.library.forms import DocumentForm
from studies.library.queries import history_of
from studies.models import Document


@requires(Permission.MANAGE_MATERIALS)
@require_safe
def documents(request: UserRequest) -> HttpResponse:
    """All documents; those put away only where asked for."""
    rows: Any = Document.objects.for_list()
    if request.GET.get("state") != AWAY:
        rows = rows.in_use()
    found = DeskLibraryFilter(request.GET, rows)
    context = {"filter": found, "page": page_of(found.qs, request)}
    return render(request, "studies/library/desk_list.html", context)


@requires(Permission.MANAGE_MATERIALS)
def new(request: UserRequest) -> HttpResponse:
    """Write down a document."""
    form = DocumentForm(request.POST or None, request.FILES or None)
    return run_verb(
        request,
        lambda: actions.add(words=form.words(), uploads=form.cleaned_data["files"], by=request.user),
        to="desk-library",
        show=template_page(request, "studies/library/desk_form.html", {"form": form, "document": None}),
        done=_("The document is in the library."),
        form=form,
    )


@requires(Permission.MANAGE_MATERIALS)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """What is written of a document, to be changed, with all that was done to it."""
    row = get_object_or_404(Document.objects.for_list(), pk=pk)
    form = DocumentForm(
        request.POST or None, request.FILES or None, document=row, initial=DocumentForm.initial_of(row)
    )
    # What the history asks of a kind of words to put some of them back.
    kind = {"is_single": False, "urls": {"put_back": "desk-library-put-back"}}
    context = {"form": form, "document": row, "kind": kind, "history": history_of(row)}
    return run_verb(
        request,
        lambda: actions.change(
            row,
            words=form.words(),
            uploads=form.cleaned_data["files"],
            version=form.cleaned_data["version"] or 0,
            by=request.user,
        ),
        to=_address(row),
        show=template_page(request, "studies/library/desk_form.html", context),
        done=lambda differed: _("The changes are saved.") if differed else _("Nothing was changed."),
        form=form,
    )


@requires(Permission.MANAGE_MATERIALS)
@require_POST
def put_back(request: UserRequest, pk: int, entry: int) -> HttpResponse:
    """Let what was written before a change stand again."""
    row = get_object_or_404(Document.objects.for_list(), pk=pk)
    change = get_object_or_404(entries_of(row).filter(verb=CHANGED), pk=entry)
    return run_verb(
        request,
        lambda: actions.put_back(row, entry=change, version=version_of(request), by=request.user),
        to=_address(row),
        show=back_to(request, _address(row)),
        done=_("The words stand again as they were before that change."),
    )


@requires(Permission.MANAGE_MATERIALS)
@require_POST
def use(request: UserRequest, pk: int) -> HttpResponse:
    """Put a document away, or take it up again."""
    row, in_use = get_object_or_404(Document.objects.for_list(), pk=pk), "take-up" in request.POST
    return run_verb(
        request,
        lambda: actions.set_in_use(row, in_use=in_use, version=version_of(request), by=request.user),
        to=_address(row),
        show=back_to(request, _address(row)),
        done=_("The document is offered again.") if in_use else _("The document is put away."),
    )


def _address(row: Document) -> str:
    return reverse("desk-library-document", args=[row.pk])
