"""The page of one proposal, for officials and for the desk: what it shows, and how its two forms are sent."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import UserRequest
from core.views.verbs import UNPROCESSABLE, run_verb
from municipalities.models import Practice
from municipalities.practices.actions import adoption_of
from visits.choices import LessonAnswer
from visits.lessons import queries
from visits.lessons.actions import outcomes, proposals
from visits.lessons.forms import AnswerForm, CameForm
from visits.models import Outcome, Proposal


def answer_form(request: UserRequest, proposal: Proposal, data: Any = None) -> AnswerForm:
    """Return the form of an answer as it stands, or as it was sent."""
    practice = proposal.practice_id or proposal.lesson.practice_id
    known = {"version": proposal.version, "reason": proposal.reason, "practice": str(practice or "")}
    if proposal.is_answered:
        known["state"] = proposal.state
    return AnswerForm(data, initial=known, practices=queries.practices_to_choose(proposal.practice_id))


def came_form(outcome: Outcome | None, data: Any = None) -> CameForm | None:
    """Return the form of what came of it; None where nobody has asked, or it does not suit."""
    if outcome is None:
        return None
    return CameForm(data, initial={"seen": outcome.text, "text": outcome.text})


def asked_last(proposal: Proposal) -> Outcome | None:
    """Return the newest question what came of a lesson, which can be answered; of what does not suit none."""
    if proposal.state == LessonAnswer.NOT_SUITABLE:
        return None
    return proposal.outcomes.order_by("-months").first()


def shown(
    request: UserRequest,
    proposal: Proposal,
    template: str,
    *,
    form: AnswerForm | None = None,
    came: CameForm | None = None,
    conflict: Any = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Return the page, with a form as it was sent where one was."""
    outcome = asked_last(proposal)
    if conflict is not None and came is not None and outcome:
        # Sent once more, it takes the place of what stands now.
        data = request.POST.copy()
        data["came-seen"] = outcome.text
        came.data = data
    practice = proposal.practice or proposal.lesson.practice
    edition = queries.editions_of([practice.pk] if practice else []).get(practice.pk if practice else 0)
    rows = queries.in_line(proposal)
    context = {
        "proposal": proposal,
        "wording": next((row.wording for row in rows if row.pk == proposal.pk), None),  # type: ignore[attr-defined]
        "form": form or answer_form(request, proposal),
        "outcome": outcome,
        "came_form": came or came_form(outcome),
        "outcomes": list(proposal.outcomes.all()),
        "rows": rows,
        "practice": edition,
        "adoption": adoption_of(practice, proposal.municipality) if edition and practice else None,
        "conflict": conflict,
        "reasons": more.pop("reasons", ()),
    }
    return render(request, template, {**context, **more}, status=status)


def answered(
    request: UserRequest, proposal: Proposal, *, to: Any, template: str, **more: Any
) -> HttpResponse:
    """Show the page, or write down what was answered."""
    form = answer_form(request, proposal, request.POST or None)

    def verb() -> None:
        said = form.cleaned_data
        practice = Practice.objects.filter(pk=said["practice"]).first() if said["practice"] else None
        picked = {"state": said["state"], "reason": said["reason"], "practice": practice}
        proposals.answer(proposal, **picked, version=said["version"], by=request.user)

    return run_verb(
        request,
        verb,
        to=to,
        show=partial(shown, request, proposal, template, form=form, **more),
        done=_("The answer is written down. It stands on the page of the visit."),
        form=form,
    )


def told(request: UserRequest, proposal: Proposal, *, to: Any, template: str, **more: Any) -> HttpResponse:
    """Write down what came of a lesson, or show the page again."""
    outcome = asked_last(proposal)
    form = came_form(outcome, request.POST)
    if outcome is None or form is None:
        reasons = [_("Nobody asks now what came of it.")]
        return shown(request, proposal, template, reasons=reasons, status=UNPROCESSABLE, **more)

    def verb() -> None:
        said = {"text": form.cleaned_data["text"], "seen": form.cleaned_data["seen"]}
        outcomes.tell_what_came(outcome, **said, by=request.user)

    return run_verb(
        request,
        verb,
        to=to,
        show=partial(shown, request, proposal, template, came=form, **more),
        done=_("Thank you. It stands on the page of the visit."),
        form=form,
    )
