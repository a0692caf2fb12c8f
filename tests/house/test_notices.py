"""Every verb says whom it tells of what: the table of `tests/house/notices` is whole, and right."""

import importlib
import inspect
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pytest
import time_machine
from django.apps import apps

from core.notices import actions as notices
from core.notices.models import Notice
from tests.house.notices import TABLE, consultations, consultations_help, municipalities, texts, visits
from tests.worlds.notices import World

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("consultations", "municipalities", "visits")
MODULES = (consultations, consultations_help, municipalities, texts, visits)
# In the middle of a week, when all are at work.
WEDNESDAY = "2026-12-02T05:00Z"


def names_in(list_of: str) -> set[str]:
    """Return the full names in the apps' lists, SILENT or PARTS, that are written by modules."""
    text = "".join(getattr(module, list_of, "") for module in MODULES)
    lines = (line.split(":") for line in text.split("\n") if line)
    return {f"{module}.{name}" for module, names in lines for name in names.split()}


def functions() -> Iterator[tuple[str, FunctionType]]:
    """Yield each function of the verbs and tasks of the apps by its full name, but for reasons."""
    for path in sorted(ROOT.glob("*/**/*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[0] not in APPS or not {"actions", "tasks"} & set(parts) or parts[-1] == "__init__":
            continue
        module = importlib.import_module(".".join(parts))
        for name, made in vars(module).items():
            function = inspect.unwrap(getattr(made, "func", made))
            is_own = inspect.isfunction(function) and function.__module__ == module.__name__
            if is_own and not name.startswith(("_", "reasons_")):
                yield f"{module.__name__}.{name}", function


def test_every_verb_stands_in_the_table():
    tell, silent, parts = {verb for verb, _case in TABLE}, names_in("SILENT"), names_in("PARTS")
    assert (tell & silent, tell & parts, silent & parts) == (set(), set(), set())
    # Verbs of the house, which each kind of text has.
    of_texts = {verb for verb in tell if verb.startswith("core.")}
    assert {name for name, _function in functions()} == (tell | silent | parts) - of_texts


def called_by(function: FunctionType) -> Iterator[FunctionType]:
    """Yield the functions of ours that the code of a function names."""
    names, known = set(names_of(function.__code__)), function.__globals__
    found = [known[name] for name in names if name in known]
    modules = [
        one for one in found if isinstance(one, ModuleType) and one.__name__.startswith((*APPS, "core"))
    ]
    found += [getattr(module, name) for module in modules for name in names if hasattr(module, name)]
    for one in found:
        one = one.func if isinstance(one, partial) else one
        if inspect.isfunction(one):
            yield inspect.unwrap(one)


def names_of(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from names_of(constant)


def does_tell(function: FunctionType) -> bool:
    """Tell whether a function can come to tell somebody something."""
    seen, waiting = set(), [function]
    while waiting:
        one = waiting.pop()
        if one is inspect.unwrap(notices.tell):
            return True
        if one not in seen and one.__module__.startswith((*APPS, "core")):
            seen.add(one)
            waiting += called_by(one)
    return False


def test_whoever_tells_nobody_by_the_table_calls_nothing_that_tells():
    silent = names_in("SILENT")
    assert [name for name, function in functions() if name in silent and does_tell(function)] == []


@pytest.fixture
def world(db, settings):
    settings.MAIL_INBOX = "portal@example.org"
    with time_machine.travel(WEDNESDAY, tick=False):
        yield World()


@pytest.mark.parametrize(("verb", "case"), TABLE, ids=lambda text: text.split(".", 1)[-1])
def test_who_is_told_of_what(world, verb, case):
    deed, told = TABLE[verb, case]
    deed(world)
    rows = list(Notice.objects.select_related("receiver"))
    assert {row.receiver.name: row.kind for row in rows} == told
    # Of one event nobody is told twice, and everybody may see what they are told of.
    assert len(rows) == len(told)
    assert len(notices_seen(rows)) == len(rows)


def notices_seen(rows: list[Notice]) -> list[Notice]:
    """Return the notices whose receivers may see the thing."""
    models = {model._meta.model_name: model for model in apps.get_models()}
    # What has no readers of its own is seen by everybody who may be told of the kind.
    managers = {row.about_kind: models[row.about_kind]._default_manager for row in rows}
    return [
        row
        for row in rows
        if not hasattr(managers[row.about_kind], "visible_to")
        or managers[row.about_kind].visible_to(row.receiver).filter(pk=row.about_id).exists()
    ]
