"""Every field knows what it is."""

from django.apps import apps

from core.privacy import tags_of
from core.privacy.encryption import SealedField


def base_name(name):
    """Return the field behind a translated column: text_cs -> text."""
    return name.removesuffix("_cs").removesuffix("_en")


def untagged():
    """Yield `app.Model.field` for every column of every table that carries no tag."""
    for model in apps.get_models(include_auto_created=True):
        tags = tags_of(model)
        names = tags.names() if tags else []
        for column in model._meta.local_fields:
            if model._meta.auto_created and (column.primary_key or column.is_relation):
                continue
            if column.name not in names and base_name(column.name) not in names:
                yield f"{model._meta.label}.{column.name}"


def test_every_field_of_every_table_is_tagged():
    assert list(untagged()) == []


def test_every_tag_names_a_field_that_exists():
    strays = []
    for model in apps.get_models():
        names = {column.name for column in model._meta.local_fields}
        names |= {base_name(name) for name in names}
        tags = tags_of(model)
        strays += [f"{model._meta.label}.{name}" for name in tags.names() if name not in names]
    assert strays == []


def test_no_field_carries_two_tags():
    twice = []
    for model in apps.get_models():
        names = tags_of(model).names()
        twice += [f"{model._meta.label}.{name}" for name in set(names) if names.count(name) > 1]
    assert twice == []


def test_no_token_stands_in_clear():
    tokens = [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if "token" in field.name and not model.__module__.startswith(("django", "allauth"))
    ]
    assert {field.model.__name__ for field in tokens} >= {"SupportRequest", "ExpertQuestion"}
    assert [str(field) for field in tokens if not isinstance(field, SealedField)] == []
