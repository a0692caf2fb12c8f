"""The messages of accounts: one function each, texts in templates/email/accounts/."""

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import translation

from accounts.models import Invitation, User
from core.outbox import mail


def invite(invitation: Invitation, *, token: str) -> None:
    """Send the address behind which the invited person chooses a password."""
    with translation.override(invitation.language):
        link = mail.absolute(reverse("accounts:accept-invitation", args=[token]))
    mail.queue(
        "accounts/invitation",
        to=invitation.email,
        context={"invitation": invitation, "link": link},
        language=invitation.language,
        about=invitation,
    )


def send_reset_link(user: User) -> None:
    """Send the address behind which a forgotten password is changed; it works once, for an hour."""
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    with translation.override(user.language):
        link = mail.absolute(reverse("account_reset_password_from_key", kwargs=parts))
    mail.queue(
        "accounts/password_reset",
        to=user.email,
        context={"user": user, "link": link},
        language=user.language,
        about=user,
    )


def tell_of_password_change(user: User) -> None:
    """Tell the owner of an account that its password is a new one."""
    with translation.override(user.language):
        link = mail.absolute(reverse("account_reset_password"))
    mail.queue(
        "accounts/password_changed",
        to=user.email,
        context={"user": user, "link": link},
        language=user.language,
        about=user,
    )
