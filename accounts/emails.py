"""The messages of accounts: one function each, texts in templates/email/accounts/."""

from collections.abc import Callable
from functools import partial

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from accounts.models import Invitation, User
from core.outbox import mail


def invite(invitation: Invitation, *, token: str) -> None:
    """Send the address behind which the invited person chooses a password."""
    mail.queue(
        "accounts/invitation",
        to=invitation.email,
        context={"invitation": invitation},
        language=invitation.language,
        link=partial(reverse, "accounts:accept-invitation", args=[token]),
        about=invitation,
    )


def send_reset_link(user: User) -> None:
    """Send the address behind which a forgotten password is changed; it works once, for an hour."""
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    _to(user, "accounts/password_reset", partial(reverse, "account_reset_password_from_key", kwargs=parts))


def tell_of_password_change(user: User) -> None:
    """Tell the owner of an account that its password is a new one."""
    _to(user, "accounts/password_changed", partial(reverse, "account_reset_password"))


def _to(user: User, template: str, link: Callable[[], str]) -> None:
    context = {"user": user}
    mail.queue(template, to=user.email, context=context, language=user.language, link=link, about=user)
