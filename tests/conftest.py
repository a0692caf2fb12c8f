"""What every test may use."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from accounts.models import User
from tests.factories.accounts import UserFactory

LogIn = Callable[..., tuple[Client, User]]


@pytest.fixture(autouse=True)
def _no_memory_between_tests() -> Iterator[None]:
    """Rate limits and the language of one test do not reach the next."""
    cache.clear()
    with translation.override("cs"):
        yield
    cache.clear()


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings: Any, tmp_path: Any) -> None:
    """Each test stores its files in a folder of its own."""
    options = {**settings.STORAGES["default"]["OPTIONS"], "location": tmp_path / "files"}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}


@pytest.fixture
def log_in(db: None) -> LogIn:
    """Return `log_in("consultant", name=…) -> (client, user)`: a browser that somebody is signed in with."""

    def log_in(role: str, **fields: Any) -> tuple[Client, User]:
        user = fields.pop("user", None) or UserFactory(role=role, **fields)
        client = Client()
        client.force_login(user)
        return client, user

    return log_in
