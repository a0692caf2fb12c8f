"""The text as an expert reads it behind their link, with their remarks beside its passages."""

from functools import partial
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.files.attachments import serve
from core.states import refuse_for
from core.views.paging import whole_number
from core.views.verbs import back_to, run_verb, version_of
from studies.models import Chapter, Remark, Reviewer
from studies.reviews.actions import remarks as actions
from studies.reviews.actions.reviewers import reasons_against_writing
from studies.reviews.anchors import anchor_of, words_of
from studies.reviews.forms.reviewers import RemarkForm
from studies.reviews.passages import located, passages_of, with_remarks


def _url(row: Reviewer, kind: str, number: int) -> str:
    return reverse("link-page", args=[row.link_token, f"{kind}-{number}"])


def contents(row: Reviewer) -> list[tuple[Chapter, str, int]]:
    """Return the chapters of the text, where each is read, and how many remarks the expert has in it."""
    rows = row.round.edition.chapters.only("pk", "heading", "position")
    counts = dict(row.remarks.order_by().values_list("chapter").annotate(Count("pk")))
    return [(one, _url(row, "chapter", one.pk), counts.get(one.pk, 0)) for one in rows]


def files_of(row: Reviewer) -> list[dict[str, Any]]:
    """Return the files that go with the text."""
    found = row.round.edition.files.select_related("attachment")
    return [
        {"name": one.name, "size": one.attachment.size, "url": _url(row, "annex", one.pk)} for one in found
    ]


def figure(request: HttpRequest, row: Reviewer, number: int) -> HttpResponseBase:
    """A picture of the text."""
    found = get_object_or_404(row.round.edition.figures.select_related("attachment"), pk=number)
    return serve(found.attachment, request)


def annex(request: HttpRequest, row: Reviewer, number: int) -> HttpResponseBase:
    """A file that goes with the text."""
    found = get_object_or_404(row.round.edition.files.select_related("attachment"), pk=number)
    return serve(found.attachment, request)


def chapter(request: HttpRequest, row: Reviewer, number: int) -> HttpResponse:
    """One chapter; its passages are remarked on, remarks are changed and taken back."""
    found = get_object_or_404(row.round.edition.chapters.all(), pk=number)
    found.edition = row.round.edition
    if request.method != "POST":
        at = whole_number(request.GET.get("on"))
        return _page(request, row, found, RemarkForm(initial={"block": at}), at=at)
    do, _dash, pk = request.POST.get("do", "").partition("-")
    if do == "remove":
        return _remove(request, row, found, whole_number(pk) or 0)
    if do == "change":
        return _change(request, row, found, whole_number(pk) or 0)
    return _write(request, row, found)


def _write(request: HttpRequest, row: Reviewer, found: Chapter) -> HttpResponse:
    form = RemarkForm(request.POST)
    at = whole_number(request.POST.get("block"))

    def verb() -> Remark:
        said = form.cleaned_data
        words = words_of(found.text)
        anchor = anchor_of(words, said["block"], quote=said["quote"], prefix=said["prefix"])
        refuse_for([] if anchor else [_("This passage is no longer there. Choose another one.")])
        assert anchor is not None  # refused otherwise
        return actions.write(row, chapter=found, anchor=anchor, text=said["text"])

    return run_verb(
        request,
        verb,
        to=lambda remark: f"{_url(row, 'chapter', found.pk)}#remark-{remark.pk}",
        show=partial(_page, request, row, found, form, at=at),
        done=_("The remark is saved. It counts once you deliver the review."),
        form=form,
    )


def _change(request: HttpRequest, row: Reviewer, found: Chapter, number: int) -> HttpResponse:
    remark = get_object_or_404(row.remarks.all(), pk=number)
    remark.reviewer = row
    form = RemarkForm({**request.POST.dict(), "block": remark.block})
    return run_verb(
        request,
        lambda: actions.change(remark, text=form.cleaned_data["text"], version=version_of(request)),
        to=f"{_url(row, 'chapter', found.pk)}#remark-{number}",
        show=partial(_page, request, row, found, RemarkForm(), changed=(number, form)),
        done=_("The remark is saved. It counts once you deliver the review."),
        form=form,
        changed=_("You changed it in another window meanwhile. Send it once more to let these words count."),
    )


def _remove(request: HttpRequest, row: Reviewer, found: Chapter, number: int) -> HttpResponse:
    remark = get_object_or_404(row.remarks.all(), pk=number)
    remark.reviewer = row
    link = _url(row, "chapter", found.pk)
    return run_verb(
        request,
        partial(actions.remove, remark),
        to=link,
        show=back_to(request, link),
        done=_("The remark is taken back."),
    )


def _page(
    request: HttpRequest,
    row: Reviewer,
    found: Chapter,
    form: RemarkForm,
    *,
    at: int | None = None,
    changed: tuple[int, RemarkForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    passages = passages_of(
        found,
        url_of=lambda one: _url(row, "chapter", one.pk),
        picture_url=lambda one: _url(row, "figure", one.pk),
    )
    rows = located(row.remarks.filter(chapter=found), [found])
    with_remarks(found, passages, rows)
    number, change_form = changed or (0, None)
    context = {
        "row": row,
        "material": row.round.material,
        "chapter": found,
        "chapters": contents(row),
        "passages": passages,
        "gone": [one for one in rows if one.place is None],
        "at": at,
        # What is shown nowhere stands behind the text, so that nothing typed is lost.
        "is_placed": at is not None and at < len(passages),
        "form": form,
        "change_number": number,
        "change_form": change_form,
        "may_write": not reasons_against_writing(row),
    }
    return render(request, "studies/reviews/chapter.html", context, status=status)
