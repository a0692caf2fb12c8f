"""What a file really is, whatever its name says."""

import codecs
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

import lxml.etree
import puremagic
from django.core.files.uploadedfile import UploadedFile

HEAD_BYTES = 4096
# Readers of PDF look for its beginning in these.
PDF_BEGINS_WITHIN = 1024
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
MARKUP = re.compile(rb"<(?:!doctype|html|script|svg|\?xml|body)|%pdf|mime-version", re.IGNORECASE)
# Where an office document keeps programs, and other documents that run by themselves.
MACROS = re.compile(
    r"vbaproject\.bin$|vbadata\.xml$|(^|/)(basic|scripts|activex|macrosheets)/", re.IGNORECASE
)
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, RuntimeError, EOFError)
# What runs once it is opened, wherever it lies.
RUNS = re.compile(r"/(oleobject|package|control|frame|afchunk|activex\w*)$", re.IGNORECASE)
# Names of files on the author's own disk, which load nothing anywhere else.
LOCAL = re.compile(
    r"(?:file:/{0,3})?[a-z]:/(?!/).*|file:///(?:users|home|private|volumes)/.*|(?!www\.)[^/:]+", re.IGNORECASE
)


def sniff(upload: UploadedFile, name: str) -> str | None:
    """Return the content type of an upload, or None when it is none that the portal takes."""
    upload.seek(0)
    head = upload.read(HEAD_BYTES)
    upload.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return _office(upload)
    ending = ending_of(name)
    if ending in TEXT_ENDINGS:
        text = _from_utf_16(head)
        return TEXT_ENDINGS[ending] if b"\x00" not in text and not MARKUP.search(text) else None
    found = _by_magic(head)
    return found or ("application/pdf" if ending in {"", "pdf"} and _is_late_pdf(head) else None)


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


def _is_late_pdf(head: bytes) -> bool:
    """Tell whether a PDF begins after some bytes that are neither a program nor a page."""
    before, begins, _rest = head[: PDF_BEGINS_WITHIN + 5].partition(b"%PDF-")
    return bool(begins) and not before.startswith((b"MZ", b"#!", b"\x7fELF")) and not MARKUP.search(before)


def _from_utf_16(head: bytes) -> bytes:
    """Return text that Windows calls "Unicode" in UTF-8, all else as it is."""
    even, odd = head[::2], head[1::2]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16"
    elif odd and b"\0" not in even and 2 * odd.count(b"\0") > len(odd):
        codec = "utf-16-le"
    else:
        return head
    return head[: len(head) // 2 * 2].decode(codec, "replace").encode()


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
    upload.seek(max(0, (upload.size or 0) - 65_557))
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
        if len(text) > MAX_RELATIONS_BYTES or any(map(_is_fetched, _relations(text))):
            return True
    return False


def _relations(text: bytes) -> Iterator[dict[str, str]]:
    """Yield the relations of a document, names in small letters; raises ValueError where they are broken."""
    try:
        tree = lxml.etree.fromstring(text, lxml.etree.XMLParser(resolve_entities=False, no_network=True))
    except lxml.etree.LxmlError as error:
        raise ValueError("broken relations") from error
    if tree.getroottree().docinfo.doctype:
        raise ValueError("entities")
    for element in tree.iter(lxml.etree.Element):
        yield {name.lower(): value for name, value in element.attrib.items()}


def _is_fetched(relation: dict[str, str]) -> bool:
    """Tell whether opening a document loads this from the network or runs it, unlike a link to click."""
    kind = relation.get("type", "")
    if relation.get("targetmode", "").lower() != "external" or kind.lower().endswith("/hyperlink"):
        return False
    target = unquote(relation.get("target", "")).replace("\\", "/").strip()
    return bool(RUNS.search(kind)) or not LOCAL.fullmatch(target)


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    if "mimetype" not in names or archive.getinfo("mimetype").file_size > 200:
        return None
    with archive.open("mimetype") as entry:
        kind = entry.read(200).decode("ascii", "replace").strip()
    return kind if kind in OPEN_DOCUMENT else None
