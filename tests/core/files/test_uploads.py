"""A body far larger than any form is refused before it is read."""

import errno
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.files.uploads import BoundedUploadHandler, UploadErrors

pytestmark = pytest.mark.django_db


def test_a_far_too_large_body_is_refused_and_the_next_one_works(client, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    response = client.post("/cs/requests/new/", {"files": SimpleUploadedFile("a.txt", b"x" * 2000)})
    assert response.status_code == 413
    assert client.post("/cs/requests/new/", {"files": SimpleUploadedFile("a.txt", b"x")}).status_code == 422


class FullFile(BytesIO):
    """A file on a disk that has no room for it."""

    name = "full"

    def write(self, _data: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


class FullDisk(BoundedUploadHandler):
    """Puts files onto such a disk."""

    def new_file(self, *arguments: Any, **options: Any) -> None:
        super().new_file(*arguments, **options)
        self.file.file.close()
        self.file.file = FullFile()


@pytest.mark.parametrize("size", [10, 200_000])
def test_what_stands_behind_a_file_is_read_though_the_disk_is_full(rf, settings, size):
    settings.FILE_UPLOAD_HANDLERS = ["tests.core.files.test_uploads.FullDisk"]
    file = SimpleUploadedFile("a.txt", b"x" * size)
    request = rf.post("/", {"before": "one", "files": file, "after": "two"})
    assert (request.POST.dict(), len(request.FILES)) == ({"before": "one", "after": "two"}, 0)
    with pytest.raises(OSError, match="No space left"):
        UploadErrors(lambda request: None).process_view(request)
