"""What an uploaded PDF lacks is found."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from core.documents.pdf import setting
from studies.exports.accessibility import Fault, faults

PROGRAM = """#import "house.typ": *
#let data = json("data.json")
#show: body => page-of(data, body)
#text-of(data.text)
"""


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> bytes:
    program = tmp_path_factory.mktemp("pdf") / "p.typ"
    program.write_text(PROGRAM)
    words = [{"kind": "paragraph", "inner": [{"kind": "text", "text": "Text k přečtení."}]}]
    content = {"title": "Metodika", "portal": "KC", "about": "O čem", "text": words}
    return setting.made(Path(program), content, {}, at=datetime(2026, 11, 30, tzinfo=UTC))


def changed(content: bytes, change) -> BytesIO:
    stored = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        change(document)
        document.save(stored)
    return stored


def without_title(document):
    del document.docinfo["/Title"]
    with document.open_metadata() as metadata:
        del metadata["dc:title"]


def without(name):
    return lambda document: document.Root.__delitem__(name)


def test_a_pdf_that_everybody_can_read_lacks_nothing(good):
    assert faults(BytesIO(good)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (without("/StructTreeRoot"), Fault.TAGS),
        (without("/MarkInfo"), Fault.TAGS),
        (without("/Lang"), Fault.LANGUAGE),
        (without_title, Fault.TITLE),
    ],
)
def test_what_it_lacks_is_named(good, change, fault):
    assert faults(changed(good, change)) == [fault]


def test_pages_without_text_are_named():
    stored = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(stored)
    assert faults(stored) == [Fault.TAGS, Fault.LANGUAGE, Fault.TITLE, Fault.TEXT]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 damaged", b"text"])
def test_what_cannot_be_opened_is_named(content):
    assert faults(BytesIO(content)) == [Fault.BROKEN]


def test_a_pdf_with_a_password_is_named(good):
    stored = BytesIO()
    with pikepdf.open(BytesIO(good)) as document:
        document.save(stored, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert faults(stored) == [Fault.BROKEN]
