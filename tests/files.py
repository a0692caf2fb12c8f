"""Files that tests store."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from core.files import attachments
from core.files.attachments import Attachment


def stored(upload: UploadedFile, *, by: Any) -> Attachment:
    """Check and store one upload, and return its row."""
    with attachments.kept([upload]) as files:
        return attachments.record(files[0], by=by)
