"""Two terms are one: everything that had the one has the other from now on."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from consultations.desk.taxonomy.queries import pointers, uses
from consultations.models.topic import KeptTerm
from core import audit
from core.audit.words import MERGED
from core.states import update, verb


def reasons_against_merging(row: KeptTerm, *, into: KeptTerm, by: User) -> list[str]:
    """Return why a term cannot be merged into another one; empty when nothing stands against it."""
    reasons = by.reasons_without(Permission.MANAGE_SITE, _("Your role does not keep the portal's words."))
    if row.pk == into.pk:
        reasons.append(_("Choose another one: it cannot be merged into itself."))
    elif not into.is_in_use:
        reasons.append(_("Choose one that is in use."))
    if row.merged_into:
        reasons.append(_("It is merged already."))
    return reasons


@verb(against=reasons_against_merging, versioned=True)
def merge(row: KeptTerm, *, into: KeptTerm, version: int, by: User) -> None:
    """Let everything that points at a term, seen as `version`, point at another one; its address leads there.

    The number of statements is that of the columns, not of the rows. Raises Conflict when it changed
    meanwhile.
    """
    counts = dict(uses(row))
    for model, column in pointers(type(row)):
        _move(model._base_manager.all(), column, row, into)
    update(row, also={"retired_at": row.retired_at or timezone.now(), "merged_into": into})
    audit.record(MERGED, row, by=by, into=into.slug, counts=counts)


def _move(rows: models.QuerySet[Any], column: str, row: KeptTerm, into: KeptTerm) -> None:
    """Move rows from one term to the other; what would stand there twice goes."""
    mine = rows.filter(**{column: row})
    for names in _unique_with(rows.model, column):
        others = [name for name in names if name != column]
        there = rows.filter(**{column: into}).filter(**{name: models.OuterRef(name) for name in others})
        mine.filter(models.Exists(there)).delete()
    mine.update(**{column: into})


def _unique_with(model: type[models.Model], column: str) -> list[tuple[str, ...]]:
    unique = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    together = [*model._meta.unique_together, *(one.fields for one in unique)]
    return [tuple(names) for names in together if column in names]
