"""Files go through one door: checked, stored under random names, served by a view that has asked who may.

The views that serve a file belong to the subject apps, which know whose it is.
"""

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from core.audit import user_field
from core.files.pending import FOLDER, PendingFile, has_room
from core.files.pictures import CLEANERS, BadPicture, cleaned
from core.files.previews import DRAWN, PICTURES, Preview, draw
from core.files.sniffing import named_for, sniff
from core.privacy import About, Erase, Retention, Tags

# Shown in the browser; everything else is a download.
# A PDF is none of them: it may hold a program, and browsers show none in the sandbox it is served in.
INLINE_TYPES = PICTURES
FILE_POLICY = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
FILE_HEADERS = {"Content-Security-Policy": FILE_POLICY, "Cache-Control": "no-store, private"}
LONGEST_NAME = 120


class DurableFileStorage(FileSystemStorage):
    """Files on this machine's disk, on the disk before the answer says so."""

    def _save(self, name: str, content: File) -> str:
        try:
            saved = super()._save(name, content)
        except OSError:
            # Half a file would take the room that is missing.
            self.delete(name)
            raise
        for path in (self.path(saved), os.path.dirname(self.path(saved))):
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        return saved


class Attachment(models.Model):
    """One stored file. What it belongs to points at it, and protects it."""

    key = models.CharField(max_length=64, unique=True)
    name = models.CharField("file name", max_length=LONGEST_NAME)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("size")
    sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField(default=timezone.now)
    stored_by = user_field(null=True)

    PRIVACY = Tags(
        internal=("id", "key", "content_type", "size", "sha256", "stored_at", "stored_by"),
        sensitive={"name": About("self", Erase.REPLACE, Retention.FILES)},
    )

    def __str__(self) -> str:
        return self.key

    def pictured(self, url: str) -> dict[str, Any]:
        """Return for a list where a file served at `url` is shown small, and whether it is a picture."""
        preview = f"{url}?preview" if getattr(self, "preview", None) else ""
        return {"preview": preview, "is_picture": self.content_type in INLINE_TYPES}


# A file that is on the disk already and waits for its row.
Kept = Attachment


def check(upload: UploadedFile) -> str:
    """Return the sniffed content type of an upload.

    Raises ValidationError with a sentence for its sender when it is empty, too
    large, or of a kind that the portal does not take.
    """
    name = clean_name(upload.name)
    words = {"name": name, "limit": settings.ATTACHMENT_MAX_BYTES // 1024**2}
    if not upload.size:
        raise ValidationError(_("The file “%(name)s” is empty."), params=words)
    if upload.size > settings.ATTACHMENT_MAX_BYTES:
        sentence = _("The file “%(name)s” is larger than %(limit)s MB. Send a smaller one.")
        raise ValidationError(sentence, params=words)
    content_type = sniff(upload, name)
    if content_type is None:
        raise ValidationError(
            _("The file “%(name)s” cannot be taken. Send a PDF, a picture, a text, or an office document."),
            params=words,
        )
    if named_for(name, content_type) is None:
        raise ValidationError(
            _("The ending of the file “%(name)s” does not fit what is in it. Save it anew, or send a PDF."),
            params=words,
        )
    return content_type


def reasons_against(upload: UploadedFile) -> list[str]:
    """Return why a file cannot be taken, in the reader's language; empty when it can."""
    try:
        _without_descriptions(upload, check(upload))
    except ValidationError as error:
        return error.messages
    return []


def keep(upload: UploadedFile, folder: str = "") -> Kept:
    """Check one upload and put it on the disk, a picture without its descriptions (place, time, camera).

    Raises ValidationError with a sentence for its sender when it cannot be taken.
    """
    content_type = check(upload)
    content = _without_descriptions(upload, content_type)
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return Kept(
        key=_save(content, folder),
        name=named_for(clean_name(upload.name), content_type),
        content_type=content_type,
        size=content.size,
        sha256=digest.hexdigest(),
    )


def _save(content: File, folder: str = "") -> str:
    secret = secrets.token_hex(20)
    return default_storage.save(f"{folder or secret[:2]}/{secret}", content)


def put_away(upload: UploadedFile) -> PendingFile | None:
    """Let a file wait for its form to be sent once more; None when it is refused, or there is no room."""
    # As it is read, not as a temporary file, which may have been moved by a verb that was refused afterwards.
    copy = UploadedFile(upload.file, upload.name, size=upload.size)
    if not has_room():
        return None
    try:
        file = keep(copy, FOLDER)
    except ValidationError:
        return None
    return PendingFile(file.key, clean_name(upload.name), upload.size, file.stored_at)


@contextmanager
def kept(uploads: Iterable[UploadedFile]) -> Iterator[list[Kept]]:
    """Put files on the disk for the block that writes their rows; if it fails, take them away again.

    Files come before rows, and before the transaction, which so stays short:
    a crash in between leaves files that nothing points at, never a row without its file.
    What has waited for its form (core.files.pending) waits no longer.
    """
    files, uploads = list[Kept](), list(uploads)
    with ExitStack() as undo:
        for upload in uploads:
            file = keep(upload)
            undo.callback(default_storage.delete, file.key)
            files.append(file)
        yield files
        undo.pop_all()
    for upload in uploads:
        if isinstance(upload, PendingFile):
            # A transaction around all this may still fail, and the form come back.
            transaction.on_commit(upload.forget)


def record(file: Kept, *, by: Any) -> Attachment:
    """Write the row of a file that is on the disk, let a task draw it, and return it."""
    file.stored_by = by if getattr(by, "pk", None) else None
    file.save()
    if file.content_type in DRAWN:
        draw.enqueue(file.pk, file.key, file.content_type)
    return file


def remove(attachment: Attachment) -> None:
    """Delete the row of a file that nothing points at any more; the file goes once that is committed."""
    keys = [attachment.key, *Preview.objects.filter(attachment=attachment).values_list("key", flat=True)]
    attachment.delete()
    transaction.on_commit(lambda: [default_storage.delete(key) for key in keys])


def keep_raw(content: bytes) -> str:
    """Put bytes on the disk as they are, unread and unchecked; return the key they are found by.

    For what came in from outside and is looked into only afterwards.
    """
    return _save(ContentFile(content))


def read_raw(key: str) -> bytes:
    """Return the bytes that keep_raw has put away."""
    with default_storage.open(key) as stored:
        return stored.read()


def drop_raw(key: str) -> None:
    """Take away bytes that nothing points at."""
    default_storage.delete(key)


def download(content: bytes, name: str) -> HttpResponse:
    """Return bytes as a file to save, whatever they hold; never as a page or a picture."""
    disposition = {"Content-Disposition": content_disposition_header(True, clean_name(name))}
    headers = FILE_HEADERS | disposition
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


def _without_descriptions(upload: UploadedFile, content_type: str) -> File:
    """Return an upload's content, a picture without where, when and with what it was taken."""
    upload.seek(0)
    if content_type not in CLEANERS:
        return upload
    try:
        return ContentFile(cleaned(upload.read(), content_type))
    except BadPicture:
        raise ValidationError(
            _("The picture “%(name)s” is damaged or too large. Save it anew, or send another one."),
            params={"name": clean_name(upload.name)},
        ) from None


def serve(attachment: Attachment, request: HttpRequest, *, name: str = "") -> FileResponse:
    """Return the file as an answer, with `?preview` how it looks. The caller has asked who may have it.

    It is called `name`, its own ending kept, where what its sender called it is nobody else's matter.

    Raises Http404 for the look of a file that has none.
    """
    if "preview" in request.GET:
        preview = get_object_or_404(Preview, attachment=attachment)
        stored = default_storage.open(preview.key)
        return FileResponse(stored, content_type="image/jpeg", headers=FILE_HEADERS)
    inline = attachment.content_type in INLINE_TYPES and "download" not in request.GET
    return FileResponse(
        default_storage.open(attachment.key),
        as_attachment=not inline,
        filename=f"{name}{PurePosixPath(attachment.name).suffix}" if name else attachment.name,
        content_type=attachment.content_type if inline else "application/octet-stream",
        headers=FILE_HEADERS,
    )


def clean_name(name: str | None) -> str:
    """Return a file name that is safe to show and to save under, its ending kept.

    Normalised first; then the last part of the path only, without control,
    invisible or direction-changing characters, and never hidden or empty.
    """
    text = unicodedata.normalize("NFC", name or "").replace("\\", "/")
    text = "".join(c for c in PurePosixPath(text).name if unicodedata.category(c)[0] != "C")
    text = re.sub(r'[<>:"|?*/\s]+', " ", text).strip(" .")
    stem, dot, ending = text.rpartition(".")
    if not dot or not stem:
        return text[:LONGEST_NAME] or "file"
    ending = ending[:10]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
