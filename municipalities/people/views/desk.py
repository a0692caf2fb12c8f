"""The people who speak for a municipality, at the desk: added, invited, ended."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

import accounts.actions
from accounts.access import requires
from accounts.permissions import Permission, Role
from core.states import Conflict, Refused
from municipalities.models import Membership, Municipality
from municipalities.people.actions import memberships as actions
from municipalities.people.actions.hand_over import open_matters
from municipalities.people.forms.memberships import AddMemberForm, EndMembershipForm, InviteForm


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
