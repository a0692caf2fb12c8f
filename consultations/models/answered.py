"""How many questions were answered, kept for the public: nobody waits while a million rows are counted."""

from django.db import models

from core.privacy import Tags


class AnsweredCount(models.Model):
    """The one number, with when it was counted."""

    number = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    PRIVACY = Tags(public=("id", "number", "counted_at"))

    def __str__(self) -> str:
        return str(self.number)
