"""How it ends that a text has to be looked at because a provision changed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Settled(TextChoices):
    """What came of looking at a text."""

    NEW_EDITION = "new_edition", _("a new edition")
    STILL_RIGHT = "still_right", _("still right")
    WITHDRAWN = "withdrawn", _("withdrawn")
