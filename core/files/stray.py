"""Files that no row points at: a crash between a file and its row leaves them, and a task takes them away."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from core.files.attachments import Attachment
from core.files.previews import Preview
from core.schedule import comes_back, morning_of

# For so long a file may wait for its row; it takes seconds.
KEPT_FOR = timedelta(days=1)

_owners: list[type[models.Model]] = [Attachment, Preview]


def owned_by(model: type[models.Model]) -> None:
    """Say that the column `key` of a table points at files. Called from the app's ready()."""
    _owners.append(model)


@comes_back(lambda: morning_of(timezone.localdate() + timedelta(days=1)))
def sweep_files() -> None:
    """Take stray files away, every morning."""
    sweep()


def sweep() -> int:
    """Delete the files that no row points at and that are older than a day; return how many there were."""
    before = timezone.now() - KEPT_FOR
    gone = 0
    for key in _stray():
        # Somebody else may have taken it away just now.
        with suppress(FileNotFoundError):
            if default_storage.get_modified_time(key) < before:
                default_storage.delete(key)
                gone += 1
    return gone


def _stray() -> Iterator[str]:
    folders: list[str] = []
    # Before the first file there is not even the folder of them all.
    with suppress(FileNotFoundError):
        folders = default_storage.listdir("")[0]
    for folder in folders:
        keys = {f"{folder}/{name}" for name in default_storage.listdir(folder)[1]}
        for owner in _owners:
            keys.difference_update(owner._default_manager.filter(key__in=keys).values_list("key", flat=True))
        yield from sorted(keys)
