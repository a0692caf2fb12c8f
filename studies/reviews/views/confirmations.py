"""The author's word on the final text: asked for at the desk, given behind a personal link."""

from functools import partial
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, View, requires
from accounts.permissions import Permission
from core.files.attachments import serve
from core.links import views as links
from core.links.sessions import is_let_in, let_in
from core.views.paging import whole_number
from core.views.verbs import run_verb, version_of
from studies.models import Chapter, Confirmation, Material, MaterialEdition
from studies.reviews.actions import confirmations as actions
from studies.reviews.forms.confirmations import AnswerForm, AskForm, WaiveForm
from studies.reviews.passages import passages_of
from studies.reviews.views.desk import newest_edition

CHANGED = gettext_lazy("A colleague has changed it meanwhile. Look at it, and send it once more.")


# At the desk ---------------------------------------------------------------------------


@requires(Permission.MANAGE_MATERIALS)
def confirmations(request: UserRequest, pk: int) -> HttpResponse:
    """Which authors were asked to confirm the text of a material, and what they said; one more is asked."""
    edition = newest_edition(get_object_or_404(Material.objects.visible_to(request.user), pk=pk))
    form = AskForm(request.POST or None)
    return run_verb(
        request,
        lambda: actions.ask(edition, **form.cleaned_data, by=request.user),
        to=reverse("desk-confirmations", args=[pk]),
        show=partial(_page, request, edition, form=form),
        done=_("The author is asked, and gets a link."),
        form=form,
    )


def _page(
    request: UserRequest, edition: MaterialEdition, *, form: BaseForm, status: int = 200, **said: Any
) -> HttpResponse:
    rows = list(Confirmation.objects.visible_to(request.user).filter(edition=edition))
    for row in rows:
        row.edition = edition
    context = {
        "material": edition.document.material,
        "edition": edition,
        "rows": rows,
        "form": form,
        "against": actions.reasons_against_asking(edition, by=request.user),
        "waived": 0,
        "waive_form": None,
        "conflict": None,
        **said,
    }
    return render(request, "studies/reviews/desk/confirmations.html", context, status=status)


def _row(request: UserRequest, pk: int) -> Confirmation:
    rows = Confirmation.objects.visible_to(request.user).select_related("edition__document__material")
    return get_object_or_404(rows, pk=pk)


def _with_author(verb: Any, done: Promise) -> View:
    @requires(Permission.MANAGE_MATERIALS)
    @require_POST
    def view(request: UserRequest, pk: int) -> HttpResponse:
        row = _row(request, pk)
        return run_verb(
            request,
            partial(verb, row, version=version_of(request), by=request.user),
            to=row.get_desk_url(),
            show=partial(_page, request, row.edition, form=AskForm()),
            done=done,
        )

    return view


ask_again = _with_author(actions.ask_again, gettext_lazy("The author is asked again, by the same link."))
revoke = _with_author(actions.revoke, gettext_lazy("The link is withdrawn."))


@requires(Permission.MANAGE_MATERIALS)
@require_POST
def waive(request: UserRequest, pk: int) -> HttpResponse:
    """Let the text go out without an author's word, with the reason."""
    row, form = _row(request, pk), WaiveForm(request.POST)
    return run_verb(
        request,
        lambda: actions.waive(row, **form.cleaned_data, by=request.user),
        to=row.get_desk_url(),
        show=partial(_page, request, row.edition, form=AskForm(), waived=row.pk, waive_form=form),
        done=_("The text can be published without it."),
        form=form,
        changed=CHANGED,
    )


# Behind the link ------------------------------------------------------------------------


def author(request: HttpRequest, row: Confirmation, page: str = "") -> HttpResponseBase:
    """What an author's link opens: the text, and the button that confirms it."""
    if request.method == "POST":
        let_in(request, row)
    elif not is_let_in(request, row):
        return _closed(request, row) if not page else redirect(row.get_link())
    kind, _dash, number = page.partition("-")
    if kind == "chapter":
        return _chapter(request, row, whole_number(number) or 0)
    if kind == "figure":
        figures = row.edition.figures.select_related("attachment")
        return serve(get_object_or_404(figures, pk=whole_number(number) or 0).attachment, request)
    if page:
        raise Http404
    return _home(request, row)


def _closed(request: HttpRequest, row: Confirmation) -> HttpResponse:
    return links.ask_to_open(
        request,
        heading=row.edition.document.material.name,
        lead=_("We ask you, as its author, to read the final text and to confirm it."),
        button=_("Open the text"),
        until=None,
    )


def _url(row: Confirmation, kind: str, number: int) -> str:
    return reverse("link-page", args=[row.link_token, f"{kind}-{number}"])


def _home(request: HttpRequest, row: Confirmation) -> HttpResponse:
    if "open" in request.POST:
        return redirect(row.get_link())
    form = AnswerForm(request.POST or None, initial={"version": row.version})
    is_objection = request.POST.get("do") == "object"

    def verb() -> None:
        said = form.cleaned_data
        actions.answer(row, version=said["version"], objection=said["text"] if is_objection else "")

    if request.method == "POST" and is_objection and form.is_valid() and not form.cleaned_data["text"]:
        form.add_error("text", _("Write what has to change."))
    done = _("Thank you. We will write to you.") if is_objection else _("Thank you for your confirmation.")
    return run_verb(
        request,
        verb,
        to=row.get_link(),
        show=partial(_answer_page, request, row, form),
        done=done,
        form=form,
        changed=_("You have answered in another window already. Look at it, and send it once more."),
    )


def _answer_page(
    request: HttpRequest, row: Confirmation, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    chapters = row.edition.chapters.only("pk", "heading", "position")
    context = {
        "row": row,
        "edition": row.edition,
        "material": row.edition.document.material,
        "chapters": [(one, _url(row, "chapter", one.pk)) for one in chapters],
        "form": form,
        "against": actions.reasons_against_answering(row),
    }
    return render(request, "studies/reviews/confirm.html", context, status=status)


def _chapter(request: HttpRequest, row: Confirmation, number: int) -> HttpResponse:
    found: Chapter = get_object_or_404(row.edition.chapters.all(), pk=number)
    found.edition = row.edition
    passages = passages_of(
        found,
        url_of=lambda one: _url(row, "chapter", one.pk),
        picture_url=lambda one: _url(row, "figure", one.pk),
    )
    context = {
        "row": row,
        "chapter": found,
        "material": row.edition.document.material,
        "passages": passages,
        "chapters": [
            (one, _url(row, "chapter", one.pk)) for one in row.edition.chapters.only("pk", "heading")
        ],
    }
    return render(request, "studies/reviews/confirm_chapter.html", context)
