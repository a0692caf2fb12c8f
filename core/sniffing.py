"""What a file really is, whatever its name says."""

import zipfile

import puremagic
from django.core.files.uploadedfile import UploadedFile

HEAD_BYTES = 4096
MAX_ZIP_ENTRIES = 2000
MAX_UNPACKED_BYTES = 200 * 1024**2

BY_MAGIC = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
# First entry that every document of the kind holds -> its type.
OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
}
TEXT_ENDINGS = {".txt": "text/plain", ".csv": "text/csv"}
LOOKS_LIKE_MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<body", b"%pdf", b"mime-version")


def sniff(upload: UploadedFile, name: str) -> str | None:
    """Return the content type of an upload, or None when it is none that the portal takes."""
    upload.seek(0)
    head = upload.read(HEAD_BYTES)
    upload.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return _office(upload)
    ending = f".{name.rpartition('.')[2].lower()}"
    if ending in TEXT_ENDINGS and _is_plain_text(head):
        return TEXT_ENDINGS[ending]
    return _by_magic(head)


def _by_magic(head: bytes) -> str | None:
    try:
        return BY_MAGIC.get(puremagic.from_string(head))
    except (puremagic.PureError, ValueError):
        return None


def _is_plain_text(head: bytes) -> bool:
    lowered = head.lower()
    return b"\x00" not in head and not any(mark in lowered for mark in LOOKS_LIKE_MARKUP)


def _office(upload: UploadedFile) -> str | None:
    """Return the type of a zipped office document without macros, or None for any other archive."""
    try:
        with zipfile.ZipFile(upload) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            unpacked = sum(entry.file_size for entry in entries)
            if len(entries) > MAX_ZIP_ENTRIES or unpacked > MAX_UNPACKED_BYTES or _has_macro(names):
                return None
            return _open_document(archive, names) or next((OFFICE[n] for n in OFFICE if n in names), None)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    finally:
        upload.seek(0)


def _has_macro(names: set[str]) -> bool:
    return any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names)


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    if "mimetype" not in names or archive.getinfo("mimetype").file_size > 200:
        return None
    kind = archive.read("mimetype").decode("ascii", "replace").strip()
    return kind if kind in OPEN_DOCUMENT else None
