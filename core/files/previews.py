"""How a file looks, small: of a picture itself, of a PDF its first page. Drawn once, by a task."""

import secrets
import subprocess
import sys
from io import BytesIO
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.db import IntegrityError, models, transaction
from django_tasks import task

from core.files.pictures import CLEANERS
from core.files.sniffing import sniff
from core.privacy import Tags

PICTURES = frozenset(CLEANERS)
DRAWN = PICTURES | {"application/pdf"}
SECONDS = 20
MAX_BYTES = 1024**2
# A photo is kept as large as a page shows it, so that the page is light on a phone, and a PDF in the mail.
LONGEST_SIDE = 1600


class Preview(models.Model):
    """The drawing of one file; a file that cannot be drawn has none."""

    attachment = models.OneToOneField("core.Attachment", on_delete=models.CASCADE, related_name="preview")
    key = models.CharField(max_length=64, unique=True)

    PRIVACY = Tags(internal=("id", "attachment", "key"))


@task()
def draw(attachment_id: int, key: str, content_type: str) -> None:
    """Draw the file that lies under a key, and keep the drawing; without a word where it cannot be drawn."""
    if not default_storage.exists(key):
        return
    with default_storage.open(key) as stored:
        picture = drawn(stored.read(), content_type)
    if not picture:
        return
    secret = secrets.token_hex(20)
    kept = default_storage.save(f"{secret[:2]}/{secret}", ContentFile(picture))
    try:
        with transaction.atomic():
            Preview.objects.create(attachment_id=attachment_id, key=kept)
    except IntegrityError:
        # The file was taken away meanwhile, or drawn by another worker.
        default_storage.delete(kept)


def drawn(content: bytes, content_type: str, longest: int = 0) -> bytes:
    """Return a file drawn small, as JPEG; nothing where it is broken, locked, too large or takes too long.

    With `longest` a picture is as wide or as high as that, if it is not smaller.
    """
    command = [
        sys.executable,
        "-m",
        "core.files.thumbnail",
        content_type,
        *([str(longest)] if longest else []),
    ]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=content,
            capture_output=True,
            timeout=SECONDS,
            cwd=settings.BASE_DIR,
            env={},
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return b""
    return done.stdout if len(done.stdout) <= MAX_BYTES else b""


def shrunk(upload: UploadedFile) -> UploadedFile:
    """Return a photo as large as a page shows it, as JPEG; what cannot be drawn stays, to be checked."""
    upload.seek(0)
    picture = drawn(upload.read(), sniff(upload, upload.name or "") or "", LONGEST_SIDE)
    upload.seek(0)
    if not picture:
        return upload
    name = f"{PurePath(upload.name or '').stem}.jpg"
    return InMemoryUploadedFile(BytesIO(picture), "files", name, "image/jpeg", len(picture), None)
