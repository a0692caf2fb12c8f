"""The desk's pages of municipalities and of the people who speak for them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import accounts.actions
from accounts.access import requires
from accounts.permissions import Permission, Role
from core.states import Conflict, Refused
from municipalities import parts
from municipalities.models import Membership, Municipality, Programme
from municipalities.people.actions import memberships as actions
from municipalities.people.actions.hand_over import open_matters
from municipalities.people.forms.memberships import AddMemberForm, EndMembershipForm, InviteForm
from municipalities.people.queries import people_now, people_once
from municipalities.places import profile
from municipalities.places.filters import DeskMunicipalityFilter
from municipalities.places.queries import for_desk, open_invitations, register_page
from municipalities.places.successions import turns_of
from municipalities.views.shown import timeline_context

# Of those who spoke for a municipality before.
SHOWN = 30


@requires(Permission.VIEW_DESK)
@require_safe
def municipalities(request: HttpRequest) -> HttpResponse:
    """Show the register with the number of people who speak for each municipality."""
    found = DeskMunicipalityFilter(request.GET, queryset=for_desk())
    asked = Programme.objects.visible_to(request.user).asked().count()
    context = {"filter": found, "page": register_page(found.qs, request), "asked": asked}
    return render(request, "municipalities/desk_list.html", context)


@requires(Permission.VIEW_DESK)
@require_safe
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everything with one municipality in order, its facts and its people."""
    row = _municipality(slug)
    context = {
        "municipality": row,
        "facts": profile.place_facts(row),
        "codes": profile.place_codes(row),
        "office": profile.office_facts(row),
        "programmes": list(Programme.objects.visible_to(request.user).filter(municipality=row).in_order()),
        "may_edit": request.user.has(Permission.EDIT_MUNICIPALITY),
        "people": [*people_now(row), *people_once(row)[:SHOWN]],
        "invitations": open_invitations(row),
        "may_invite": request.user.has(Permission.INVITE_USER),
        "reasons": actions.reasons_against_managing(by=request.user),
        "against_adding": actions.reasons_against_new_people(row, by=request.user),
        "help": parts.one("help", row),
        "turns": turns_of(row, request.user),
        **timeline_context(row, request),
    }
    return render(request, "municipalities/desk_municipality.html", context)


@requires(Permission.MANAGE_MEMBERSHIPS)
def add_person(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody speak for a municipality: by their account, or by an invitation to one."""
    row = _municipality(slug)
    member, invitation = AddMemberForm(), InviteForm()
    if request.method == "POST" and "invite" in request.POST:
        invitation = InviteForm(request.POST)
        if invitation.is_valid() and _invited(row, invitation, request):
            return redirect("desk-municipality", row.slug)
    elif request.method == "POST":
        member = AddMemberForm(request.POST)
        if member.is_valid() and _added(row, member, request):
            return redirect("desk-municipality", row.slug)
    context = {
        "municipality": row,
        "member_form": member,
        "invitation_form": invitation,
        "reasons": actions.reasons_against_new_people(row, by=request.user),
    }
    return render(request, "municipalities/people/add.html", context)


def _added(row: Municipality, form: AddMemberForm, request: HttpRequest) -> bool:
    given = form.cleaned_data
    try:
        actions.add_member(
            row, user=form.user, role=given["role"], starts_on=given["starts_on"], by=request.user
        )
    except Refused as refusal:
        return _refused(form, refusal)
    messages.success(request, _("%(name)s was added.") % {"name": form.user.name})
    return True


def _invited(row: Municipality, form: InviteForm, request: HttpRequest) -> bool:
    if reasons := actions.reasons_against_new_people(row, by=request.user):
        return _refused(form, Refused(reasons))
    try:
        accounts.actions.invite(
            **form.cleaned_data, role=Role.OFFICIAL, by=request.user, municipality_id=row.pk
        )
    except Refused as refusal:
        return _refused(form, refusal)
    messages.success(request, _("The invitation is on its way."))
    return True


def _refused(form: forms.Form, refusal: Refused) -> bool:
    for reason in refusal.reasons:
        form.add_error(None, reason)
    return False


@requires(Permission.MANAGE_MEMBERSHIPS)
def end_membership(request: HttpRequest, slug: str, membership_id: int) -> HttpResponse:
    """Ask from which day on somebody no longer speaks for a municipality, and end it."""
    row = _municipality(slug)
    membership = get_object_or_404(row.memberships.for_list(), pk=membership_id)
    form = EndMembershipForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_membership(membership, ends_on=form.cleaned_data["ends_on"], by=request.user)
        except Refused as refusal:
            _refused(form, refusal)
        except Conflict as conflict:
            membership, status = _with_user(conflict.current), 409
        else:
            messages.success(request, _("The membership ends. It stays in the history."))
            return redirect("desk-municipality", row.slug)
    context: dict[str, Any] = {
        "municipality": row,
        "membership": membership,
        "form": form,
        "reasons": actions.reasons_against_ending(membership, by=request.user),
        "matters": len(open_matters(membership)),
    }
    return render(request, "municipalities/people/end.html", context, status=status)


def _with_user(membership: Any) -> Membership:
    return Membership.objects.for_list().get(pk=membership.pk)


def _municipality(slug: str) -> Municipality:
    return get_object_or_404(Municipality.objects.select_related("region"), slug=slug)
