"""Files of a form that came back: they wait on the disk until it is sent once more, for a day at most.

No row points at them. What the form carries is a sealed ticket, which opens only for the form that it was
given to and by which nothing can be fetched; core.files.stray takes away what nobody came for.
"""

import json
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from core.privacy.encryption import CannotUnseal, seal, unseal

FOLDER = "waiting"
# A little less than stray files stay, so that a ticket never outlives its file.
WAITS_FOR = timedelta(hours=23)


class PendingFile(UploadedFile):
    """A file that was chosen earlier; to all that takes uploads it is one of them."""

    key: str
    since: datetime

    def __init__(self, key: str, name: str, size: int, since: datetime) -> None:
        super().__init__(None, name, size=size)
        self.key, self.since = key, since

    @property
    def is_late(self) -> bool:
        """Whether it has waited for too long, and has to be chosen again."""
        return timezone.now() - self.since > WAITS_FOR

    def ticket(self, bound_to: str) -> str:
        """Return what the form `bound_to` carries for it."""
        return seal(json.dumps([bound_to, self.key, self.name, self.size, self.since.isoformat()]))

    def read_from_disk(self) -> None:
        """Open it; whoever asks for this closes it."""
        self.file = default_storage.open(self.key)

    def forget(self) -> None:
        """Take it away: it was stored, or is not wanted any more."""
        default_storage.delete(self.key)


def find(ticket: str, bound_to: str) -> PendingFile | None:
    """Return the file, not opened yet, of a ticket that the form `bound_to` was given; None for any other.

    None, too, when it was stored meanwhile: the form was sent twice.
    """
    try:
        owner, key, name, size, since = json.loads(unseal(ticket))
    except CannotUnseal:
        return None
    if owner != bound_to:
        return None
    file = PendingFile(key, name, size, datetime.fromisoformat(since))
    return file if file.is_late or default_storage.exists(key) else None


def has_room() -> bool:
    """Tell whether one more file may wait, so that nobody fills the disk with forms that are never right."""
    waiting = 0
    # Before the first one there is no folder.
    with suppress(FileNotFoundError):
        waiting = len(default_storage.listdir(FOLDER)[1])
    return waiting < settings.PENDING_FILES
