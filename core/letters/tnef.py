"""The files in a winmail.dat: what Outlook packs its attachments into (TNEF, [MS-OXTNEF]).

A reader of our own, since the one library for it has had no release since 2021; it
only takes files out. Each is checked afterwards like any other.
"""

import struct
from collections.abc import Iterator

from core.letters.charsets import decoded

SIGNATURE = b"\x78\x9f\x3e\x22"
_MOST_FILES = 200
_MOST_PROPERTIES = 1000
_OF_A_FILE = 2
# Attributes of a file: the first one begins it.
_BEGINS, _TITLE, _DATA, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
# Properties of it, the better name last.
_NAMES = (0x3704, 0x3707)
# How many bytes the values of a type take; others tell their own length.
_SIZES = {2: 2, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 2, 20: 8, 64: 8, 72: 16}
_TEXT, _UNICODE, _OBJECT, _BINARY = 30, 31, 13, 258
_MANY = 0x1000


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
    return _long_name(file.get(_PROPERTIES, b"")) or decoded(file.get(_TITLE, b"").rstrip(b"\0"))


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


def _long_name(data: bytes) -> str:
    """Return the best name among a file's properties, "" where they tell none or are broken."""
    try:
        names = {number: name for number, name in _texts(data) if number in _NAMES}
    except (struct.error, IndexError):
        return ""
    return next((names[number] for number in reversed(_NAMES) if names.get(number)), "")


def _texts(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of each property up to the first one of a kind that files do not have."""
    (count,) = struct.unpack_from("<I", data)
    at = 4
    for _property in range(min(count, _MOST_PROPERTIES)):
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= 0x8000:
            at = _behind_its_name(data, at)
        if kind in _SIZES:
            # Filled up to a multiple of four, as all are.
            at += max(4, _SIZES[kind])
        elif kind & ~_MANY in (_TEXT, _UNICODE, _OBJECT, _BINARY):
            at, values = _values(data, at)
            if kind in (_TEXT, _UNICODE) and values:
                yield number, _as_text(values[0], kind)
        else:
            return


def _behind_its_name(data: bytes, at: int) -> int:
    """Return where the value of a property begins that has a name of its own (a number or a text)."""
    is_text, number = struct.unpack_from("<II", data, at + 16)
    return at + 24 + (number + -number % 4 if is_text else 0)


def _values(data: bytes, at: int) -> tuple[int, list[bytes]]:
    (count,) = struct.unpack_from("<I", data, at)
    at, values = at + 4, []
    for _value in range(min(count, _MOST_PROPERTIES)):
        (length,) = struct.unpack_from("<I", data, at)
        values.append(data[at + 4 : at + 4 + length])
        at += 4 + length + -length % 4
    return at, values


def _as_text(value: bytes, kind: int) -> str:
    text = value.decode("utf-16-le", "replace") if kind == _UNICODE else decoded(value)
    return text.partition("\0")[0]
