"""Terms by which things are sorted: words that the Centre keeps, and of which two can become one."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core import audit
from core.audit.words import MERGED, TOOK_OVER, OwnWords, OwnWordsQuerySet
from core.states import refuse_for, update, verb

# Columns that point at a term, by the table that they are in.
Pointer = tuple[type[models.Model], str]


class KeptTermQuerySet(OwnWordsQuerySet):
    def led_to(self, *slugs: str) -> "KeptTermQuerySet":
        """Return the terms that addresses lead to: a term of their slugs, or the one it was merged into."""
        plain = [slug.replace("\x00", "") for slug in slugs]
        today = Coalesce("merged_into", "pk", output_field=models.BigIntegerField())
        found = self.model._base_manager.filter(slug__in=plain).annotate(today=today)
        return self.filter(pk__in=found.values("today"))

    def named(self, slug: str) -> "KeptTerm | None":
        """Return the term that a slug leads to; None when there is none in use."""
        return self.in_use().led_to(slug).first()  # type: ignore[attr-defined]


class KeptTerm(OwnWords):
    """A term by which something is sorted; one that was merged leads to the one that took its place.

    A subclass adds its `name`, in both languages.
    """

    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField()
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    WORDS = {"name": pgettext_lazy("of a thing", "Name")}
    # The tags of these fields, for the PRIVACY of each subclass.
    PUBLIC_FIELDS = ("id", "slug", "name", "position")
    INTERNAL_FIELDS = ("shipped", "version", "retired_at", "merged_into")

    objects: ClassVar[Any] = KeptTermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.bare_name if self.is_in_use else f"{self.bare_name} ({_('not used any more')})"

    @property
    def bare_name(self) -> str:
        return str(self.name)  # type: ignore[attr-defined]


def asked_today(data: QueryDict, **terms: type[KeptTerm]) -> QueryDict:
    """Return what a list is asked for, each term that was merged by the one that took its place."""
    for name, model in terms.items():
        slug = data.get(name)
        today = model.objects.led_to(slug).values_list("slug", flat=True).first() if slug else None
        if today and today != slug:
            data = data.copy()
            data[name] = today
    return data


def pointers(model: type[KeptTerm]) -> Iterator[Pointer]:
    """Yield every column that points at terms of a model, also those of the tables of many to many."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model is not model:
            yield relation.related_model, relation.field.name
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model is model:
            yield model, relation.field.name


def uses(row: KeptTerm) -> list[tuple[str, int]]:
    """Return how many rows of what point at a term, by the name of their table, where some do."""
    counts: dict[str, int] = {}
    for model, column in pointers(type(row)):
        if model is type(row):
            continue
        # Of a table of many to many, the side that has the term.
        sides = [field for field in model._meta.fields if field.is_relation and field.name != column]
        owner = sides[0].related_model if model._meta.auto_created and sides else model
        name = str(owner._meta.model_name)  # type: ignore[union-attr]
        counts[name] = counts.get(name, 0) + model._base_manager.filter(**{column: row}).count()
    return [(name, count) for name, count in counts.items() if count]


def reasons_against_merging(row: KeptTerm, *, into: KeptTerm) -> list[str]:
    """Return why a term cannot be merged into another one; empty when nothing stands against it."""
    reasons = []
    if row.pk == into.pk:
        reasons.append(_("Choose another one: it cannot be merged into itself."))
    elif not into.is_in_use:
        reasons.append(_("Choose one that is in use."))
    if row.merged_into:
        reasons.append(_("It is merged already."))
    return reasons


def reasons_against_taking_up(row: OwnWords) -> list[str]:
    """Return why a row cannot be offered again: a term that was merged leads to another one for good."""
    return [_("It is merged already.")] if getattr(row, "merged_into_id", None) else []


@verb(against=reasons_against_merging, versioned=True)
def merge(row: KeptTerm, *, into: KeptTerm, version: int, by: Any) -> None:
    """Let everything that points at a term, seen as `version`, point at another one; its address leads there.

    The number of statements is that of the columns, not of the rows. Raises Conflict when it changed
    meanwhile, Refused when the other one did so that it cannot take anything.
    """
    # Both are locked in one order: two people may merge the same two, each into the other.
    locked = type(row).objects.select_for_update().order_by("pk").in_bulk([row.pk, into.pk])
    refuse_for(reasons_against_merging(row, into=locked[into.pk]))
    counts = dict(uses(row))
    for model, column in pointers(type(row)):
        _move(model._base_manager.all(), column, row, into)
    update(row, also={"retired_at": row.retired_at or timezone.now(), "merged_into": into})
    audit.record(MERGED, row, by=by, into=into.slug, counts=counts)
    names = {f"name_{code}": getattr(row, f"name_{code}", row.bare_name) for code in ("cs", "en")}
    audit.record(TOOK_OVER, into, by=by, merged=row.slug, counts=counts, **names)


def _move(rows: models.QuerySet[Any], column: str, row: KeptTerm, into: KeptTerm) -> None:
    """Move rows from one term to the other; what would stand there twice goes."""
    mine = rows.filter(**{column: row})
    for names in _unique_with(rows.model, column):
        others = [name for name in names if name != column]
        there = rows.filter(**{column: into}).filter(**{name: models.OuterRef(name) for name in others})
        mine.filter(models.Exists(there)).delete()
    try:
        with transaction.atomic():
            mine.update(**{column: into})
    except IntegrityError:
        _move_each(mine, column, into)


def _move_each(mine: models.QuerySet[Any], column: str, into: KeptTerm) -> None:
    """Move rows one by one, where only the database knows which of them would stand there twice."""
    for one in mine:
        try:
            with transaction.atomic():
                mine.filter(pk=one.pk).update(**{column: into})
        except IntegrityError:
            one.delete()


def _unique_with(model: type[models.Model], column: str) -> list[tuple[str, ...]]:
    unique = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    # What is unique on a condition, or by an expression, only the database can tell.
    together = [*model._meta.unique_together, *(one.fields for one in unique if one.condition is None)]
    return [tuple(names) for names in together if column in names]
