"""Where the text of a material is begun, read as a whole, and what is pasted into it becomes Markdown."""

from functools import partial
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.documents import actions as documents
from core.documents.views.desk import open_edition, page_url
from core.views.verbs import run_verb
from studies.imports.docx import markdown_of
from studies.models import Material, MaterialText
from studies.texts import actions, queries
from studies.texts.forms import ImportForm
from studies.texts.imports import reasons_against_taking_over, take_over
from studies.texts.kind import TEXTS

# More than a chapter holds nobody pastes at once, with all that Word puts around it.
MOST_PASTED = 1_000_000


@requires(Permission.WRITE_MATERIAL)
def begin(request: UserRequest, pk: int) -> HttpResponse:
    """Begin the text of a material, or go on to the one that there is."""
    material = get_object_or_404(Material.objects.visible_to(request.user), pk=pk)
    if text := queries.text_of(material):
        return redirect(text.get_desk_url())
    against = actions.reasons_against_beginning(material)

    def show(*, reasons: Any = against, conflict: Any = None, status: int = 200) -> HttpResponse:
        context = {"material": material, "reasons": reasons}
        return render(request, "studies/texts/begin.html", context, status=status)

    verb = partial(actions.begin, material, by=request.user)
    done = _("The text is begun.")
    return run_verb(request, verb, to=lambda row: page_url(TEXTS, row.document_id), show=show, done=done)


@requires(Permission.VIEW_DESK)
@require_safe
def whole(request: UserRequest, pk: int) -> HttpResponse:
    """The newest edition as it will be read, all of it on one page."""
    text = get_object_or_404(MaterialText.objects.visible_to(request.user), pk=pk)
    edition = get_object_or_404(text.editions.for_page().order_by("-number")[:1])
    context = {"edition": edition, "chapters": queries.all_shown(edition, at_desk=True)}
    return render(request, "studies/texts/desk_whole.html", context)


@requires(Permission.WRITE_MATERIAL)
def bring(request: UserRequest, pk: int) -> HttpResponse:
    """Take over a text that was written elsewhere: first it is shown what comes of it, then it is done."""
    edition: Any = open_edition(request, TEXTS, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, edition=edition)

    def show(*, reasons: Any = (), conflict: Any = None, status: int = 200) -> HttpResponse:
        against = reasons or documents.reasons_against_editing(edition)
        context = {"edition": edition, "form": form, "reasons": against, "manuscript": form.manuscript}
        return render(request, "studies/texts/import.html", context, status=status)

    if request.method == "POST" and form.is_valid() and "confirmed" not in request.POST:
        return show(reasons=reasons_against_taking_over(edition, manuscript=form.read))

    def verb() -> Any:
        return take_over(edition, manuscript=form.read, by=request.user)

    to = f"{page_url(TEXTS, pk)}#chapters"
    return run_verb(request, verb, to=to, show=show, done=_("The text is taken over."), form=form)


@requires(Permission.WRITE_MATERIAL)
@require_POST
def paste(request: UserRequest) -> JsonResponse:
    """Return what was copied from a word processor as the marks that are written here; nothing is kept."""
    html = request.POST.get("html", "")
    if len(html) > MOST_PASTED:
        return JsonResponse({"said": _("This is too much to paste at once.")}, status=422)
    return JsonResponse({"text": markdown_of(html)})
