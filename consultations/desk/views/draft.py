"""The answer box of a request before it is sent: its draft, and what can be put into it.

A script keeps the text as it is typed and gets a short answer; without it each
button posts the whole form, and the page comes back with all that was typed.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.choices import Direction, DraftKind
from consultations.desk.drafts import DraftBox, Drafts, Unsent
from consultations.desk.forms.request import SEEN
from consultations.desk.forms.words import DraftForm
from consultations.desk.request_page import RequestPage
from consultations.desk.views.panel import DRAFTED
from consultations.desk.views.request import case_of, show_page
from consultations.models import Draft, PeerQuestion, PreparedAnswer, SummaryEdition, SupportRequest
from consultations.prepared.actions import SEARCH_KIND
from consultations.prepared.insertions import (
    MOST_OFFERED,
    Insertion,
    peer_for,
    prepared_for,
    summary_for,
    values_for,
)
from consultations.requests import salutation
from consultations.requests.actions import drafts
from core import search
from core.documents.messages import as_html, quoted
from core.views.paging import whole_number
from core.views.verbs import CONFLICT, run_verb

# What the page knows by itself, or is told anew.
NOT_TYPED = (*SEEN, "text")


@requires(Permission.ANSWER_REQUEST)
@require_POST
def draft(request: UserRequest, reference: str, kind: str) -> HttpResponse:
    """Keep what stands in the box, and do with the draft what was asked."""
    case = _case(request, reference, kind)
    form = DraftForm(request.POST)
    is_quiet = request.headers.get("X-Requested-With") == "fetch"

    def verb() -> Draft | None:
        if not is_quiet:
            return _do(request, case, kind, form)
        words = {name: form.cleaned_data[name] for name in ("text", "before")}
        version = form.cleaned_data["draft_version"] or 0
        return drafts.save_draft(case, kind=kind, **words, version=version, by=request.user)

    def show(*, conflict: Any = None, status: int) -> HttpResponse:
        if status == CONFLICT:
            return _late(request, case, kind, conflict, is_quiet)
        reasons = tuple(str(error) for errors in form.errors.values() for error in errors)
        if is_quiet:
            return JsonResponse({"said": " ".join(reasons)}, status=status)
        return _page(request, case, kind, status, values=_typed(request), reasons=reasons)

    def go_on(kept: Draft | None) -> HttpResponse:
        if not is_quiet:
            return _page(request, case, kind)
        said = Drafts(RequestPage(case, reader=request.user)).said(kept)
        return JsonResponse({"version": kept.version if kept else 0, "said": said})

    return run_verb(request, verb, to=go_on, show=show, form=form)


@requires(Permission.ANSWER_REQUEST)
@require_safe
def prepared(request: UserRequest, reference: str, kind: str) -> HttpResponse:
    """The prepared answers that can be put into the box, as a part of the page."""
    case, words = _case(request, reference, kind), _words(request.GET)
    unsent = Unsent(kind, insertions=_insertions(request, case, words), words=words)
    box = DraftBox(Drafts(RequestPage(case, reader=request.user)), kind, unsent)
    return render(request, "consultations/desk/insertions.html", {"box": box})


@requires(Permission.ANSWER_REQUEST)
@require_POST
def preview(request: UserRequest, reference: str, kind: str) -> HttpResponse:
    """How the text in the box will read: a part of the page, or the page with all that was typed."""
    case, form = _case(request, reference, kind), DraftForm(request.POST)
    shown = as_html(form.cleaned_data["text"]) if form.is_valid() else ""
    if request.htmx:
        box = DraftBox(Drafts(RequestPage(case, reader=request.user)), kind, Unsent(kind, preview=shown))
        return render(request, "consultations/desk/preview.html", {"box": box})
    return _page(request, case, kind, values=_typed(request), preview=shown)


def _typed(request: UserRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in ("text", "draft_version")}


def _case(request: UserRequest, reference: str, kind: str) -> SupportRequest:
    if kind not in DraftKind.values:
        raise Http404
    return case_of(request, reference)


VERBS = {"share": drafts.share_draft, "unshare": drafts.unshare_draft, "discard": drafts.discard_draft}


def _do(request: UserRequest, case: SupportRequest, kind: str, form: DraftForm) -> Draft | None:
    by, own = request.user, drafts.own_draft(case, kind=kind, by=request.user)
    text, version = form.cleaned_data["text"], form.cleaned_data["draft_version"] or 0
    if "text" not in request.POST:
        # A button that stands outside of the box: the draft is all there is.
        text, version = ("" if own.discarded_at else own.text, own.version) if own else ("", 0)
    if "restore" in request.POST and own and own.discarded_at:
        drafts.restore_draft(own, by=by)
        text, version = drafts.below(own.text, text), own.version
    if extra := _extra(request, case):
        text = salutation.put_in(text, extra, case, by=by)
    kept = drafts.save_draft(case, kind=kind, text=text, by=by, version=version)
    if number := _number(request, "take"):
        shared = Draft.objects.visible_to(by).select_related("request")
        drafts.take_over(get_object_or_404(shared, request=case, kind=kind, pk=number), by=by)
    for name, verb in VERBS.items():
        if name in request.POST and kept:
            verb(kept, by=by)
    return kept


def _late(
    request: UserRequest, case: SupportRequest, kind: str, other: Draft | None, is_quiet: bool
) -> HttpResponse:
    """Somebody else, or another tab, has changed the draft: both texts are shown, neither is lost."""
    is_mine = other is not None and other.author_id == request.user.pk
    version = other.version if other and is_mine else 0
    if is_quiet:
        late = Unsent(kind, is_late=True, other=other)
        box = DraftBox(Drafts(RequestPage(case, reader=request.user)), kind, late)
        response = render(request, "consultations/desk/draft_late.html", {"box": box}, status=CONFLICT)
        response.headers["X-Draft-Version"] = str(version)
        return response
    values = {"text": request.POST.get("text", ""), "draft_version": version}
    return _page(request, case, kind, CONFLICT, values=values, is_late=True, other=other)


def _page(
    request: UserRequest, case: SupportRequest, kind: str, status: int = 200, **unsent: Any
) -> HttpResponse:
    """Show the page of the request with what was typed into the box, or `values`, and why it is not sent."""
    names = {name for form in DRAFTED[kind] for name in form.base_fields if name not in NOT_TYPED}
    typed = {name: request.POST[name] for name in names if name in request.POST} | unsent.pop("values", {})
    if "choose" in request.POST and not unsent:
        words = _words(request.POST)
        unsent = {"insertions": _insertions(request, case, words), "words": words}
    return show_page(request, case_of(request, case.reference), status, unsent=Unsent(kind, typed, **unsent))


def _insertions(request: UserRequest, case: SupportRequest, words: str) -> list[Insertion]:
    rows = PreparedAnswer.objects.visible_to(request.user).in_use()
    if words:
        rows = rows.filter(pk__in=search.ids(words, kind=SEARCH_KIND, scope=search.DESK))
    values = values_for(case, by=request.user)
    nearest = rows.nearest_first(case.topic)[:MOST_OFFERED]
    return [prepared_for(case, row, values) for row in nearest]


def _extra(request: UserRequest, case: SupportRequest) -> str:
    """Return the text that is to be put below what stands in the box."""
    if number := _number(request, "below"):
        readable = Draft.objects.visible_to(request.user)
        return get_object_or_404(readable, request=case, pk=number).text
    if entry := request.POST.get("quote"):
        said = case.contacts.filter(direction=Direction.INBOUND)
        return quoted(get_object_or_404(said, pk=whole_number(entry.removeprefix("contact-"))).text)
    if number := _number(request, "prepared"):
        row = get_object_or_404(PreparedAnswer.objects.visible_to(request.user).in_use(), pk=number)
        return prepared_for(case, row, values_for(case, by=request.user)).text
    if number := _number(request, "summary"):
        editions: QuerySet[SummaryEdition] = SummaryEdition.objects.published().select_related("document")
        return summary_for(case, get_object_or_404(editions, document=number)).text
    if number := _number(request, "peer"):
        answered = PeerQuestion.objects.visible_to(request.user).answered().about(case)
        return peer_for(case, get_object_or_404(answered.select_related("municipality"), pk=number)).text
    return ""


def _number(request: UserRequest, name: str) -> int:
    return whole_number(request.POST.get(name)) or 0


def _words(data: dict[str, str]) -> str:
    return data.get("q", "").replace("\x00", "")[:200]
