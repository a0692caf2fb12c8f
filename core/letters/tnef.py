"""The files in a winmail.dat: what Outlook packs its attachments into (TNEF, [MS-OXTNEF]).

A reader of our own, since the one library for it has had no release since 2021; it
only takes files out. Each is checked afterwards like any other.
"""

import re
import struct
from collections.abc import Iterator

from core.letters.charsets import decoded

SIGNATURE = b"\x78\x9f\x3e\x22"
_MOST_FILES = 200
_OF_A_FILE = 2
# Attributes of a file: the first one begins it.
_BEGINS, _TITLE, _DATA, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
# Where a name stands among the properties of a file, the long one first: how it is written (a byte or two
# a letter), its number, that there is one, its length. Files within the file come before that.
_NAMES = (
    re.compile(rb".*([\x1e\x1f])\x00\x07\x37\x01\x00{3}(.{4})", re.DOTALL),
    re.compile(rb".*([\x1e\x1f])\x00\x04\x37\x01\x00{3}(.{4})", re.DOTALL),
)


def files_in(data: bytes) -> list[tuple[str, bytes]]:
    """Return the names and contents of the files in a winmail.dat, as far as it is whole."""
    files: list[dict[int, bytes]] = []
    for kind, value in _attributes(data):
        if kind == _BEGINS:
            files.append({})
        elif files:
            files[-1][kind] = value
    return [(_name(file), file[_DATA]) for file in files[:_MOST_FILES] if file.get(_DATA)]


def _name(file: dict[int, bytes]) -> str:
    """Return the best name of a file, "" where none is told."""
    properties = file.get(_PROPERTIES, b"")
    for mark in _NAMES:
        if found := mark.match(properties):
            value = properties[found.end() : found.end() + int.from_bytes(found[2], "little")]
            text = value.decode("utf-16-le", "replace") if found[1] == b"\x1f" else decoded(value)
            if name := text.partition("\0")[0]:
                return name
    return decoded(file.get(_TITLE, b"").rstrip(b"\0"))


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield what is told of files, up to where the bytes break off."""
    at = 6
    while at + 9 <= len(data):
        level, kind, length = struct.unpack_from("<BII", data, at)
        value = data[at + 9 : at + 9 + length]
        if len(value) < length:
            return
        if level == _OF_A_FILE:
            yield kind & 0xFFFF, value
        # After each value comes its sum of two bytes.
        at += 9 + length + 2
