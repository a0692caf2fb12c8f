"""The people who speak for a municipality, at the desk: added, invited, ended."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

import accounts.actions
from accounts.access import UserRequest, requires
from accounts.permissions import Permission, Role
from core.states import refuse_for
from core.views.verbs import run_verb, template_page
from municipalities.models import Membership
from municipalities.people.actions import memberships as actions
from municipalities.people.actions.hand_over import open_matters
from municipalities.people.forms import AddMemberForm, EndMembershipForm, InviteForm
from municipalities.places.queries import municipality_of


@requires(Permission.MANAGE_MEMBERSHIPS)
def add_person(request: UserRequest, slug: str) -> HttpResponse:
    """Let somebody speak for a municipality: by their account, or by an invitation to one."""
    row = municipality_of(slug)
    is_invitation = "invite" in request.POST
    member = AddMemberForm(None if is_invitation else request.POST or None)
    invitation = InviteForm(request.POST if is_invitation else None)
    context = {"municipality": row, "member_form": member, "invitation_form": invitation}
    context["reasons"] = actions.reasons_against_new_people(row, by=request.user)

    def verb() -> str:
        if not is_invitation:
            role, starts_on = (member.cleaned_data[name] for name in ("role", "starts_on"))
            actions.add_member(row, user=member.user, role=role, starts_on=starts_on, by=request.user)
            return _("%(name)s was added.") % {"name": member.user.name}
        refuse_for(actions.reasons_against_new_people(row, by=request.user))
        given = invitation.cleaned_data
        accounts.actions.invite(**given, role=Role.OFFICIAL, by=request.user, municipality_id=row.pk)
        return _("The invitation is on its way.")

    return run_verb(
        request,
        verb,
        to=reverse("desk-municipality", args=[row.slug]),
        show=template_page(request, "municipalities/people/add.html", context),
        done=str,
        form=invitation if is_invitation else member,
    )


@requires(Permission.MANAGE_MEMBERSHIPS)
def end_membership(request: UserRequest, slug: str, membership_id: int) -> HttpResponse:
    """Ask from which day on somebody no longer speaks for a municipality, and end it."""
    row = municipality_of(slug)
    membership = get_object_or_404(row.memberships.for_list(), pk=membership_id)
    form = EndMembershipForm(request.POST or None)

    def show(*, conflict: Any = None, status: int = 200) -> HttpResponse:
        shown = membership if conflict is None else Membership.objects.for_list().get(pk=conflict.pk)
        context = {
            "municipality": row,
            "membership": shown,
            "form": form,
            "reasons": actions.reasons_against_ending(shown, by=request.user),
            "matters": len(open_matters(shown)),
        }
        return render(request, "municipalities/people/end.html", context, status=status)

    return run_verb(
        request,
        lambda: actions.end_membership(membership, ends_on=form.cleaned_data["ends_on"], by=request.user),
        to=reverse("desk-municipality", args=[row.slug]),
        show=show,
        done=_("The membership ends. It stays in the history."),
        form=form,
    )
