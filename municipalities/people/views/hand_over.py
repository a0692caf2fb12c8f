"""Handing over what somebody has open for a municipality to a successor."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.verbs import run_verb
from municipalities.choices import MembershipRole
from municipalities.models import Membership
from municipalities.people.actions import hand_over as actions
from municipalities.people.forms import HandOverForm


@requires(Permission.MANAGE_MEMBERSHIPS)
def hand_over(request: UserRequest, slug: str, membership_id: int) -> HttpResponse:
    """Ask who takes over, show what goes over and what stays, and do it once that is confirmed."""
    rows = Membership.objects.for_list().filter(municipality__slug=slug)
    membership = get_object_or_404(rows, pk=membership_id)
    form = HandOverForm(request.POST or None, membership=membership)
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        return _page(request, membership, form)
    if "confirm" not in request.POST and not _reasons(request, membership, form):
        return _page(request, membership, form, is_last=True)

    return run_verb(
        request,
        lambda: _hand_over(request, membership, form),
        to=reverse("desk-municipality", args=[slug]),
        show=lambda *, status: _page(request, rows.get(pk=membership_id), form, status=status),
        done=str,
        form=form,
        changed=_("Somebody has changed it meanwhile. Look at it once more."),
    )


def _reasons(request: UserRequest, membership: Membership, form: HandOverForm) -> list[str]:
    on = form.cleaned_data["on"]
    if form.user:
        return actions.reasons_against_successor(membership, to=form.user, on=on, by=request.user)
    return actions.reasons_against_inviting_successor(membership, on=on, by=request.user)


def _hand_over(request: UserRequest, membership: Membership, form: HandOverForm) -> str:
    given = form.cleaned_data
    if form.user is None:
        actions.invite_successor(membership, **given, by=request.user)
        return _("The invitation is on its way. When it is accepted, the open requests go over.")
    role, on = given["role"], given["on"]
    moved = actions.hand_over(membership, to=form.user, role=role, on=on, by=request.user)
    if not moved:
        return _("%(name)s has taken over. Nothing was open.") % {"name": form.user.name}
    words = ngettext(
        "%(name)s has taken over, with %(count)s open request.",
        "%(name)s has taken over, with %(count)s open requests.",
        moved,
    )
    return words % {"name": form.user.name, "count": moved}


def _page(
    request: UserRequest,
    membership: Membership,
    form: HandOverForm,
    *,
    is_last: bool = False,
    status: int = 200,
) -> HttpResponse:
    found = actions.open_matters(membership)
    context: dict[str, Any] = {
        "municipality": membership.municipality,
        "membership": membership,
        "form": form,
        "reasons": actions.reasons_against_handing_over(membership, by=request.user),
        "moving": [matter for matter in found if matter.moves],
        "staying": [matter for matter in found if not matter.moves],
    }
    if not is_last:
        return render(request, "municipalities/people/hand_over.html", context, status=status)
    given = form.cleaned_data
    context |= {
        "successor": form.user.name if form.user else given["name"],
        "role": MembershipRole(given["role"]).label,
        "on": given["on"],
        "begins": actions.first_day(given["on"]),
        "is_invited": form.user is None,
        "hidden": [(name, form.data.get(name, "")) for name in form.fields],
    }
    return render(request, "municipalities/people/hand_over_confirm.html", context)
