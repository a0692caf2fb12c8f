"""How a file looks is drawn by a process of its own, kept beside it, and goes with it."""

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import RequestFactory
from django_tasks_db.models import DBTaskResult
from PIL import Image

from core.files import attachments
from core.files.attachments import Attachment
from core.files.previews import Preview, draw, drawn, shrunk


def a_picture(size: tuple[int, int] = (1200, 900), form: str = "JPEG", mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red").save(out, form)
    return out.getvalue()


def a_pdf() -> bytes:
    out, document = BytesIO(), pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.save(out)
    document.close()
    return out.getvalue()


def stored(name: str, content: bytes) -> Attachment:
    with attachments.kept([SimpleUploadedFile(name, content)]) as [file]:
        return attachments.record(file, by=None)


@pytest.mark.parametrize(
    ("content", "content_type", "size"),
    [(a_picture(), "image/jpeg", (320, 240)), (a_pdf(), "application/pdf", (1000, 1414))],
)
def test_a_picture_and_a_first_page_are_drawn_small(content: bytes, content_type: str, size: Any) -> None:
    with Image.open(BytesIO(drawn(content, content_type))) as picture:
        assert (picture.format, picture.size) == ("JPEG", size)


def test_a_picture_is_drawn_as_large_as_is_asked_and_never_larger_than_it_is() -> None:
    sizes = []
    for longest in (500, 5000):
        with Image.open(BytesIO(drawn(a_picture(), "image/jpeg", longest))) as picture:
            sizes.append(picture.size)
    with Image.open(BytesIO(a_picture())) as whole:
        assert sizes == [(500, 375), whole.size]


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"%PDF-1.7 broken off", "application/pdf"),
        (b"GIF89a nothing", "image/gif"),
    ],
    ids=["broken PDF", "broken picture"],
)
def test_what_cannot_be_drawn_has_no_drawing(content: bytes, content_type: str) -> None:
    assert drawn(content, content_type) == b""


def test_a_bomb_has_no_drawing() -> None:
    """Less than a hundred kilobytes would be 400 million points. Black or white, they are quick to write."""
    assert drawn(a_picture((20_000, 20_000), "PNG", "1"), "image/png") == b""


@pytest.mark.django_db
def test_a_task_draws_what_was_stored_and_the_file_takes_its_drawing_along(
    django_capture_on_commit_callbacks: Any,
) -> None:
    file = stored("foto.jpg", a_picture())
    assert stored("dopis.txt", b"text").pictured("/f/1/")["preview"] == ""
    assert DBTaskResult.objects.filter(task_path="core.files.previews.draw").count() == 1
    asked = RequestFactory().get("/f/1/?preview")
    with pytest.raises(Http404):
        attachments.serve(file, asked)
    draw.func(file.pk, file.key, file.content_type)
    # A second worker draws nothing twice.
    draw.func(file.pk, file.key, file.content_type)
    preview = Preview.objects.get(attachment=file)
    file.refresh_from_db()
    assert file.pictured("/f/1/") == {"preview": "/f/1/?preview", "is_picture": True}
    answer = attachments.serve(file, asked)
    assert (answer.headers["Content-Type"], answer.headers["Content-Security-Policy"][:8]) == (
        "image/jpeg",
        "sandbox;",
    )
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    # The whole answer would close the database, too.
    answer.file_to_stream.close()
    with django_capture_on_commit_callbacks(execute=True):
        attachments.remove(file)
    assert not default_storage.exists(preview.key)
    assert not Preview.objects.exists()


def test_a_photo_is_kept_as_large_as_a_page_shows_it() -> None:
    small = shrunk(SimpleUploadedFile("dum.png", a_picture((3200, 1600), "PNG")))
    with Image.open(small.file) as picture:
        assert (small.name, picture.format, picture.size) == ("dum.jpg", "JPEG", (1600, 800))


def test_what_is_no_picture_is_kept_as_it_is() -> None:
    text = SimpleUploadedFile("dum.txt", b"dum")
    assert shrunk(text) is text
