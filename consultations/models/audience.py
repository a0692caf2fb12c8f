"""Whom published answers are for: shipped at first, then as the Centre keeps it."""

from django.db import models

from core.audit.terms import KeptTerm
from core.privacy import Tags


class Audience(KeptTerm):
    """A group of readers that answers are written for."""

    name = models.CharField("audience", max_length=80)

    PRIVACY = Tags(public=KeptTerm.PUBLIC_FIELDS, internal=KeptTerm.INTERNAL_FIELDS)
