"""What is known of a home that may be lost, kept on the request that speaks of it."""

from datetime import date
from typing import Any

from django.db import models

from consultations.choices import HomeLoss, HomeOutcome, State
from core.audit import user_field

_IN_DANGER = ~models.Q(home_loss="") | models.Q(home_at_risk_by__isnull=False)
# Somebody still has to write what became of it; nobody will of what was never a request of its own.
_AWAITED: Any = _IN_DANGER & models.Q(home_outcome="") & ~models.Q(state__in=[State.DUPLICATE, State.SPAM])


class HomeAtRisk(models.Model):
    """When whoever asks loses their home, and what became of it."""

    # When they lose it, in words and, where known, the day; both empty: nobody said so.
    home_loss = models.CharField("loses their home", max_length=10, choices=HomeLoss, blank=True)
    home_at_risk_by = models.DateField("home at risk by", null=True)
    home_outcome = models.CharField("what became of the home", max_length=10, choices=HomeOutcome, blank=True)
    home_outcome_at = models.DateTimeField(null=True)
    home_outcome_by = user_field(null=True)
    # Whether it stands among homes at risk: until somebody has written what became of it, also when answered.
    is_home_at_risk = models.GeneratedField(
        expression=_AWAITED, output_field=models.BooleanField(), db_persist=True
    )
    # Their order, empty where no home is at risk: who has none already comes first, whose day nobody
    # knows last. One column, since a list of very many requests has to come out of an index.
    home_risk_order = models.GeneratedField(
        expression=models.Case(
            models.When(_AWAITED & models.Q(home_loss=HomeLoss.LOST), then=models.Value(date.min)),
            models.When(_AWAITED & models.Q(home_at_risk_by__isnull=False), then=models.F("home_at_risk_by")),
            models.When(_AWAITED, then=models.Value(date.max)),
            output_field=models.DateField(),
        ),
        output_field=models.DateField(null=True),
        db_persist=True,
    )

    class Meta:
        abstract = True

    @property
    def is_home_in_danger(self) -> bool:
        """Whether they lose a home of which nobody has written yet what became of it."""
        return bool(self.home_loss or self.home_at_risk_by) and not self.home_outcome
