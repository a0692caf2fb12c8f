"""Who else belongs to a request."""

from django.db import models

from consultations.models.person import Person
from consultations.models.request import SupportRequest
from core.privacy import About, Erase, Retention, Tags


class Participant(models.Model):
    """Somebody else who belongs to a request: a colleague, a relative, a helper."""

    request = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField("relation", max_length=80, blank=True)

    PRIVACY = Tags(
        internal=("id", "request", "person"),
        personal={"relation": About("person", Erase.BLANK, Retention.CASE_TEXT)},
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "person"], name="participant_once")]
