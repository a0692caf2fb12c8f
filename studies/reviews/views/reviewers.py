"""The expert's own pages behind a personal link: the invitation, the text by chapters, the review.

Fetching an address here does nothing: scanners of mail fetch every address. Buttons accept, decline, open
the text and deliver.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.files.attachments import serve
from core.links import views as links
from core.links.sessions import is_let_in, let_in
from core.views.paging import whole_number
from core.views.verbs import back_to, run_verb
from studies.choices import ReviewState
from studies.models import Reviewer
from studies.reviews import clock, queries
from studies.reviews.actions import reviewers as actions
from studies.reviews.forms.reviewers import AcceptForm, NotReadingForm, ReviewForm
from studies.reviews.views import chapters

INVITED = (ReviewState.INVITED, ReviewState.SILENT)


def reviewer(request: HttpRequest, row: Reviewer, page: str = "") -> HttpResponseBase:
    """What an expert's link opens, by how far they are."""
    if row.state in INVITED or row.state == ReviewState.DECLINED:
        if page:
            return redirect(row.get_link())
        return _thanks(request, row) if row.state == ReviewState.DECLINED else _invitation(request, row)
    if request.method == "POST":
        # Whoever sends a form has pressed a button: nothing typed is lost when a session has ended meanwhile.
        let_in(request, row)
    elif not is_let_in(request, row):
        return _closed(request, row) if not page else redirect(row.get_link())
    kind, _dash, number = page.partition("-")
    if kind not in PAGES:
        raise Http404
    return PAGES[kind](request, row, whole_number(number) or 0)


def _closed(request: HttpRequest, row: Reviewer) -> HttpResponse:
    return links.ask_to_open(
        request,
        heading=row.round.material.name,
        lead=_("The text that you read for the Contact Centre, and your review of it."),
        button=_("Open the text"),
        until=queries.readable_until(row.round),
    )


def _thanks(request: HttpRequest, row: Reviewer) -> HttpResponse:
    return render(request, "studies/reviews/declined.html", {"row": row})


# The invitation --------------------------------------------------------------------


def _invitation(request: HttpRequest, row: Reviewer) -> HttpResponse:
    accept, decline = AcceptForm(), NotReadingForm()
    show = partial(_invited, request, row)
    if request.method == "POST" and request.POST.get("do") == "decline":
        decline = NotReadingForm(request.POST)
        return run_verb(
            request,
            lambda: actions.decline(row, **decline.cleaned_data),
            to=row.get_link(),
            show=partial(show, accept=accept, decline=decline),
            form=decline,
        )
    if request.method == "POST":
        accept = AcceptForm(request.POST)
    return run_verb(
        request,
        lambda: actions.accept(row, **accept.words),
        to=lambda _done: _let_in(request, row),
        show=partial(show, accept=accept, decline=decline),
        form=accept,
        changed=_("You have answered in another window already."),
    )


def _let_in(request: HttpRequest, row: Reviewer) -> str:
    let_in(request, row)
    return row.get_link()


def _invited(request: HttpRequest, row: Reviewer, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "row": row,
        "round": row.round,
        "material": row.round.material,
        "answer_by": clock.answer_by(row),
        "reasons": actions.reasons_against_accepting(row),
        **forms,
    }
    return render(request, "studies/reviews/invitation.html", context, status=status)


# The review ------------------------------------------------------------------------


def _home(request: HttpRequest, row: Reviewer, _number: int) -> HttpResponse:
    if request.method != "POST":
        return _page(request, row, ReviewForm(row=row))
    do = request.POST.get("do", "")
    if "open" in request.POST:
        return redirect(row.get_link())
    if do == "decline":
        return _decline(request, row)
    if do.startswith("remove-"):
        return _remove_file(request, row, whole_number(do.removeprefix("remove-")) or 0)
    form = ReviewForm(request.POST, request.FILES, row=row)
    is_last = do == "deliver"
    if is_last:
        done = _("Thank you. Your review is delivered.")
    else:
        done = _("It is saved. Nobody else sees it until you deliver it.")
    return run_verb(
        request,
        lambda: actions.save(row, **form.words, deliver=is_last),
        to=row.get_link(),
        show=partial(_page, request, row, form),
        done=done,
        form=form,
        changed=_(
            "You saved it in another window meanwhile. What you typed here is in the form: "
            "send it once more to let it count."
        ),
    )


def _decline(request: HttpRequest, row: Reviewer) -> HttpResponse:
    link = row.get_link()
    return run_verb(request, partial(actions.decline, row), to=link, show=back_to(request, link))


def _remove_file(request: HttpRequest, row: Reviewer, number: int) -> HttpResponse:
    file, link = get_object_or_404(row.files.select_related("attachment"), pk=number), row.get_link()
    verb = partial(actions.remove_file, row, file)
    return run_verb(request, verb, to=link, show=back_to(request, link), done=_("The file is removed."))


def _page(request: HttpRequest, row: Reviewer, form: ReviewForm, *, status: int = 200) -> HttpResponse:
    against = actions.reasons_against_writing(row)
    context = {
        "row": row,
        "round": row.round,
        "material": row.round.material,
        "edition": row.round.edition,
        "chapters": chapters.contents(row),
        "remarks": row.remarks.select_related("chapter"),
        "files": [(one, _file_url(row, one.pk)) for one in row.files.select_related("attachment")],
        "taken_along": chapters.files_of(row),
        "form": form if not against or form.is_bound else None,
        "against": against,
        "others": queries.others_of(row),
        "until": queries.readable_until(row.round),
    }
    return render(request, "studies/reviews/review.html", context, status=status)


def _file_url(row: Reviewer, number: int) -> str:
    return reverse("link-page", args=[row.link_token, f"file-{number}"])


def _file(request: HttpRequest, row: Reviewer, number: int) -> HttpResponseBase:
    """One of the expert's own files."""
    return serve(get_object_or_404(row.files.select_related("attachment"), pk=number).attachment, request)


PAGES: dict[str, Callable[[HttpRequest, Reviewer, int], HttpResponseBase]] = {
    "": _home,
    "chapter": chapters.chapter,
    "figure": chapters.figure,
    "annex": chapters.annex,
    "file": _file,
}
