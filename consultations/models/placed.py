"""Where something stands on the timeline of a municipality, and who of it may read it there.

It is kept beside what happened, though its request tells the same, so that a page of the
timeline reads one stretch of an index however much a municipality has lived through.
Only `place_of` says it, and only the querysets of the models that stand there write it.
"""

from typing import TYPE_CHECKING, Any

from django.db import models

from municipalities.models import Municipality

if TYPE_CHECKING:
    from consultations.models.request import SupportRequest

# Who of the municipality may read it: nobody, all who speak for it, or one account.
NOBODY = ""
OFFICIALS = "officials"


def only(account: int | None) -> str:
    """Return what stands for one account alone."""
    return f"account:{account}"


def place_of(request: "SupportRequest") -> dict[str, Any]:
    """Return where what happens on a request stands, and for whom, as columns."""
    readers = NOBODY
    if request.is_official:
        readers = only(request.created_by_id) if request.is_personal else OFFICIALS
    return {"municipality_id": request.municipality_id, "readers": readers}


class Placed(models.Model):
    """Something that stands on the timeline of its request's municipality."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="municipality"
    )
    readers = models.CharField(max_length=28, default=NOBODY, editable=False)

    class Meta:
        abstract = True
