"""Which requests those who speak for a municipality may see."""

from typing import Any

from django.db import models

from accounts.permissions import Permission
from municipalities.models import Membership, Municipality


def still_theirs() -> models.Exists:
    """Return a condition on requests: who asked by an account may log in, and speaks for the municipality."""
    theirs = Membership.objects.speaking_for(models.OuterRef("municipality"))
    return models.Exists(theirs.filter(user=models.OuterRef("requester__user"), user__is_active=True))


def official_requests(user: Any, path: str = "") -> models.Q:
    """Return which requests an official may see, said of a row or of what lies on `path` from it.

    These are the ones asked for the municipalities that the account speaks for today, except
    the ones a colleague has marked personal.
    """
    if not user.has(Permission.SPEAK_FOR_MUNICIPALITY):
        return models.Q(pk__in=[])
    theirs = list(Municipality.objects.spoken_for_by(user).values_list("pk", flat=True))
    shared = models.Q(**{f"{path}is_personal": False}) | models.Q(**{f"{path}created_by": user.pk})
    return shared & models.Q(**{f"{path}municipality_id__in": theirs, f"{path}is_official": True})
