"""Files that tests store, or that wait for a form that came back."""

import re
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from core.files import attachments
from core.files.attachments import Attachment


def stored(upload: UploadedFile, *, by: Any) -> Attachment:
    """Check and store one upload, and return its row."""
    with attachments.kept([upload]) as files:
        return attachments.record(files[0], by=by)


def waiting_in(page: Any) -> list[str]:
    """Return the tickets of the files that wait for a form of a page."""
    return re.findall(r'name="files_token" value="([^"]+)"', page.content.decode())
