"""How files of a form reach the server: onto the disk, never into memory, and not without end."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

CHUNK = 64 * 1024


class UploadRequest(HttpRequest):
    """A request that may have had a file which did not reach the disk."""

    upload_error: OSError


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Stream each file into a temporary one, unless the whole body is far larger than any form of ours."""

    request: UploadRequest | None

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803
        content_length: int,
        boundary: bytes | str,
        encoding: str | None = None,
    ) -> None:
        """Refuse a body above settings.UPLOAD_MAX_BYTES before a byte of it is read."""
        if content_length > settings.UPLOAD_MAX_BYTES:
            raise RequestDataTooBig("The body is larger than UPLOAD_MAX_BYTES.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Put a part of a file on the disk; when that takes no more, read on for what was typed."""
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._give_up(error)
            raise SkipFile from error

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Return the file, or None when its end did not reach the disk."""
        try:
            return super().file_complete(file_size)
        except OSError as error:
            self._give_up(error)
            return None

    def _give_up(self, error: OSError) -> None:
        if self.request is not None:
            self.request.upload_error = error
        # Closing writes what is left, which fails once more.
        with suppress(OSError):
            self.file.close()


def read_to_the_end(get_response: GetResponse) -> GetResponse:
    """Take what nobody has read of a body from the server, which would cut the browser off before our page.

    A body above settings.UPLOAD_MAX_BYTES is cut off nevertheless.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        with suppress(OSError):
            for _chunk in range(settings.UPLOAD_MAX_BYTES // CHUNK):
                if not request.read(CHUNK):
                    break
        return response

    return middleware


class UploadErrors:
    """Raise what kept a file from the disk, now that all else of its form has been read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """Read the form. Raises the OSError that its upload ended with."""
        if request.POST is not None and hasattr(request, "upload_error"):
            raise request.upload_error
