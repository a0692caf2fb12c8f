"""How much there was to do at the desk in each week."""

from django.db import models

from core.privacy import Tags


class Week(models.Model):
    """The numbers of one week as they stood when it was last looked at; what was not is empty."""

    monday = models.DateField(unique=True)
    open = models.PositiveIntegerField(null=True)
    overdue = models.PositiveIntegerField(null=True)
    at_risk = models.PositiveIntegerField(null=True)
    waiting = models.PositiveIntegerField(null=True)
    answered = models.PositiveIntegerField(null=True)

    PRIVACY = Tags(internal=("id", "monday", "open", "overdue", "at_risk", "waiting", "answered"))

    def __str__(self) -> str:
        return self.monday.isoformat()
