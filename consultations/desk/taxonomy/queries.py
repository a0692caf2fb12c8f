"""What has a term: counted before it is merged, and moved with it."""

from collections.abc import Iterator

from django.db import models

from consultations.models.topic import KeptTerm

# Columns that point at a term, by the table that they are in.
Pointer = tuple[type[models.Model], str]


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
