"""The remarks of a round beside the text, each to be settled."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.files.attachments import serve
from core.views.paging import whole_number
from core.views.verbs import run_verb, version_of
from studies.choices import Settlement
from studies.models import Chapter, MaterialFigure, Remark, ReviewRound
from studies.reviews import queries, roles
from studies.reviews.actions import remarks as actions
from studies.reviews.forms.rounds import SettleForm
from studies.reviews.passages import Located, passages_of, with_remarks
from studies.reviews.views.desk import round_of

OPEN, SETTLED = "open", "settled"


@requires(Permission.MANAGE_MATERIALS)
@require_safe
def remarks(request: UserRequest, pk: int) -> HttpResponse:
    """One chapter with the remarks on it; remarks on passages that are gone stand on a page of their own."""
    return _page(request, round_of(request, pk))


def _page(
    request: UserRequest, row: ReviewRound, *, status: int = 200, sent: Any = None, **said: Any
) -> HttpResponse:
    """Show a chapter; `sent` is (the number of a remark, its form) where a settlement comes back."""
    against = roles.reasons_against_reading(row, by=request.user)
    chapters = list(row.edition.chapters.all())
    rows = [] if against else queries.remarks_of(row, chapters)
    chosen = _chosen(request, rows)
    at = _at(request, chapters, rows)
    number, form = sent or (0, None)
    context = {
        "round": row,
        "material": row.material,
        "against": against,
        "chapter": at,
        "contents": _contents(row, chapters, rows),
        "gone": [one for one in chosen if one.place is None],
        "passages": _passages(row, at, chosen) if at else [],
        "settlements": Settlement.choices,
        "names": queries.names_of(row, request.user),
        "state": request.GET.get("state", ""),
        "expert": request.GET.get("expert", ""),
        "sent_number": number,
        "sent": form,
        "conflict": None,
        **said,
    }
    return render(request, "studies/reviews/desk/remarks.html", context, status=status)


def _chosen(request: UserRequest, rows: list[Located]) -> list[Located]:
    """Return the remarks that the filters of the page leave."""
    state, expert = request.GET.get("state"), whole_number(request.GET.get("expert"))
    return [
        one
        for one in rows
        if (state not in (OPEN, SETTLED) or bool(one.remark.settled) == (state == SETTLED))
        and (not expert or one.remark.reviewer_id == expert)
    ]


def _at(request: UserRequest, chapters: list[Chapter], rows: list[Located]) -> Chapter | None:
    """Return the chapter that is shown: the one of the address, else the first with an open remark."""
    asked = whole_number(request.GET.get("chapter"))
    if asked == 0:
        return None
    waiting = {one.place.chapter for one in rows if one.place and not one.remark.settled}
    named = (one for one in chapters if one.pk == asked)
    return next(
        named, next((one for one in chapters if one.pk in waiting), chapters[0] if chapters else None)
    )


def _contents(
    row: ReviewRound, chapters: list[Chapter], rows: list[Located]
) -> list[tuple[str, str, int, int, int]]:
    """Return each chapter with its address and number, how many remarks it has, and how many wait."""
    found = []
    for pk, heading in [*((one.pk, one.heading) for one in chapters), (0, _("Passages that are gone"))]:
        here = [one.remark for one in rows if (one.place.chapter if one.place else 0) == pk]
        if pk or here:
            waiting = sum(not remark.settled for remark in here)
            found.append((heading, _url(row, pk), pk, len(here), waiting))
    return found


def _url(row: ReviewRound, chapter: int) -> str:
    return f"{reverse('desk-review-remarks', args=[row.pk])}?chapter={chapter}"


def _passages(row: ReviewRound, chapter: Chapter, rows: list[Located]) -> list[Any]:
    chapter.edition = row.edition
    passages = passages_of(
        chapter,
        url_of=lambda one: _url(row, one.pk),
        picture_url=lambda one: reverse("desk-review-figure", args=[row.pk, one.pk]),
    )
    with_remarks(chapter, passages, rows)
    return passages


def _remark(request: UserRequest, pk: int) -> Remark:
    rows = Remark.objects.filter(reviewer__in=queries.readable(request.user)).select_related("reviewer")
    remark = get_object_or_404(rows, pk=pk)
    remark.reviewer.round = round_of(request, remark.reviewer.round_id)
    return remark


def _back(request: UserRequest, remark: Remark) -> str:
    """Return the page with the filters that were chosen, at the remark."""
    query = request.GET.urlencode()
    base = reverse("desk-review-remarks", args=[remark.reviewer.round_id])
    return f"{base}{'?' if query else ''}{query}#remark-{remark.pk}"


@requires(Permission.MANAGE_MATERIALS)
@require_POST
def settle(request: UserRequest, pk: int) -> HttpResponse:
    """Write down what became of a remark; of two at once the second one is shown what the first did."""
    remark, form = _remark(request, pk), SettleForm(request.POST)
    return run_verb(
        request,
        lambda: actions.settle(remark, **form.cleaned_data, by=request.user),
        to=_back(request, remark),
        show=partial(_page, request, remark.reviewer.round, sent=(remark.pk, form)),
        done=_("It is written down what became of the remark."),
        form=form,
    )


@requires(Permission.MANAGE_MATERIALS)
@require_POST
def open_again(request: UserRequest, pk: int) -> HttpResponse:
    """Let a remark wait again."""
    remark = _remark(request, pk)
    return run_verb(
        request,
        partial(actions.open_again, remark, version=version_of(request), by=request.user),
        to=_back(request, remark),
        show=partial(_page, request, remark.reviewer.round),
        done=_("The remark waits again."),
    )


@requires(Permission.MANAGE_MATERIALS)
@require_safe
def figure(request: UserRequest, pk: int, number: int) -> HttpResponseBase:
    """A picture of the text that is read."""
    row = round_of(request, pk)
    rows = MaterialFigure.objects.filter(edition=row.edition_id).select_related("attachment")
    return serve(get_object_or_404(rows, pk=number).attachment, request)
