"""One held part: read by all at the desk, written by whoever holds it; and what it said before.

Each view takes the kind that its address is of; core.documents.parts.urls binds them and marks who may.
"""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.documents import actions as documents
from core.documents.choices import State
from core.documents.kind import Kind
from core.documents.parts import actions
from core.documents.parts.forms import HeldForm
from core.documents.parts.pages import PartPage
from core.documents.parts.views.rows import back, held_page, newest, row_of
from core.templatetags.ui import clock
from core.views.paging import whole_number
from core.views.verbs import back_to, run_verb, see_version, version_of


def write(request: HttpRequest, kind: Kind, edition: Any, page: PartPage, row: int) -> HttpResponse:
    """Write in a part that one holds, or see who does. What was typed is kept, whoever saves first."""
    found = row_of(edition, page, row)
    form = page.form(request.POST or None, edition=edition)
    if request.method == "POST":
        if answer := _typed(request, page, found, form):
            return answer
    else:
        form = _form(request, page, found)

    def show(*, reasons: Any = (), conflict: Any = None, status: int = 200) -> HttpResponse:
        if conflict:
            conflict.edition = edition
            see_version(form, conflict)
        now = conflict or found
        context = {"kind": kind, "prefix": kind.url_name(), "page": page, "part": now, "edition": edition}
        context |= {"form": form, "conflict": conflict, "reasons": reasons, **_standing(request, now)}
        context |= {"is_preview": "preview" in request.POST, **page.beside(request, now, form.standing())}
        text = form.standing()["text"] if context["is_preview"] else now.text
        context["as_read"] = page.as_read(found, text)
        return render(request, "documents/parts/write.html", context, status=status)

    if "preview" in request.POST:
        return show()
    verb = partial(_save, request, found, form)
    done = _("It is saved. Others may write in it now.")
    return run_verb(request, verb, to=back(kind, edition.document_id, page), show=show, done=done, form=form)


def _save(request: HttpRequest, found: Any, form: HeldForm) -> None:
    seen = form.cleaned_data["version"] or 0
    actions.save_held(found, words=form.to_words(), version=seen, by=request.user)


def _typed(request: HttpRequest, page: PartPage, found: Any, form: HeldForm) -> HttpResponse | None:
    """Keep what was typed; answer what the page sends by itself meanwhile, None when the form is sent."""
    place = actions.place_of(found)
    if "forget" in request.POST:
        documents.drop_unsaved(place, by=request.user)
        return redirect(found.get_desk_url())
    typed, number = form.typed(), whole_number(request.POST.get("put"))
    if passage := page.passage(found, number) if number else "":
        typed["text"] = ["\n\n".join([*typed.get("text", []), passage]).lstrip()]
    kept = documents.keep_unsaved(place, fields=typed, by=request.user)
    if "put" in request.POST:
        return redirect(found.get_desk_url())
    if "keep" not in request.POST:
        return None
    if actions.keep_holding(found, by=request.user):
        return JsonResponse({"said": _("Kept at %(time)s, not saved yet.") % {"time": clock(kept.kept_at)}})
    who = actions.who_writes(found) if found.is_held_from(request.user) else ""
    return JsonResponse({"said": " ".join([_("What you type is kept for you alone."), who]).strip()})


def _form(request: HttpRequest, page: PartPage, found: Any) -> HeldForm:
    """Return the form with what stands in the part, or with what the reader has typed and not saved."""
    kept = documents.unsaved_of(actions.place_of(found), by=request.user)
    typed = {name: values[-1] for name, values in kept.fields.items() if values} if kept else {}
    form = page.form(initial={**found.words(), "version": found.version, **typed}, edition=found.edition)
    form.kept = kept
    return form


def _standing(request: HttpRequest, found: Any) -> dict[str, Any]:
    """Return who may do what with a part now."""
    is_draft = found.edition.state == State.DRAFT
    return {
        "against_writing": documents.reasons_against_editing(found.edition),
        "is_mine": is_draft and found.is_held_by(request.user),
        "is_theirs": found.is_held_from(request.user),
    }


@require_POST
def hold(request: HttpRequest, kind: Kind, pk: int, part: str, row: int) -> HttpResponse:
    """Begin to write in a part, unless somebody else does."""
    edition = newest(request, kind, pk)
    found = row_of(edition, held_page(kind, edition, part), row)
    verb = partial(actions.hold, found, by=request.user)
    to = found.get_desk_url()
    return run_verb(request, verb, to=to, show=back_to(request, to))


@require_POST
def let_go(request: HttpRequest, kind: Kind, pk: int, part: str, row: int) -> HttpResponse:
    """Leave a part to others without saving; what was typed stays kept."""
    edition = newest(request, kind, pk)
    page = held_page(kind, edition, part)
    verb = partial(actions.let_go, row_of(edition, page, row), by=request.user)
    to = back(kind, pk, page)
    return run_verb(request, verb, to=to, show=back_to(request, to), done=_("Others may write in it now."))


@require_safe
def versions(request: HttpRequest, kind: Kind, pk: int, part: str, row: int) -> HttpResponse:
    """What a part said before, who wrote it and when; two of them beside each other: `?old= &new=`."""
    edition = newest(request, kind, pk)
    page = held_page(kind, edition, part)
    found = row_of(edition, page, row)
    rows = list(found.versions.select_related("saved_by").defer("text"))
    new, old = _chosen(request, rows, "new", 0), _chosen(request, rows, "old", 1)
    context = {"kind": kind, "prefix": kind.url_name(), "page": page, "part": found, "edition": edition}
    context |= {"versions": rows, "old": old, "new": new}
    user: Any = request.user
    context["may_write"] = user.has(kind.may.write)
    return render(request, "documents/parts/versions.html", context | _standing(request, found))


def _chosen(request: HttpRequest, rows: list[Any], name: str, usual: int) -> Any:
    number = whole_number(request.GET.get(name))
    return next((one for one in rows if one.number == number), rows[usual] if usual < len(rows) else None)


@require_POST
def put_back(request: HttpRequest, kind: Kind, pk: int, part: str, row: int, number: int) -> HttpResponse:
    """Let a part say again what it said once."""
    edition = newest(request, kind, pk)
    page = held_page(kind, edition, part)
    found = row_of(edition, page, row)
    get_object_or_404(found.versions, number=min(number, 2**31 - 1))
    verb = partial(actions.put_back, found, number=number, version=version_of(request), by=request.user)
    return run_verb(
        request,
        verb,
        to=back(kind, pk, page),
        show=back_to(request, found.get_desk_url()),
        done=_("It says again what it said then."),
        changed=_("Somebody else writes in it, or has saved it meanwhile. Look at it once more."),
    )
