"""What a file really is, whatever its name says."""

import re
import struct
import zipfile
import zlib

import puremagic
from django.core.files.uploadedfile import UploadedFile

HEAD_BYTES = 4096
MAX_ZIP_ENTRIES = 2000
MAX_ZIP_DIRECTORY_BYTES = 1024**2
MAX_UNPACKED_BYTES = 200 * 1024**2
MAX_RELATIONS_BYTES = 256 * 1024

PICTURE_ENDINGS = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
}
# Content type -> the endings a file of it may have; the first one is given to a file without any.
ENDINGS = {
    **PICTURE_ENDINGS,
    "application/pdf": ("pdf",),
    "text/plain": ("txt",),
    "text/csv": ("csv",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "application/vnd.oasis.opendocument.presentation": ("odp",),
}
BY_MAGIC = {f".{ending}": kind for kind in (*PICTURE_ENDINGS, "application/pdf") for ending in ENDINGS[kind]}
# The entry that every document of the kind holds -> its type.
OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = {kind for kind in ENDINGS if "opendocument" in kind}
TEXT_ENDINGS = {ending: kind for kind in ("text/plain", "text/csv") for ending in ENDINGS[kind]}
LOOKS_LIKE_MARKUP = (
    b"<!doctype",
    b"<html",
    b"<script",
    b"<svg",
    b"<?xml",
    b"<body",
    b"%pdf",
    b"mime-version",
)
# Where an office document keeps programs, and other documents that run by themselves.
MACROS = re.compile(
    r"(vbaproject\.bin$|vbadata\.xml$|(^|/)(basic|scripts|activex|macrosheets)/)", re.IGNORECASE
)
# What a document fetches from elsewhere as soon as it is opened; a mere link to click is none of it.
FETCHED = re.compile(
    rb"<(?:\w+:)?relationship\b[^>]*targetmode\s*=\s*[\"']external[\"'][^>]*>", re.IGNORECASE
)
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, RuntimeError, EOFError)
HYPERLINK = re.compile(rb"/hyperlink[\"']", re.IGNORECASE)


def sniff(upload: UploadedFile, name: str) -> str | None:
    """Return the content type of an upload, or None when it is none that the portal takes."""
    upload.seek(0)
    head = upload.read(HEAD_BYTES)
    upload.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return _office(upload)
    ending = ending_of(name)
    if ending in TEXT_ENDINGS:
        return TEXT_ENDINGS[ending] if _is_plain_text(head) else None
    return _by_magic(head)


def ending_of(name: str) -> str:
    """Return the ending of a file name in lower case, without its dot; empty when it has none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def named_for(name: str, content_type: str) -> str | None:
    """Return a name whose ending fits the content, or None when the name claims something else.

    A picture with another picture's ending, as telephones make them, gets the
    right one; so does a file without any.
    """
    ending, right = ending_of(name), ENDINGS[content_type]
    if ending in right:
        return name
    if not ending:
        return f"{name}.{right[0]}"
    pictures = {picture for endings in PICTURE_ENDINGS.values() for picture in endings}
    if content_type in PICTURE_ENDINGS and ending in pictures:
        return f"{name.rpartition('.')[0]}.{right[0]}"
    return None


def _by_magic(head: bytes) -> str | None:
    try:
        return BY_MAGIC.get(puremagic.from_string(head))
    except (puremagic.PureError, ValueError):
        return None


def _is_plain_text(head: bytes) -> bool:
    lowered = head.lower()
    return b"\x00" not in head and not any(mark in lowered for mark in LOOKS_LIKE_MARKUP)


def _office(upload: UploadedFile) -> str | None:
    """Return the type of a zipped office document that does nothing by itself, or None for all else."""
    try:
        if not _directory_is_small(upload):
            return None
        with zipfile.ZipFile(upload) as archive:
            entries = archive.infolist()
            if not _is_harmless(entries):
                return None
            names = {entry.filename for entry in entries}
            kind = _open_document(archive, names) or next((OFFICE[n] for n in OFFICE if n in names), None)
            return None if kind is None or _fetches(archive, entries) else kind
    except BROKEN:
        return None
    finally:
        upload.seek(0)


def _directory_is_small(upload: UploadedFile) -> bool:
    """Look at the archive's last lines before the zip library reads all that they announce."""
    upload.seek(max(0, upload.size - 65_557))
    tail = upload.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or b"PK\x06\x07" in tail:
        return False
    entries, length = struct.unpack_from("<HI", tail, at + 10)
    return entries <= MAX_ZIP_ENTRIES and length <= MAX_ZIP_DIRECTORY_BYTES


def _is_harmless(entries: list[zipfile.ZipInfo]) -> bool:
    """Tell whether an archive is of bearable size, and without programs, ways out of itself, and secrets."""
    return (
        len(entries) <= MAX_ZIP_ENTRIES
        and sum(entry.file_size for entry in entries) <= MAX_UNPACKED_BYTES
        and not any(
            MACROS.search(entry.filename) or _leaves(entry) or entry.flag_bits & 1 for entry in entries
        )
    )


def _leaves(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry would be unpacked outside its folder, or points elsewhere."""
    is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    parts = entry.filename.replace("\\", "/").split("/")
    return is_link or ".." in parts or entry.filename.startswith("/") or ":" in parts[0]


def _fetches(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> bool:
    """Tell whether a document loads a template, picture or object from elsewhere, or declares entities."""
    for entry in entries:
        if not entry.filename.lower().endswith(".rels"):
            continue
        with archive.open(entry) as relations:
            text = relations.read(MAX_RELATIONS_BYTES + 1)
        if len(text) > MAX_RELATIONS_BYTES or b"<!doctype" in text.lower():
            return True
        if any(not HYPERLINK.search(found) for found in FETCHED.findall(text)):
            return True
    return False


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    if "mimetype" not in names or archive.getinfo("mimetype").file_size > 200:
        return None
    with archive.open("mimetype") as entry:
        kind = entry.read(200).decode("ascii", "replace").strip()
    return kind if kind in OPEN_DOCUMENT else None
