"""How much of a date is known."""

from django.db.models import TextChoices


class Precision(TextChoices):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
