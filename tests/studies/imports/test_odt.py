"""A text of LibreOffice becomes chapters."""

from io import BytesIO

import pytest

from core.documents.parts import markup
from studies.imports import odt
from studies.imports.manuscript import CannotRead
from tests.studies.imports import documents


def test_it_keeps_headings_lists_tables_and_notes():
    found = odt.read(BytesIO(documents.open_document()))
    [chapter] = found.chapters
    assert chapter.heading == "Úvod"
    html = markup.render(chapter.text)
    assert "<h2" in html
    assert "<li>jedna</li>" in html
    assert "<td>byt|dům</td>" in html
    assert 'role="doc-noteref"' in html
    assert "Zákon č. 108/2006 Sb." in html
    assert "*hvězdy*" in html


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"text"])
def test_what_is_no_text_of_libreoffice_is_refused(content):
    with pytest.raises(CannotRead):
        odt.read(BytesIO(content))
