"""What every test may use."""

import gc
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation

from accounts.models import User
from shsp.centre import words
from shsp.centre.loading import shipped_words
from tests.factories.accounts import UserFactory

LogIn = Callable[..., tuple[Client, User]]

# Folders whose tests take seconds each: whole sweeps, and journeys in a browser.
LONG = ("tests/house/", "tests/journeys/")


# A test that asks for one of these meets the database: its SQL, locks, search or constraints.
DATABASE = {"db", "transactional_db"}


def meets_database(item: pytest.Item) -> bool:
    """Tell whether a test can say something else on another database."""
    is_marked = item.get_closest_marker("django_db") is not None
    return item.get_closest_marker("once") is None and (
        is_marked or not DATABASE.isdisjoint(item.fixturenames)
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what SQLite has told already, and put half of the long tests before each half of the others.

    Two processes (`-n 2 --dist worksteal`) get one half each: both begin with what takes long and end
    with what is short, so that neither waits for the other.
    """
    if connection.vendor == "postgresql":
        told = [item for item in items if not meets_database(item)]
        config.hook.pytest_deselected(items=told)
        items[:] = [item for item in items if meets_database(item)]
    long = [item for item in items if item.nodeid.startswith(LONG)]
    short = [item for item in items if not item.nodeid.startswith(LONG)]
    middle = len(short) // 2
    items[:] = [*long[::2], *short[:middle], *long[1::2], *short[middle:]]


def pytest_collection_finish() -> None:
    """Keep the garbage collector from looking again and again at what stays until the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_memory_between_tests() -> Iterator[None]:
    """Rate limits and the language of one test do not reach the next; the Centre's words were read before."""
    cache.clear()
    cache.set(words.KEY, shipped_words())
    with translation.override("cs"):
        yield
    cache.clear()


@pytest.fixture(autouse=True)
def _no_files_between_tests() -> Iterator[None]:
    """What one test stores, the next does not find."""
    folder = settings.STORAGES["default"]["OPTIONS"]["location"]
    yield
    if folder.exists():
        shutil.rmtree(folder)


@pytest.fixture
def in_english() -> Iterator[None]:
    """Sentences are in English, for a file of tests as `usefixtures("in_english")`."""
    with translation.override("en"):
        yield


@pytest.fixture
def log_in(db: None) -> LogIn:
    """Return `log_in("consultant", name=…) -> (client, user)`: a browser that somebody is signed in with."""

    def log_in(role: str, **fields: Any) -> tuple[Client, User]:
        user = fields.pop("user", None) or UserFactory(role=role, **fields)
        client = Client()
        client.force_login(user)
        return client, user

    return log_in
