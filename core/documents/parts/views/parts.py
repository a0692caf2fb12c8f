"""The pages on which parts are added, written, removed and moved.

Each view takes the kind that its address is of; core.documents.parts.urls binds them and marks who may.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.documents import actions as documents
from core.documents.kind import Kind
from core.documents.parts import actions
from core.documents.parts.forms import FileForm
from core.documents.parts.pages import PartPage
from core.documents.parts.views import held
from core.documents.parts.views.rows import back, newest, page_named, row_of
from core.files import attachments
from core.views.paging import whole_number
from core.views.verbs import back_to, run_verb, see_version


def new(request: HttpRequest, kind: Kind, pk: int, part: str) -> HttpResponse:
    """Add a part."""
    page, edition = page_named(kind, part), newest(request, kind, pk)
    if not page.new:
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = (page.new_form or page.form)(*sent, edition=edition)

    def verb() -> Any:
        words = form.to_words()
        if isinstance(form, FileForm):
            uploads = form.cleaned_data["files"]
            return actions.add_file(edition, page=page, uploads=uploads, words=words, by=request.user)
        return actions.add(edition, page=page, words=words, by=request.user)

    show = _show(request, kind, edition, page, form, row=None)
    return run_verb(request, verb, to=back(kind, pk, page), show=show, done=_("It is added."), form=form)


def edit(request: HttpRequest, kind: Kind, pk: int, part: str, row: int) -> HttpResponse:
    """Mend a part; when a colleague has saved it meanwhile, both texts are shown."""
    page, edition = page_named(kind, part), newest(request, kind, pk)
    if page.is_held(edition):
        return held.write(request, kind, edition, page, row)
    found = row_of(edition, page, row)
    options = {"row": found} if hasattr(found, "attachment") else {}
    initial = {**_by_field(found.words()), "version": found.version}
    form = page.form(request.POST or None, initial=initial, edition=edition, **options)

    def verb() -> None:
        seen = form.cleaned_data["version"] or 0
        actions.save(found, words=form.to_words(), version=seen, by=request.user)

    show = _show(request, kind, edition, page, form, row=found)
    return run_verb(request, verb, to=back(kind, pk, page), show=show, done=_("It is saved."), form=form)


def _by_field(words: dict[str, Any]) -> dict[str, Any]:
    """Return the words of a part by the names of fields, which know no columns."""
    return {name.removesuffix("_id"): value for name, value in words.items()}


def _show(
    request: HttpRequest, kind: Kind, edition: Any, page: PartPage, form: Any, *, row: Any
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
        context = {"kind": kind, "edition": edition, "page": page, "form": form, "row": row}
        context |= {"heading": page.edit if row else page.new, "conflict": conflict, "theirs": theirs}
        context["reasons"] = documents.reasons_against_editing(edition)
        return render(request, "documents/parts/part.html", context, status=status)

    return show


def remove(request: HttpRequest, kind: Kind, pk: int, part: str, row: int) -> HttpResponse:
    """Ask, then take a part out of the edition."""
    page, edition = page_named(kind, part), newest(request, kind, pk)
    found = row_of(edition, page, row)
    against = actions.reasons_against_removing(found, by=request.user)

    def show(*, reasons: Any = against, conflict: Any = None, status: int = 200) -> HttpResponse:
        context = {"kind": kind, "edition": edition, "page": page, "row": found, "reasons": reasons}
        context["name"] = getattr(found, found.TEXTS[0])
        return render(request, "documents/parts/remove.html", context, status=status)

    verb = partial(actions.remove, found, by=request.user)
    return run_verb(request, verb, to=back(kind, pk, page), show=show, done=_("It is taken out."))


@require_POST
def shift(request: HttpRequest, kind: Kind, pk: int, part: str, row: int) -> HttpResponse:
    """Move a part up (`up`), to a place (`to`, the first one is 0), or else down."""
    page, edition = page_named(kind, part), newest(request, kind, pk)
    if not page.is_ordered:
        raise Http404
    found = row_of(edition, page, row)
    verb = partial(actions.shift, found, to=_place(request, edition, page, found), by=request.user)
    to = back(kind, pk, page)
    return run_verb(request, verb, to=to, show=back_to(request, to))


def _place(request: HttpRequest, edition: Any, page: PartPage, found: Any) -> int:
    if "to" in request.POST:
        return whole_number(request.POST["to"]) or 0
    rows = getattr(edition, page.rows).filter(**page.narrower).values_list("pk", flat=True)
    return list(rows).index(found.pk) + (-1 if "up" in request.POST else 1)


@require_safe
def file(request: HttpRequest, kind: Kind, pk: int, part: str, row: int) -> FileResponse:
    """A file beside any edition, for those at the desk."""
    page, edition = page_named(kind, part), newest(request, kind, pk)
    rows = page.model_of(edition)._default_manager.filter(edition__document=pk, pk=row, **page.narrower)
    found: Any = rows.first()
    if not hasattr(found, "attachment"):
        raise Http404
    return attachments.serve(found.attachment, request)
