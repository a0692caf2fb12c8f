"""Every write to accounts and invitations, one function a verb."""

from collections.abc import Callable
from typing import TypeVar

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts import emails
from accounts.models import Invitation, InvitationState, User
from accounts.permissions import Permission, Role
from accounts.sessions import end_sessions
from core import audit
from core.states import Refused, refuse_for, verb

# Roles that look after people: only who manages accounts may give them.
LEADING_ROLES = (Role.COORDINATOR, Role.ADMINISTRATOR)

Row = TypeVar("Row", User, Invitation)

AfterAccept = Callable[[Invitation, User], None]
_after_accept: list[AfterAccept] = []

AgainstAccepting = Callable[[Invitation], list[str]]
_against_accepting: list[AgainstAccepting] = []


def _lock(row: Row) -> None:
    # What is decided on is what the table says now, not what the page was drawn with.
    row.refresh_from_db(from_queryset=type(row).objects.select_for_update())


def _lock_with_administrators(user: User) -> None:
    # Two administrators who disable each other at once must not both succeed.
    list(User.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("pk").values_list("pk"))
    _lock(user)


def when_accepted(callback: AfterAccept) -> None:
    """Have `callback(invitation, user)` called in the transaction in which an invitation is accepted.

    Called in an app's ready(), to make of the invitation what accounts know nothing of: a membership.
    """
    _after_accept.append(callback)


def when_accepting(check: AgainstAccepting) -> None:
    """Have `check(invitation)` say why an invitation that still works cannot be accepted; empty when it can.

    Called in an app's ready(): what it promised with the invitation may have ceased to exist meanwhile.
    """
    _against_accepting.append(check)


def reasons_against_inviting(role: str, *, by: User) -> list[str]:
    """Say why `by` may not invite somebody to `role`; empty when they may."""
    if not by.has(Permission.INVITE_USER):
        return [_("Your role does not invite people.")]
    if role in LEADING_ROLES and not by.has(Permission.MANAGE_USERS):
        return [_("Coordinators and administrators are invited by an administrator.")]
    return []


@transaction.atomic
def invite(
    *, email: str, name: str, role: str, language: str, by: User, municipality_id: int | None = None
) -> Invitation:
    """Invite a person to an account of their own and send them the address.

    `municipality_id` is the municipality an official will speak for; no other role has one.
    Raises Refused when `by` may not, or when the address already has an account or an open invitation.
    """
    email = email.strip().lower()
    refuse_for(reasons_against_inviting(role, by=by) + _reasons_in_the_data(email, role, municipality_id))
    words = {"email": email, "name": name.strip(), "role": role, "language": language}
    invitation = Invitation(**words, municipality_id=municipality_id, invited_by=by)
    token = invitation.give_link()
    invitation.save()
    audit.record("invitation.send", invitation, by=by, role=str(role))
    emails.invite(invitation, token=token)
    return invitation


def _reasons_in_the_data(email: str, role: str, municipality_id: int | None) -> list[str]:
    reasons = []
    if User.objects.filter(email__iexact=email).exists():
        reasons.append(_("This address already has an account."))
    if Invitation.objects.usable().filter(email__iexact=email).exists():
        reasons.append(
            _("This address already has an invitation. You can send it again from the list of people.")
        )
    if (role == Role.OFFICIAL) != (municipality_id is not None):
        reasons.append(_("An official is invited from the page of their municipality."))
    return reasons


def reasons_against_sending_again(invitation: Invitation, *, by: User) -> list[str]:
    """Say why the invitation cannot be sent again; empty when it can. An expired one can."""
    return reasons_against_revoking(invitation, by=by) + reasons_against_accepting(invitation)


@verb(against=reasons_against_sending_again, lock=_lock)
def send_invitation_again(invitation: Invitation, *, by: User) -> None:
    """Send the invitation with a new address; the old one stops working."""
    token = invitation.give_link()
    invitation.save(update_fields=["link_digest", "expires_at"])
    audit.record("invitation.send_again", invitation, by=by)
    emails.invite(invitation, token=token)


def reasons_against_revoking(invitation: Invitation, *, by: User) -> list[str]:
    """Say why the invitation cannot be taken back; empty when it can."""
    if invitation.state in (InvitationState.ACCEPTED, InvitationState.REVOKED):
        return [_("This invitation is %(state)s.") % {"state": invitation.state.label}]
    return reasons_against_inviting(invitation.role, by=by)


@verb(against=reasons_against_revoking, lock=_lock)
def revoke_invitation(invitation: Invitation, *, by: User) -> None:
    """Take an invitation back: its address stops working."""
    invitation.revoked_at, invitation.revoked_by = timezone.now(), by
    invitation.save(update_fields=["revoked_at", "revoked_by"])
    audit.record("invitation.revoke", invitation, by=by)


def reasons_against_accepting(invitation: Invitation) -> list[str]:
    """Say why an invitation that still works cannot be accepted; empty when it can."""
    return [reason for check in _against_accepting for reason in check(invitation)]


@transaction.atomic
def accept_invitation(invitation: Invitation, *, name: str, password: str) -> User:
    """Make the account that was promised, once.

    The password must have passed the validators. Raises Refused when the
    invitation was used, taken back or has expired meanwhile, or with reasons_against_accepting.
    """
    _lock(invitation)
    has_account = User.objects.filter(email__iexact=invitation.email).exists()
    if invitation.state != InvitationState.OPEN or has_account:
        raise Refused([_("This invitation no longer works.")])
    refuse_for(reasons_against_accepting(invitation))
    user = User.objects.create_user(
        invitation.email,
        password,
        name=name.strip(),
        role=invitation.role,
        language=invitation.language,
        invited_by=invitation.invited_by,
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    audit.record("invitation.accept", invitation, by=user, account=user.pk)
    for callback in _after_accept:
        callback(invitation, user)
    return user


def _reasons_to_manage(user: User, *, by: User) -> list[str]:
    if not by.has(Permission.MANAGE_USERS):
        return [_("Only an administrator may do this.")]
    if user.pk == by.pk:
        return [_("You cannot do this to your own account. Ask another administrator.")]
    return []


def reasons_against_disabling(user: User, *, by: User) -> list[str]:
    """Say why the account cannot be disabled; empty when it can."""
    reasons = _reasons_to_manage(user, by=by)
    if not user.is_active:
        reasons.append(_("This account is disabled already."))
    elif _is_last_administrator(user):
        reasons.append(_("This is the last administrator."))
    return reasons


@verb(against=reasons_against_disabling, lock=_lock_with_administrators)
def disable_account(user: User, *, by: User) -> None:
    """Stop a person from logging in, and end their logins at once."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    audit.record("account.disable", user, by=by)


def reasons_against_enabling(user: User, *, by: User) -> list[str]:
    """Say why the account cannot be enabled; empty when it can."""
    reasons = _reasons_to_manage(user, by=by)
    if user.is_active:
        reasons.append(_("This account may log in already."))
    return reasons


@verb(against=reasons_against_enabling, lock=_lock)
def enable_account(user: User, *, by: User) -> None:
    """Let a person log in again, with the password they had."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record("account.enable", user, by=by)


def reasons_against_changing_role(user: User, *, by: User) -> list[str]:
    """Say why the account's role cannot be changed; empty when it can."""
    reasons = _reasons_to_manage(user, by=by)
    if user.role == Role.OFFICIAL:
        reasons.append(
            _("An official stays an official. Invite the person to the Centre under another address.")
        )
    elif _is_last_administrator(user):
        reasons.append(_("This is the last administrator."))
    return reasons


@transaction.atomic
def change_role(user: User, *, role: str, by: User) -> None:
    """Give a member of the Centre another role there, and end their logins at once.

    Raises Refused with the reasons.
    """
    _lock_with_administrators(user)
    reasons = reasons_against_changing_role(user, by=by)
    if role == Role.OFFICIAL:
        reasons.append(_("An official is invited from the page of their municipality."))
    if role == user.role:
        reasons.append(_("The person has this role already."))
    refuse_for(reasons)
    before, user.role = user.role, role
    user.save(update_fields=["role"])
    end_sessions(user)
    audit.record("account.change_role", user, by=by, before=str(before), after=str(role))


def reasons_against_resetting_second_factor(user: User, *, by: User) -> list[str]:
    """Say why the account's second factor cannot be taken off; empty when it can."""
    reasons = _reasons_to_manage(user, by=by)
    if not Authenticator.objects.filter(user=user).exists():
        reasons.append(_("This account has no two-step login set up."))
    return reasons


@verb(against=reasons_against_resetting_second_factor, lock=_lock)
def reset_second_factor(user: User, *, by: User) -> None:
    """Take off the second factor of a person who lost phone and codes; the next login sets up a new one."""
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    audit.record("account.reset_second_factor", user, by=by)


@transaction.atomic
def use_code(authenticator: Authenticator, *, code: str) -> bool:
    """Use up a code of the second factor; False when it is the one that was used last.

    allauth remembers used codes in the cache, which processes may not share.
    """
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    if row.data.get("last_code") == code:
        return False
    row.data["last_code"] = code
    row.save(update_fields=["data"])
    authenticator.data = row.data
    return True


@transaction.atomic
def set_password(user: User, *, password: str, by: User, keep: str | None = None) -> None:
    """Give an account a new password, end its logins except the one with the key `keep`, and tell the owner.

    The password must have passed the validators.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user, keep=keep)
    audit.record("account.set_password", user, by=by)
    emails.tell_of_password_change(user)


@transaction.atomic
def edit_profile(user: User, *, name: str, language: str, by: User, **letters: str) -> None:
    """Change what people may change of their own account; `letters` are greetings and signatures."""
    user.name, user.language = name.strip(), language
    for column, text in letters.items():
        setattr(user, column, text.strip())
    user.save(update_fields=["name", "language", *letters])
    audit.record("account.edit_profile", user, by=by, language=language)


@transaction.atomic
def switch_shortcuts(user: User, *, on: bool, by: User) -> None:
    """Have single keys do something at the desk, or nothing, for this account."""
    user.has_shortcuts = on
    user.save(update_fields=["has_shortcuts"])
    audit.record("account.switch_shortcuts", user, by=by, on=on)


@transaction.atomic
def end_other_sessions(user: User, *, keep: str | None, by: User) -> int:
    """End the logins of an account except the one with the key `keep`; return how many ended."""
    count = end_sessions(user, keep=keep)
    audit.record("account.end_other_sessions", user, by=by, count=count)
    return count


@task()
def send_reset_link(user_id: int) -> None:
    """Send the reset link to an account, when there is one that may log in; 0 is none."""
    if user := User.objects.active().filter(pk=user_id).first():
        with transaction.atomic():
            audit.record("account.ask_for_reset_link", user, by=None)
            emails.send_reset_link(user)


def _is_last_administrator(user: User) -> bool:
    if user.role != Role.ADMINISTRATOR or not user.is_active:
        return False
    return not User.objects.active().filter(role=Role.ADMINISTRATOR).exclude(pk=user.pk).exists()
