"""The desk's pages on people: accounts and invitations."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import actions
from accounts.access import UserRequest, requires
from accounts.forms import InviteForm, PeopleFilter, RoleForm
from accounts.models import Invitation, User, UserQuerySet
from accounts.permissions import Permission
from core.views.paging import page_of
from core.views.verbs import back_to, run_verb, template_page

OPEN_INVITATIONS_SHOWN = 50


@dataclass(frozen=True)
class Action:
    """One thing done to an account after a page has asked whether it is meant."""

    verb: Callable[..., None]
    reasons: Callable[..., list[str]]
    title: str | Promise
    text: str | Promise
    done: str | Promise
    style: str = "danger"


ACTIONS = {
    "disable": Action(
        actions.disable_account,
        actions.reasons_against_disabling,
        gettext_lazy("Disable the account"),
        gettext_lazy("The person will not be able to log in, and will be logged out everywhere at once."),
        gettext_lazy("The account is disabled."),
    ),
    "enable": Action(
        actions.enable_account,
        actions.reasons_against_enabling,
        gettext_lazy("Enable the account"),
        gettext_lazy("The person will be able to log in again, with the password they had."),
        gettext_lazy("The account is enabled."),
        style="primary",
    ),
    "reset-second-factor": Action(
        actions.reset_second_factor,
        actions.reasons_against_resetting_second_factor,
        gettext_lazy("Take off two-step login"),
        gettext_lazy(
            "Do it only for a person who lost both the phone and the recovery codes, after you have made sure"
            " who is asking. They will be logged out, and will set up two-step login anew when they log in."
        ),
        gettext_lazy("Two-step login is taken off."),
    ),
}


@requires(Permission.INVITE_USER)
@require_safe
def people(request: UserRequest) -> HttpResponse:
    """All accounts, filtered, and the invitations that wait for an answer."""
    form = PeopleFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    accounts = _filtered(User.objects.visible_to(request.user).for_list(), wanted)
    invitations = Invitation.objects.visible_to(request.user).unanswered().for_list()
    context = {
        "form": form,
        "page": page_of(accounts, request),
        "invitations": invitations[:OPEN_INVITATIONS_SHOWN],
    }
    return render(request, "accounts/people.html", context)


def _filtered(rows: UserQuerySet, wanted: dict[str, Any]) -> UserQuerySet:
    if words := wanted.get("q"):
        rows = rows.filter(Q(name__icontains=words) | Q(email__istartswith=words))
    if role := wanted.get("role"):
        rows = rows.filter(role=role)
    if active := wanted.get("active"):
        rows = rows.filter(is_active=active == "yes")
    return rows


@requires(Permission.INVITE_USER)
def invite(request: UserRequest) -> HttpResponse:
    """Invite somebody to the Centre."""
    form = InviteForm(request.POST or None, by=request.user)
    return run_verb(
        request,
        lambda: actions.invite(**form.cleaned_data, by=request.user),
        to="people:people",
        show=template_page(request, "accounts/invite.html", {"form": form}),
        done=_("The invitation is on its way."),
        form=form,
    )


@requires(Permission.INVITE_USER)
@require_POST
def send_again(request: UserRequest, pk: int) -> HttpResponse:
    """Send an invitation again, with a new address."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    return run_verb(
        request,
        partial(actions.send_invitation_again, invitation, by=request.user),
        to="people:people",
        show=back_to(request, "people:people"),
        done=_("The invitation is on its way. The earlier link no longer works."),
    )


@requires(Permission.INVITE_USER)
def revoke(request: UserRequest, pk: int) -> HttpResponse:
    """Take an invitation back, after asking."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    reasons = actions.reasons_against_revoking(invitation, by=request.user)
    context = {"invitation": invitation, "reasons": reasons}
    return run_verb(
        request,
        partial(actions.revoke_invitation, invitation, by=request.user),
        to="people:people",
        show=template_page(request, "accounts/revoke.html", context),
        done=_("The invitation is revoked. Its link no longer works."),
    )


@requires(Permission.INVITE_USER)
@require_safe
def account(request: UserRequest, pk: int) -> HttpResponse:
    """One account: what it may do, and what may be done with it."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    by = request.user
    context = {
        "account": user,
        "role_reasons": actions.reasons_against_changing_role(user, by=by),
        "actions": [
            {"name": name, "title": action.title, "reasons": action.reasons(user, by=by)}
            for name, action in ACTIONS.items()
            if name != ("enable" if user.is_active else "disable")
        ],
    }
    return render(request, "accounts/account.html", context)


@requires(Permission.MANAGE_USERS)
def change_role(request: UserRequest, pk: int) -> HttpResponse:
    """Give a member of the Centre another role, with all roles explained."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    reasons = actions.reasons_against_changing_role(user, by=request.user)
    form = RoleForm(request.POST or None, initial={"role": user.role})
    context = {"account": user, "form": form, "reasons": reasons}
    return run_verb(
        request,
        lambda: actions.change_role(user, role=form.cleaned_data["role"], by=request.user),
        to=reverse("people:account", args=[pk]),
        show=template_page(request, "accounts/change_role.html", context),
        done=_("The role is changed. The person has to log in again."),
        form=form,
    )


@requires(Permission.MANAGE_USERS)
def do(request: UserRequest, pk: int, action: str) -> HttpResponse:
    """Ask whether an action is meant, and do it."""
    user, known = get_object_or_404(User.objects.visible_to(request.user), pk=pk), ACTIONS[action]
    context = {"account": user, "action": known, "reasons": known.reasons(user, by=request.user)}
    return run_verb(
        request,
        partial(known.verb, user, by=request.user),
        to=reverse("people:account", args=[pk]),
        show=template_page(request, "accounts/confirm.html", context),
        done=known.done,
    )
