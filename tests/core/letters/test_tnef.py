"""The files in a winmail.dat."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.letters.letter import read
from core.letters.tnef import SIGNATURE, files_in


def attribute(kind: int, value: bytes, level: int = 2) -> bytes:
    return struct.pack("<BII", level, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def text(number: int, value: str) -> bytes:
    content = value.encode("utf-16-le") + b"\0\0"
    return struct.pack("<HHII", 0x1F, number, 1, len(content)) + content + b"\0" * (-len(content) % 4)


def named(number: int) -> bytes:
    """Return a property with a name of its own, which stands before the value."""
    name = "x-ms".encode("utf-16-le")
    return (
        struct.pack("<HH", 3, number) + b"\x01" * 16 + struct.pack("<II", 1, len(name)) + name + b"\x05\0\0\0"
    )


BEGIN = attribute(0x00069002, b"\x01" + b"\0" * 13)
PROPERTIES = struct.pack("<I", 4) + named(0x8001) + struct.pack("<HHI", 3, 0x0E20, 9)
PROPERTIES += text(0x3704, "SMLOUV~1.PDF") + text(0x3707, "Smlouva o nájmu.pdf")
TWO = (
    SIGNATURE + b"\x01\x00"
    + attribute(0x00089006, b"\x00\x00\x01\x00", level=1)
    + BEGIN + attribute(0x00018010, b"SMLOUV~1.PDF\0") + attribute(0x0006800F, b"%PDF-1.4\n")
    + attribute(0x00069005, PROPERTIES)
    + BEGIN + attribute(0x00018010, "nájem.txt".encode("cp1250") + b"\0") + attribute(0x0006800F, b"9 000")
)  # fmt: skip


def test_each_file_has_its_best_name():
    assert files_in(TWO) == [("Smlouva o nájmu.pdf", b"%PDF-1.4\n"), ("nájem.txt", b"9 000")]


def test_what_breaks_off_gives_the_files_before():
    assert files_in(TWO[:-4]) == [("Smlouva o nájmu.pdf", b"%PDF-1.4\n")]


def test_broken_properties_leave_the_short_name():
    broken = TWO.replace(PROPERTIES, PROPERTIES[:40] + b"\xff" * (len(PROPERTIES) - 40))
    assert files_in(broken)[0] == ("SMLOUV~1.PDF", b"%PDF-1.4\n")


@given(st.binary(max_size=400), st.integers(0, len(TWO)))
def test_any_bytes_give_files_or_none(noise, place):
    for name, content in files_in(TWO[:place] + noise + TWO[place:]) + files_in(SIGNATURE + noise):
        assert isinstance(name, str)
        assert content != b""


@pytest.mark.parametrize("kind", ["application/ms-tnef", "application/octet-stream; name=winmail.dat"])
def test_a_mail_has_the_files_and_not_their_package(kind):
    head = f"From: a@example.org\r\nContent-Type: {kind}\r\n\r\n".encode()
    # A mail's line ends are its own, so that the bytes hold none here.
    letter = read(head + TWO.replace(b"1.4\n", b"1.40"))
    assert [part.name for part in letter.files] == ["Smlouva o nájmu.pdf", "nájem.txt"]
