"""The states of an edition, and what readers may say of a text."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", pgettext_lazy("text", "withdrawn")


# Somebody is still working on it.
OPEN = (State.DRAFT, State.IN_REVIEW)


class Helpful(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
