"""The pages on which a document is written: begun, edited whole or part by part, kept while one types."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.documents import actions
from core.documents.forms import DocumentForm
from core.documents.kind import Beginning, Kind, TextPart
from core.documents.models import Edition, UnsavedText
from core.documents.views.desk import open_edition, page_url
from core.templatetags.ui import clock
from core.views.verbs import run_verb, see_version, status_of


def start(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Begin a document with what its kind knows of it already."""
    beginning = kind.begin(request) if kind.begin else _plain_beginning(kind)
    place = f"{kind.name}/new/{beginning.key}"
    form_of = partial(beginning.form or kind.form, **beginning.options)
    if answer := _typed(request, place, form_of(request.POST or None)):
        return answer
    form, kept = _form(request, place, form_of, beginning.initial)

    def show(*, reasons: Any = beginning.reasons, status: int = 200) -> HttpResponse:
        context = {"kind": kind, "form": form, "kept": kept, "reasons": reasons, "theirs": []}
        context |= {"edition": None, "back": reverse(kind.list_url_name), "part": None, "parts": []}
        context |= beginning.context
        # Nothing can be begun, and nothing was typed yet.
        context["is_closed"] = bool(beginning.reasons) and request.method == "GET"
        return render(request, "documents/write.html", context, status=status)

    if not form.is_valid():
        return show(status=status_of(form))
    verb = partial(_start, beginning, form, place, request.user)
    done = _("The draft is saved.")
    return run_verb(request, verb, to=lambda row: page_url(kind, row.document_id), show=show, done=done)


def _plain_beginning(kind: Kind) -> Beginning:
    return Beginning(
        lambda form, by: actions.start(cast(Any, kind.document)(owner=by), words=form.to_words(), by=by)
    )


@transaction.atomic
def _start(beginning: Beginning, form: DocumentForm, place: str, user: Any) -> Edition:
    edition = beginning.start(form, user)
    actions.drop_unsaved(place, by=user)
    return edition


def edit(request: HttpRequest, kind: Kind, pk: int, part: str = "") -> HttpResponse:
    """Write on the draft; when a colleague has saved meanwhile, both texts are shown and nothing is lost.

    A text in parts is saved part by part; without `part` it is what is said of the whole.
    """
    edition: Any = open_edition(request, kind, pk)
    parts = {one.key: one for one in kind.parts(edition)} if kind.parts else {}
    if part and part not in parts:
        raise Http404
    place = actions.place_of(edition.document, part)
    form_of = partial(kind.form, edition=edition, **({"part": part} if parts else {}))
    if answer := _typed(request, place, form_of(request.POST or None)):
        return answer
    form, kept = _form(request, place, form_of, kind.form.initial_of(edition))
    back = reverse(kind.url_name("edit"), args=[pk]) if part else page_url(kind, pk)

    def show(*, reasons: Any = (), conflict: Edition | None = None, status: int = 200) -> HttpResponse:
        theirs = form.differences(conflict.words(), form.to_words()) if conflict else []
        if conflict:
            see_version(form, conflict)
        context = {"kind": kind, "form": form, "kept": kept, "reasons": reasons, "theirs": theirs}
        context |= {"edition": edition, "is_closed": False, "back": back, "part": parts.get(part)}
        context |= {"parts": [] if part else _with_unsaved(parts.values(), edition, request.user)}
        context |= kind.writing_context(request, edition)
        return render(request, "documents/write.html", context, status=status)

    if not form.is_valid():
        return show(reasons=actions.reasons_against_editing(edition), status=status_of(form))
    seen = form.seen_version
    verb = partial(
        actions.save_draft, edition, words=form.to_words(), version=seen, part=part, by=request.user
    )
    to = f"{back}#part-{part}" if part else back
    return run_verb(request, verb, to=to, show=show, done=_("The draft is saved."))


def _with_unsaved(parts: Iterable[TextPart], edition: Any, user: Any) -> list[tuple[TextPart, bool]]:
    """Return the parts of a text, each with whether its writer has typed something there and not saved it."""
    unsaved = actions.parts_unsaved(edition.document, by=user)
    return [(one, one.key in unsaved) for one in parts]


def _typed(request: HttpRequest, place: str, form: DocumentForm) -> HttpResponse | None:
    """Keep what was typed; answer what the page sends by itself meanwhile, None when the form itself is sent.

    What cannot be saved now is there again on the next visit.
    """
    if request.method != "POST":
        return None
    if "forget" in request.POST:
        actions.drop_unsaved(place, by=request.user)
        return redirect(request.get_full_path())
    if "keep" in request.POST and form.is_older_than_saved_by(request.user):
        return JsonResponse({"said": ""})
    kept = actions.keep_unsaved(place, fields=form.typed(), by=request.user)
    said = _("Kept at %(time)s, not saved yet.") % {"time": clock(kept.kept_at)}
    return JsonResponse({"said": said}) if "keep" in request.POST else None


def _form(
    request: HttpRequest, place: str, form_of: Callable[..., DocumentForm], initial: dict[str, Any]
) -> tuple[DocumentForm, UnsavedText | None]:
    """Return the form as it was sent; else with what its writer has typed before, and that."""
    kept = None if request.POST else actions.unsaved_of(place, by=request.user)
    if kept:
        initial = {**initial, **form_of().initial_from(kept.fields)}
    return form_of(request.POST or None, initial=initial), kept
