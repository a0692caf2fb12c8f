"""What the requester says of our help, in one click and a sentence."""

from django.db import models
from django.utils import timezone

from consultations.choices import Help
from consultations.models.request import SupportRequest
from core.privacy import About, Erase, Retention, Tags


class Rating(models.Model):
    """Whether an answer helped; a request has at most one, which may be changed."""

    request = models.OneToOneField(SupportRequest, on_delete=models.CASCADE, related_name="rating")
    value = models.CharField("did it help", max_length=10, choices=Help)
    sentence = models.CharField("in a sentence", max_length=300, blank=True)
    given_at = models.DateTimeField(default=timezone.now)

    PRIVACY = Tags(
        internal=("id", "request", "value", "given_at"),
        personal={"sentence": About("request__requester", Erase.BLANK, Retention.CASE_TEXT)},
    )

    class Meta:
        indexes = [models.Index(fields=["given_at", "value"], name="rating_given")]
