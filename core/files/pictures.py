"""Pictures without what the camera wrote into them: where, when and by whom they were taken.

Nothing is decoded or compressed again. The file is taken apart into its
segments and put together without those that describe it, so the picture stays
the same to the last point, and a picture of a thousand megapixels costs no
memory. What follows the picture's own end (a film, a page of HTML) goes, too.
"""

import re
import struct
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from PIL import Image

MAX_PIXELS = 60_000_000


class BadPicture(ValueError):
    """The file is not the picture that it claims to be, or it is too large to be shown."""


def cleaned(data: bytes, content_type: str) -> bytes:
    """Return a picture of one of the CLEANERS' types without its descriptions.

    Raises BadPicture when it is broken or has more than MAX_PIXELS.
    """
    _check_size(data)
    try:
        result = CLEANERS[content_type](data)
    except (struct.error, IndexError) as error:
        raise BadPicture("broken off") from error
    _check_size(result)
    return result


def _check_size(data: bytes) -> None:
    """Read the picture's head only."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as picture:
                width, height = picture.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, struct.error) as error:
        raise BadPicture("cannot be opened") from error
    if width * height > MAX_PIXELS:
        raise BadPicture("too many points")


# The marks of a JPEG's segments.
_EOI, _SOS, _APP0, _APP1, _APP2, _APP14, _COMMENT = 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
_ORIENTATION = 0x0112
# A stuffed zero and restart marks belong to a scan; a doubled FF is filling.
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def _clean_jpeg(data: bytes) -> bytes:
    """Keep what is needed to draw the picture, its colour profile, and which way is up."""
    out = [b"\xff\xd8"]
    if turned := _orientation(data):
        out.append(_segment(_APP1, b"Exif\x00\x00" + turned))
    for marker, body in _jpeg_parts(data):
        if marker == _SOS:
            out.append(body)
        elif _is_needed(marker, body):
            out.append(_segment(marker, body))
    out.append(b"\xff\xd9")
    return b"".join(out)


def _is_needed(marker: int, body: bytes) -> bool:
    if marker == _APP2:
        return body.startswith(b"ICC_PROFILE\x00")
    if _APP0 <= marker <= 0xEF:
        return marker in (_APP0, _APP14) and body.startswith((b"JFIF\x00", b"Adobe"))
    return marker != _COMMENT


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def _jpeg_parts(data: bytes) -> Iterator[tuple[int, Any]]:
    """Yield the segments up to the end of the picture; a scan comes whole, with its head, as _SOS."""
    if data[:2] != b"\xff\xd8":
        raise BadPicture("no JPEG")
    at = 2
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        if data[at] != 0xFF:
            raise BadPicture("no segment where one is due")
        marker = data[at + 1]
        if marker == _EOI:
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        if length < 2 or at + 2 + length > len(data):
            raise BadPicture("broken off")
        if marker == _SOS:
            following = _AFTER_SCAN.search(data, at + 2 + length)
            if following is None:
                raise BadPicture("no end")
            yield marker, memoryview(data)[at : following.start()]
            at = following.start()
        else:
            yield marker, data[at + 4 : at + 2 + length]
            at += 2 + length


def _orientation(data: bytes) -> bytes:
    """Return the smallest EXIF block that turns the picture the right way, or nothing if upright."""
    try:
        with Image.open(BytesIO(data)) as picture:
            turned = picture.getexif().get(_ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, struct.error, KeyError, TypeError):
        return b""
    if turned not in range(2, 9):
        return b""
    return b"II*\x00\x08\x00\x00\x00" + struct.pack("<HHHIHHI", 1, _ORIENTATION, 3, 1, turned, 0, 0)


_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_NEEDED = {
    b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"pHYs",
    b"cICP", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip


def _clean_png(data: bytes) -> bytes:
    """Keep the parts that draw the picture; every other part of the file goes."""
    if not data.startswith(_PNG):
        raise BadPicture("no PNG")
    out: list[Any] = [_PNG]
    at = len(_PNG)
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            raise BadPicture("broken off")
        if kind == b"IEND":
            return b"".join([*out, data[at:end]])
        if kind in _PNG_NEEDED:
            out.append(memoryview(data)[at:end])
        at = end


_WEBP_NEEDED = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def _clean_webp(data: bytes) -> bytes:
    """Keep the parts that draw the picture, and say in its head that the others are gone."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise BadPicture("no WEBP")
    end = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    out: list[Any] = []
    at = 12
    while at + 8 <= end:
        kind = data[at : at + 4]
        (length,) = struct.unpack_from("<I", data, at + 4)
        body: bytes | memoryview = memoryview(data)[at + 8 : at + 8 + length]
        if len(body) < length:
            raise BadPicture("broken off")
        if kind == b"VP8X":
            body = bytes([body[0] & ~(_HAS_EXIF | _HAS_XMP)]) + bytes(body[1:])
        if kind in _WEBP_NEEDED:
            out += [kind, struct.pack("<I", length), body, b"\x00" * (length % 2)]
        at += 8 + length + length % 2
    size = len(b"WEBP") + sum(map(len, out))
    return b"".join([b"RIFF", struct.pack("<I", size), b"WEBP", *out])


CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "image/jpeg": _clean_jpeg,
    "image/png": _clean_png,
    "image/webp": _clean_webp,
    # A GIF comes from no camera; its head has been looked at, and it is only ever shown as a picture.
    "image/gif": bytes,
}
