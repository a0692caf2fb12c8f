"""What the desk's and the officials' pages of practices have in common."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from core.detector import justifications
from core.detector.finds import open_finds
from core.documents import publishing
from core.states import Conflict, Refused
from core.views.paging import whole_number
from core.views.verbs import CONFLICT, see_version
from municipalities.models import ExchangeQuestion, Practice, PracticeEdition
from municipalities.places.known_people import finds_in_practice
from municipalities.practices import page
from municipalities.practices.actions import practices as actions
from municipalities.practices.forms.practices import PracticeForm


def practice_of(request: HttpRequest, pk: int) -> Practice:
    """Return a practice whose drafts the reader may see; raises Http404 for any other."""
    rows = Practice.objects.visible_to(request.user).select_related("municipality")
    return get_object_or_404(rows, pk=pk)


def open_edition(request: HttpRequest, pk: int) -> PracticeEdition:
    """Return the newest edition of a practice, the one that can be worked on."""
    practice = practice_of(request, pk)
    edition = practice.editions.select_related("submitted_by").order_by("-number").first()
    if edition is None:
        raise Http404
    edition.document = practice
    return edition


def question_of(request: HttpRequest) -> ExchangeQuestion | None:
    """Return the question that `?question=` says the practice is born from, if the reader may read it."""
    number = whole_number(request.GET.get("question"))
    return ExchangeQuestion.objects.visible_to(request.user).filter(pk=number).first() if number else None


def question_behind(request: HttpRequest, practice: Practice) -> ExchangeQuestion | None:
    """Return the question that a practice was born from, if there is one and the reader may read it."""
    if practice.from_question_id is None:
        return None
    return ExchangeQuestion.objects.visible_to(request.user).filter(pk=practice.from_question_id).first()


def initial_from(question: ExchangeQuestion | None) -> dict[str, Any]:
    """Return what a new practice begins with: of a question its title and approach, never its text."""
    if question is None:
        return {}
    return {"title_cs": question.title, "need_cs": question.title, "approach": question.approach}


def edited(request: HttpRequest, edition: PracticeEdition) -> tuple[bool, dict[str, Any], int]:
    """Take what was sent for a draft: whether it is saved, what the page shows, and its status.

    When somebody has saved meanwhile, both texts are shown and nothing is lost.
    """
    form = PracticeForm(
        request.POST or None, initial=PracticeForm.initial_of(edition), is_first=edition.number == 1
    )
    context = {"form": form, "edition": edition, "theirs": []}
    context["reasons"] = publishing.reasons_against_editing(edition)
    if not form.is_valid():
        return False, context, 200
    try:
        seen = form.cleaned_data["version"] or 0
        actions.save_draft(edition, text=form.to_text(), version=seen, by=request.user)
    except Refused as refusal:
        return False, {**context, "reasons": refusal.reasons}, CONFLICT
    except Conflict as conflict:
        see_version(form, conflict.current)
        return False, {**context, "theirs": _differences(form, conflict.current)}, CONFLICT
    return True, context, 200


def _differences(form: PracticeForm, current: PracticeEdition) -> list[dict[str, Any]]:
    """Return the texts in which a colleague's version differs from what was sent."""
    theirs, mine = vars(actions.text_of(current)), vars(form.to_text())
    return [
        {"label": form.fields[name].label, "theirs": str(theirs[name] or ""), "mine": str(mine[name] or "")}
        for name in actions.COLUMNS
        if name in form.fields and theirs[name] != mine[name]
    ]


def justified(request: HttpRequest, pk: int) -> None:
    """Keep the find that was sent in the newest edition of a practice, with the reason; raises Refused."""
    key, reason = request.POST.get("find", ""), request.POST.get("reason", "")[:300]
    actions.justify_hit(open_edition(request, pk), key=key, reason=reason, by=request.user)


def _check(edition: PracticeEdition) -> dict[str, Any]:
    """Return the finds of the check, open and justified, while somebody can still do something about them."""
    if edition.state not in publishing.OPEN:
        return {"hits": [], "kept": []}
    finds, reasons = finds_in_practice(edition), justifications.justified(edition)
    kept = [{"hit": one, "why": reasons[one.key]} for one in finds if one.key in reasons]
    return {"hits": open_finds(finds, reasons), "kept": kept}


def shown(request: HttpRequest, practice: Practice) -> dict[str, Any]:
    """Return what a page of one practice shows: the edition asked for, its texts, its criteria."""
    rows = practice.editions.select_related("author", "returned_by").prefetch_related("assessments")
    editions = list(rows.order_by("-number"))
    if not editions:
        raise Http404
    number = request.GET.get("edition", "") if request.method == "GET" else ""
    edition = next((row for row in editions if str(row.number) == number), editions[0])
    edition.document = practice
    return {
        "practice": practice,
        "edition": edition,
        "editions": editions,
        "before": next((row for row in editions if row.number == edition.number - 1), None),
        "texts": [(code, page.text_in(edition, code)) for code in edition.languages],
        "judgement": page.judgement(edition),
        "against_submitting": actions.reasons_against_submitting(edition) if edition.state == "draft" else [],
        "against_new_edition": publishing.reasons_against_new_edition(practice.editions.all()),
        **_check(edition),
    }
