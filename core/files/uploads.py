"""How files of a form reach the server: onto the disk, never into memory, and not without end."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Stream each file into a temporary one, unless the whole body is far larger than any form of ours."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        """Refuse a body above settings.UPLOAD_MAX_BYTES before a byte of it is read."""
        if content_length > settings.UPLOAD_MAX_BYTES:
            raise RequestDataTooBig("The body is larger than UPLOAD_MAX_BYTES.")
