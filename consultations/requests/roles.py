"""Who works on requests."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission


def reasons_of_role(by: User) -> list[str]:
    """Return why `by` does not work on requests; empty when they do."""
    sentence = _("Your role reads requests but does not work on them.")
    return by.reasons_without(Permission.ANSWER_REQUEST, sentence)
