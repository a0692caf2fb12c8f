"""A body far larger than any form is refused before it is read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

pytestmark = pytest.mark.django_db


def test_a_far_too_large_body_is_a_bad_request_and_the_next_one_works(client, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    response = client.post("/cs/requests/new/", {"files": SimpleUploadedFile("a.txt", b"x" * 2000)})
    assert response.status_code in (400, 413)
    assert client.post("/cs/requests/new/", {"files": SimpleUploadedFile("a.txt", b"x")}).status_code == 200
