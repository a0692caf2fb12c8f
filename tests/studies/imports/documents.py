"""Texts of word processors, written for the tests."""

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from odfdo import Document, Header, List, Paragraph, Table
from PIL import Image

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# So many characters stand on a page of a manual.
PAGE = 1800
SENTENCE = "Obec nabízí nájemní byt domácnosti, která by jinak o bydlení přišla. "


def picture() -> BytesIO:
    content = BytesIO()
    Image.new("RGB", (30, 20), "#336699").save(content, "PNG")
    content.seek(0)
    return content


class Manual:
    """A DOCX that is written step by step, with footnotes."""

    def __init__(self) -> None:
        self.document = docx.Document()
        self.notes: list[str] = []

    def paragraph(self, text: str, *, note: str = "", style: str | None = None) -> Any:
        found = self.document.add_paragraph(text, style=style)
        if note:
            self.notes.append(note)
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(len(self.notes)))
            found.add_run()._r.append(reference)
        return found

    def table(self, rows: list[list[str]], *, caption: str = "") -> None:
        if caption:
            self.document.add_paragraph(caption, style="Caption")
        table = self.document.add_table(len(rows), len(rows[0]))
        for row, words in zip(table.rows, rows, strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word

    def content(self) -> bytes:
        if self.notes:
            part = self.document.part
            blob = self._notes().encode()
            notes = Part(PackURI("/word/footnotes.xml"), NOTES_TYPE, blob, part.package)
            part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)
        stored = BytesIO()
        self.document.save(stored)
        return stored.getvalue()

    def _notes(self) -> str:
        said = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{escape(note)}</w:t></w:r></w:p></w:footnote>'
            for number, note in enumerate(self.notes, 1)
        )
        return f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{WORD}">{said}</w:footnotes>'


def small() -> bytes:
    """Return a DOCX with one thing of each kind."""
    manual = Manual()
    manual.document.add_heading("Jak začít", 0)
    manual.document.add_heading("Úvod", 1)
    first = manual.paragraph("Text ", note="Zákon č. 108/2006 Sb., § 33.")
    first.add_run("tučně").bold = True
    manual.paragraph("jedna", style="List Bullet")
    manual.paragraph("dvě", style="List Bullet")
    manual.document.add_heading("Podrobně", 2)
    manual.table([["Kdo", "Co"], ["obec", "byt|dům"]], caption="Tabulka 1: Kdo co má")
    manual.table([["Příklad z obce"]])
    manual.document.add_picture(picture())
    manual.document.add_heading("Dál", 1)
    manual.paragraph("Citát", style="Intense Quote")
    manual.paragraph("Výpis", style="macro")
    return manual.content()


def whole() -> bytes:
    """Return a DOCX of 150 pages with 40 tables, 200 footnotes and 20 chapters."""
    manual = Manual()
    manual.document.add_heading("Metodika o 150 stranách", 0)
    for chapter in range(1, 21):
        manual.document.add_heading(f"Kapitola {chapter}", 1)
        for part in range(1, 6):
            manual.document.add_heading(f"Oddíl {chapter}.{part}", 2)
            for turn in range(1, 3):
                text = SENTENCE * (PAGE * 150 // 200 // len(SENTENCE))
                manual.paragraph(text, note=f"Poznámka {chapter}.{part}.{turn}: zákon č. 108/2006 Sb.")
        for number in range(1, 3):
            rows = [["Krok", "Kdo", "Do kdy"], *([str(step), "obec", "30 dnů"] for step in range(1, 8))]
            manual.table(rows, caption=f"Tabulka {number}: Postup {chapter}.{number}")
    return manual.content()


def open_document() -> bytes:
    """Return an ODT with one thing of each kind but pictures."""
    document = Document("text")
    body: Any = document.body
    body.clear()
    body.append(Header(1, "Úvod"))
    text = Paragraph("Text s poznámkou a dál *hvězdy*")
    body.append(text)
    text.insert_note(after="poznámkou", note_id="n1", citation="1", body="Zákon č. 108/2006 Sb.")
    body.append(Header(2, "Podrobně"))
    body.append(List(["jedna", "dvě"]))
    table = Table("T", width=2, height=2)
    for at, word in (((0, 0), "Kdo"), ((1, 0), "Co"), ((0, 1), "obec"), ((1, 1), "byt|dům")):
        table.set_value(at, word)
    body.append(table)
    stored = BytesIO()
    document.save(stored)
    return stored.getvalue()
