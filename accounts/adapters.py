"""What allauth asks us: who may sign up, and how its mail leaves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from core import mail


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up; mail goes through the outbox like all other mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts begin with an invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue allauth's message; a password reset is the only one that leaves."""
        user = context.get("user")
        mail.queue(
            f"accounts/{template_prefix.rsplit('/', 1)[-1]}",
            to=email,
            context={key: context[key] for key in ("password_reset_url", "user") if key in context},
            language=user.language if user else "cs",
            about=user,
        )
