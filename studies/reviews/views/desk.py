"""Rounds of review at the desk: the list, one round with its experts, and what is done in it."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, View, requires
from accounts.permissions import Permission
from core.files.attachments import serve
from core.views.paging import page_of
from core.views.verbs import run_verb, template_page, version_of
from studies.models import Confirmation, Material, MaterialEdition, Reviewer, ReviewFile, ReviewRound
from studies.reviews import queries, roles
from studies.reviews.actions import invitations, rounds
from studies.reviews.forms.rounds import AddExpertForm, CloseForm, DeadlineForm, OpenForm


@requires(Permission.MANAGE_MATERIALS)
@require_safe
def reviews(request: UserRequest) -> HttpResponse:
    """All rounds, those that go on first."""
    context = {"page": page_of(queries.rounds(), request)}
    return render(request, "studies/reviews/desk/list.html", context)


def round_of(request: UserRequest, pk: int) -> ReviewRound:
    """Return a round that the reader may see; raises Http404 without one."""
    rows = ReviewRound.objects.visible_to(request.user)
    found = rows.select_related("edition__document__material", "opened_by", "closed_by")
    return get_object_or_404(found, pk=pk)


def newest_edition(material: Material) -> MaterialEdition:
    """Return the newest edition of a material; raises Http404 where there is no text yet."""
    rows = MaterialEdition.objects.select_related("document__material")
    return get_object_or_404(rows.filter(document__material=material).order_by("-number")[:1])


@requires(Permission.MANAGE_MATERIALS)
def open_round(request: UserRequest, pk: int) -> HttpResponse:
    """Ask experts to read the draft of a material."""
    material = get_object_or_404(Material.objects.visible_to(request.user), pk=pk)
    edition = newest_edition(material)
    form = OpenForm(request.POST or None)
    context = {
        "material": material,
        "edition": edition,
        "form": form,
        "against": rounds.reasons_against_opening(edition, by=request.user),
    }
    return run_verb(
        request,
        lambda: rounds.open_round(edition, **form.words, by=request.user),
        to=lambda row: row.get_desk_url(),
        show=template_page(request, "studies/reviews/desk/open.html", context),
        done=_("The round is open, and the invitations are on their way."),
        form=form,
    )


@requires(Permission.MANAGE_MATERIALS)
@require_safe
def review(request: UserRequest, pk: int) -> HttpResponse:
    """One round: who reads, who is late, what was delivered, what can be done."""
    return _page(request, round_of(request, pk))


def _page(request: UserRequest, row: ReviewRound, *, status: int = 200, **said: Any) -> HttpResponse:
    user = request.user
    against_reading = roles.reasons_against_reading(row, by=user)
    context = {
        "round": row,
        "material": row.material,
        "reviewers": queries.reviewers_of(row, user),
        "hides_names": roles.hides_names(row, user),
        "against_reading": against_reading,
        "counts": queries.remark_counts(row),
        "against_running": rounds.reasons_against_running(row, by=user),
        "against_closing": rounds.reasons_against_closing(row, by=user),
        "add_form": AddExpertForm(review_round=row),
        "deadline_form": DeadlineForm(initial={"deadline": row.deadline, "version": row.version}),
        "conflict": None,
        **said,
    }
    return render(request, "studies/reviews/desk/round.html", context, status=status)


def _do(request: UserRequest, row: ReviewRound, verb: Any, done: str | Promise, **again: Any) -> HttpResponse:
    """Do something in a round, by what its form says, and show it as it stands then."""
    form = next(iter(again.values()), None)
    return run_verb(
        request,
        verb,
        to=row.get_desk_url(),
        show=partial(_page, request, row, **again),
        done=done,
        form=form,
        changed=_("A colleague has changed it meanwhile. Look at it, and send it once more."),
    )


@requires(Permission.MANAGE_MATERIALS)
@require_POST
def prolong(request: UserRequest, pk: int) -> HttpResponse:
    """Give the experts another day."""
    row, form = round_of(request, pk), DeadlineForm(request.POST)
    done = _("The experts have time until then, and know of it.")
    return _do(
        request,
        row,
        lambda: rounds.prolong(row, **form.cleaned_data, by=request.user),
        done,
        deadline_form=form,
    )


@requires(Permission.MANAGE_MATERIALS)
@require_POST
def add_expert(request: UserRequest, pk: int) -> HttpResponse:
    """Ask one more expert, or let them wait as a substitute."""
    row = round_of(request, pk)
    form = AddExpertForm(request.POST, review_round=row)
    verb = partial(rounds.add_expert, row, by=request.user)
    return _do(
        request, row, lambda: verb(**form.cleaned_data), _("The expert is in the round."), add_form=form
    )


@requires(Permission.MANAGE_MATERIALS)
def close(request: UserRequest, pk: int) -> HttpResponse:
    """Say how a round ended, and let the authors have the settled remarks."""
    row = round_of(request, pk)
    asked = Confirmation.objects.standing().filter(edition=row.edition).values_list("email", flat=True)
    initial = {"version": row.version, "authors": list(asked)}
    form = CloseForm(request.POST or None, review_round=row, initial=initial)
    context = {
        "round": row,
        "material": row.material,
        "form": form,
        "against": rounds.reasons_against_closing(row, by=request.user),
    }
    return run_verb(
        request,
        lambda: rounds.close(row, **form.cleaned_data, by=request.user),
        to=row.get_desk_url(),
        show=template_page(request, "studies/reviews/desk/close.html", context),
        done=_("The round is closed."),
        form=form,
        changed=_("A colleague has changed it meanwhile. Look at it, and send it once more."),
    )


# What is done with one expert --------------------------------------------------------


def _with_expert(verb: Any, done: Promise) -> View:
    """Return the view that does a verb with an expert of a round for which nothing is filled in."""

    @requires(Permission.MANAGE_MATERIALS)
    @require_POST
    def view(request: UserRequest, pk: int) -> HttpResponse:
        rows = Reviewer.objects.visible_to(request.user).select_related("expert")
        row = get_object_or_404(rows, pk=pk)
        row.round = round_of(request, row.round_id)
        do = partial(verb, row, version=version_of(request), by=request.user)
        return _do(request, row.round, do, done)

    return view


call = _with_expert(invitations.call, gettext_lazy("The substitute is invited."))
remind = _with_expert(invitations.remind, gettext_lazy("The expert is reminded."))
renew = _with_expert(
    invitations.renew_link,
    gettext_lazy("A new link is on its way to the expert; the old one no longer works."),
)
revoke = _with_expert(invitations.revoke, gettext_lazy("The link is withdrawn."))


@requires(Permission.MANAGE_MATERIALS)
@require_safe
def file(request: UserRequest, pk: int) -> HttpResponseBase:
    """A file of a delivered review, for who may read it; named so that it tells nothing."""
    rows = ReviewFile.objects.select_related("attachment", "reviewer__round__edition__document__material")
    found = get_object_or_404(rows, pk=pk, reviewer__in=queries.readable(request.user))
    return serve(found.attachment, request, name=f"{found.reviewer.round}-{found.pk}".replace("/", "-"))


@requires(Permission.MANAGE_MATERIALS)
@require_safe
def changes(request: UserRequest, pk: int) -> HttpResponse:
    """What has changed in the text since the experts got it."""
    row = round_of(request, pk)
    context = {"round": row, "material": row.material, "changes": queries.changes_since(row)}
    return render(request, "studies/reviews/desk/changes.html", context)
