"""What a municipality does with its invitation: for its officials, and for the desk on its behalf."""

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.access import UserRequest
from core.views.verbs import back_to, run_verb, template_page, version_of
from visits.attendance import queries
from visits.attendance.actions import answers, people, places, questions
from visits.attendance.forms import DeclineForm, GiveUpForm, NameForm, PersonForm, QuestionForm
from visits.choices import STANDING
from visits.models import Attendee, Delivery, Report, TravelQuestion, VisitInvitation


@dataclass(frozen=True)
class Side:
    """Whose pages they are: those of officials, or of the desk."""

    name: str
    base: str

    def url(self, page: str, pk: int) -> str:
        """Return the address of a page about a row; "" is the invitation itself."""
        return reverse(f"{self.name}-{page}" if page else self.name, args=[pk])

    def home_of(self, attendee: Attendee) -> str:
        """Return where one goes on from somebody: to their invitation, else to the visit's people."""
        if attendee.invitation_id:
            return self.url("", attendee.invitation_id)
        return f"{attendee.visit.get_desk_url()}?tab=people"


def invitation_of(request: UserRequest, pk: int) -> VisitInvitation:
    """Return an invitation that the reader may see; raises Http404 without one."""
    rows = VisitInvitation.objects.visible_to(request.user).for_list()
    return get_object_or_404(rows, pk=pk)


def attendee_of(request: UserRequest, pk: int) -> Attendee:
    """Return somebody named whom the reader may see; raises Http404 without one."""
    rows = Attendee.objects.visible_to(request.user).select_related("visit", "invitation__municipality")
    row = get_object_or_404(rows, pk=pk)
    if row.invitation:
        row.invitation.visit = row.visit
    return row


def question_of(request: UserRequest, pk: int) -> TravelQuestion:
    """Return a question that the reader may see and nobody took back; raises Http404 without one."""
    rows = TravelQuestion.objects.visible_to(request.user).select_related("visit", "municipality")
    return get_object_or_404(rows, pk=pk, withdrawn_at=None)


def invitation(request: UserRequest, side: Side, pk: int) -> HttpResponse:
    """What the visit is, and who goes; a person is named by the form of the page."""
    row = invitation_of(request, pk)
    form = NameForm(request.POST or None, invitation=row)
    return run_verb(
        request,
        lambda: people.name_person(
            row,
            person=form.person,
            is_substitute=form.cleaned_data.get("is_substitute", False),
            by=request.user,
        ),
        to=f"{side.url('', pk)}#people",
        show=partial(_page, request, side, pk, name_form=form),
        done=lambda attendee: _named(attendee),
        form=form,
    )


def _named(attendee: Attendee) -> str:
    if attendee.state == "waiting":
        return _("Your places are taken: the person is on the waiting list, and was written to.")
    return _("The person is named, and was written to. The Contact Centre confirms the place.")


def _page(
    request: UserRequest,
    side: Side,
    pk: int,
    *,
    name_form: NameForm | None = None,
    question_form: QuestionForm | None = None,
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    row, user = invitation_of(request, pk), request.user
    named = queries.my_people(row)
    for attendee in named:
        attendee.visit, attendee.invitation = row.visit, row
    against_naming = people.reasons_against_naming(row, by=user)
    context = {
        "side": side,
        "base": side.base,
        "invitation": row,
        "visit": row.visit,
        "report": Report.objects.published().filter(visit=row.visit).first(),
        "delivery": Delivery.objects.of_public()
        .filter(report__visit=row.visit, municipality=row.municipality)
        .order_by("-pk")
        .first(),
        "programme": list(row.visit.programme.all()),
        "people": _with_urls(side, named, is_open=not against_naming),
        "taken": sum(one.state in ("named", "confirmed") for one in named),
        "may_change": not places.reasons_of_time(row.visit),
        "has_place": any(one.state == "confirmed" for one in named),
        "against_naming": against_naming,
        "against_asking": questions.reasons_against_asking(row, by=user),
        "against_reconsidering": answers.reasons_against_reconsidering(row, by=user),
        "may_decline": not answers.reasons_against_declining(row, by=user),
        "questions": _questions(side, row),
        "name_form": name_form or NameForm(invitation=row),
        "question_form": question_form or QuestionForm(visit=row.visit, button=_("Send the question along")),
        "decline_url": side.url("decline", pk),
        "reconsider_url": side.url("reconsider", pk),
        "ask_url": side.url("ask", pk),
        "conflict": None,
        **said,
    }
    return render(request, "visits/attendance/invitation.html", context, status=status)


def _with_urls(side: Side, named: list[Attendee], *, is_open: bool) -> list[dict[str, Any]]:
    """Return people with the addresses of what can be done; the first of the order cannot go further up."""
    standing = [one for one in named if one.state in STANDING]
    movable = {one.pk for before, one in pairwise(standing) if is_open and people.may_go_before(one, before)}
    return [
        {
            "person": one,
            "is_standing": one.state in STANDING,
            "change_url": side.url("person", one.pk),
            "give_up_url": side.url("person-give-up", one.pk),
            "up_url": side.url("person-up", one.pk) if one.pk in movable else "",
        }
        for one in named
    ]


def _questions(side: Side, row: VisitInvitation) -> list[dict[str, Any]]:
    return [
        {
            "question": one,
            "change_url": side.url("question", one.pk),
            "withdraw_url": side.url("question-withdraw", one.pk),
        }
        for one in queries.own_questions(row)
    ]


def decline(request: UserRequest, side: Side, pk: int) -> HttpResponse:
    """Say that the municipality cannot go, and why."""
    row = invitation_of(request, pk)
    form = DeclineForm(request.POST or None, initial={"version": row.version})
    context = {
        "base": side.base,
        "invitation": row,
        "visit": row.visit,
        "form": form,
        "back": side.url("", pk),
        "against": answers.reasons_against_declining(row, by=request.user),
        "standing": row.attendees.filter(state__in=STANDING).count(),
    }
    return run_verb(
        request,
        lambda: answers.decline(row, **_seen(form), by=request.user),
        to=side.url("", pk),
        show=template_page(request, "visits/attendance/decline.html", context),
        done=_("Thank you for telling us. The report will be sent to you, and you can still send questions."),
        form=form,
        changed=_("A colleague has changed it meanwhile. Look at it, and send it once more."),
    )


def _seen(form: Any) -> dict[str, Any]:
    """Return what was filled in; a form without a version was made of nothing that could be seen."""
    return {**form.cleaned_data, "version": form.cleaned_data.get("version") or 0}


def reconsider(request: UserRequest, side: Side, pk: int) -> HttpResponse:
    """Take back that the municipality cannot go."""
    row = invitation_of(request, pk)
    verb = partial(answers.reconsider, row, version=version_of(request), by=request.user)
    done = _("The invitation is open again. Name who goes.")
    return run_verb(request, verb, to=side.url("", pk), show=back_to(request, side.url("", pk)), done=done)


def person(request: UserRequest, side: Side, pk: int) -> HttpResponse:
    """Change how somebody is called and reached."""
    row = attendee_of(request, pk)
    kept = {name: getattr(row, name) for name in ("name", "post", "email", "phone", "version")}
    form = PersonForm(request.POST or None, visit=row.visit, but=row.pk, initial=kept)
    context = {
        "base": side.base,
        "attendee": row,
        "visit": row.visit,
        "form": form,
        "back": side.home_of(row),
        "of": row.invitation.municipality.name if row.invitation else _("The ministry"),
        "against": people.reasons_against_changing(row, by=request.user),
    }
    return run_verb(
        request,
        lambda: people.change_person(
            row, person=form.person, version=form.cleaned_data["version"] or 0, by=request.user
        ),
        to=side.home_of(row),
        show=template_page(request, "visits/attendance/person.html", context),
        done=pgettext("taking part", "Saved."),
        form=form,
        changed=_("A colleague has changed it meanwhile. Look at it, and send it once more."),
    )


def person_up(request: UserRequest, side: Side, pk: int) -> HttpResponse:
    """Let somebody go before whoever stood before them."""
    row = attendee_of(request, pk)
    back = f"{side.home_of(row)}#people"
    verb = partial(people.move_up, row, by=request.user)
    return run_verb(request, verb, to=back, show=back_to(request, back), done=_("The order is changed."))


def person_give_up(request: UserRequest, side: Side, pk: int) -> HttpResponse:
    """Ask whether somebody's place is really given up, and do it."""
    row = attendee_of(request, pk)
    form = GiveUpForm(request.POST or None)
    context = {
        "base": side.base,
        "attendee": row,
        "visit": row.visit,
        "form": form,
        "back": side.home_of(row),
        "against": places.reasons_against_giving_up(row, by=request.user),
    }
    return run_verb(
        request,
        lambda: places.give_up(row, reason=form.cleaned_data["reason"], by=request.user),
        to=side.home_of(row),
        show=template_page(request, "visits/attendance/give_up.html", context),
        done=_("The place is given up, and whoever had it was written to."),
        form=form,
        changed=_("A colleague has changed it meanwhile. Look at it, and send it once more."),
    )


def ask(request: UserRequest, side: Side, pk: int) -> HttpResponse:
    """Send a question along."""
    row = invitation_of(request, pk)
    form = QuestionForm(request.POST, visit=row.visit, button=_("Send the question along"))
    return run_verb(
        request,
        lambda: questions.ask(
            row, text=form.cleaned_data["text"], item=form.cleaned_data["item"], by=request.user
        ),
        to=f"{side.url('', pk)}#questions",
        show=partial(_page, request, side, pk, question_form=form),
        done=_("The question goes along. You can change it until the visit begins."),
        form=form,
    )


def question(request: UserRequest, side: Side, pk: int) -> HttpResponse:
    """Change a question that goes along."""
    row = question_of(request, pk)
    form = QuestionForm.of(row, request.POST or None)
    back = _home_of(side, row)
    context = {
        "base": side.base,
        "visit": row.visit,
        "form": form,
        "back": back,
        "against": questions.reasons_against_changing(row, by=request.user),
    }
    return run_verb(
        request,
        lambda: questions.change(row, **_seen(form), by=request.user),
        to=back,
        show=template_page(request, "visits/attendance/question.html", context),
        done=pgettext("taking part", "Saved."),
        form=form,
        changed=_("A colleague has changed it meanwhile. Look at it, and send it once more."),
    )


def question_withdraw(request: UserRequest, side: Side, pk: int) -> HttpResponse:
    """Take a question back; whoever presses twice is told that it has been."""
    rows = TravelQuestion.objects.visible_to(request.user).select_related("visit", "municipality")
    row = get_object_or_404(rows, pk=pk)
    back = _home_of(side, row)
    verb = partial(questions.withdraw, row, version=version_of(request), by=request.user)
    return run_verb(request, verb, to=back, show=back_to(request, back), done=_("The question is withdrawn."))


def _home_of(side: Side, row: TravelQuestion) -> str:
    of = VisitInvitation.objects.filter(visit=row.visit_id, municipality=row.municipality_id).first()
    return f"{side.url('', of.pk)}#questions" if of else row.visit.get_desk_url()
