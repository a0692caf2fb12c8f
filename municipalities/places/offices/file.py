"""Reading a table of offices: UTF-8 or Windows-1250, commas or semicolons; faults are told by their lines."""

import codecs
import csv
import io
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.search.prefix import plain
from core.views.tables import FORMULA_SIGNS
from municipalities.choices import OfficeKind
from municipalities.places.offices.forms import WordsForm
from municipalities.places.register.file import BrokenFile, Fault

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 4_000_000, 20_000, 100
# What the columns are called; the names of both languages are read.
HEADS = {
    "code": gettext_lazy("Municipality code"),
    "kind": pgettext_lazy("office", "Kind"),
    "name": gettext_lazy("Name of the office"),
    "address": gettext_lazy("Address"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
    "website": gettext_lazy("Website"),
    "hours": gettext_lazy("Opening hours"),
}
NEEDED = ("code", "kind", "name")
COLUMNS = tuple(name for name in HEADS if name not in NEEDED)
# What the portal's own table tells besides; it is left alone.
MORE = {
    "municipality": gettext_lazy("Municipality"),
    "region": pgettext_lazy("of the Czech Republic", "Region"),
    "source": gettext_lazy("Source"),
    "as_of": gettext_lazy("as of"),
    "checked": pgettext_lazy("office", "checked"),
    "closed": gettext_lazy("Closed since"),
}


@dataclass(frozen=True)
class Row:
    """One office as the file has it: which one, and what it tells; empty cells tell nothing."""

    line: int
    code: str
    kind: str
    name: str
    told: dict[str, str]

    @property
    def key(self) -> tuple[str, str, str]:
        return self.code, self.kind, self.name


@dataclass(frozen=True)
class Reading:
    """The rows that can be read, and what is wrong with the others."""

    rows: list[Row]
    faults: list[Fault]


def read(data: bytes) -> Reading:
    """Read a table of offices; raises BrokenFile when the file as a whole cannot be read."""
    text = _text(data)
    head, _newline, _rest = text.partition("\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        columns = _columns(next(reader, []))
        lines = [(reader.line_num, cells) for cells in reader if any(map(str.strip, cells))]
    except csv.Error as error:
        raise BrokenFile([Fault(reader.line_num, _("The line cannot be read as CSV."))]) from error
    if len(lines) > MOST_ROWS:
        raise BrokenFile([Fault(0, _("The file has more than %(most)s rows.") % {"most": MOST_ROWS})])
    if not lines:
        raise BrokenFile([Fault(0, _("The file has no rows under the names of the columns."))])
    return _reading(columns, lines)


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise BrokenFile([Fault(0, _("The file is larger than 4 MB."))])
    for encoding in ("utf-16",) if data.startswith(codecs.BOM_UTF16_LE) else ("utf-8-sig", "cp1250"):
        try:
            text = unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BrokenFile([Fault(0, _("The file is no text in UTF-8 or Windows-1250. Save it as CSV."))])


@lru_cache(maxsize=1)
def _known_heads() -> dict[str, str]:
    """Return the columns by their plain names in both languages; what is left alone is empty."""
    known: dict[str, str] = {}
    for language in ("cs", "en"):
        with translation.override(language):
            known |= {plain(str(head)): "" for head in MORE.values()}
            known |= {plain(str(head)): name for name, head in HEADS.items()}
    return known


@lru_cache(maxsize=1)
def _known_kinds() -> dict[str, str]:
    known = {kind.value: kind.value for kind in OfficeKind}
    for language in ("cs", "en"):
        with translation.override(language):
            known |= {plain(str(kind.label)): kind.value for kind in OfficeKind}
    return known


def _columns(heads: list[str]) -> list[str]:
    """Return the names of the columns in the order of the file; raises BrokenFile for what is wrong there."""
    known, faults = _known_heads(), []
    if len(heads) > MOST_COLUMNS:
        raise BrokenFile([Fault(1, _("The line cannot be read as CSV."))])
    found = [known.get(plain(head)) for head in heads]
    for head, name in zip(heads, found, strict=True):
        if name is None:
            faults.append(_("The column “%(name)s” is unknown. Remove it.") % {"name": head.strip()[:40]})
        elif name and found.count(name) > 1:
            faults.append(_("The column “%(name)s” stands there twice.") % {"name": head.strip()[:40]})
    missing = (HEADS[name] for name in NEEDED if name not in found)
    faults += [_("The column “%(name)s” is missing.") % {"name": head} for head in missing]
    if faults:
        raise BrokenFile([Fault(1, text) for text in dict.fromkeys(faults)])
    return [name or "" for name in found]


def _reading(columns: list[str], lines: list[tuple[int, list[str]]]) -> Reading:
    rows: list[Row] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str, str], int] = {}
    for line, cells in lines:
        if len(cells) != len(columns):
            faults.append(Fault(line, _("The line has another number of cells than the first one.")))
            continue
        row, wrong = _row(line, {name: _cell(cell) for name, cell in zip(columns, cells, strict=True)})
        first = seen.setdefault(row.key, line)
        if first != line:
            wrong.append(_("The same office stands on line %(line)s already.") % {"line": first})
        faults += [Fault(line, text) for text in wrong]
        if not wrong:
            rows.append(row)
    return Reading(rows, faults)


def _cell(text: str) -> str:
    """Return what stands in a cell, without the sign that keeps a spreadsheet from reckoning it."""
    text = text.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text


def _row(line: int, cells: dict[str, str]) -> tuple[Row, list[str]]:
    """Return a row and the sentences on what is wrong with it."""
    wrong, told = [], {}
    kind = _known_kinds().get(plain(cells["kind"])) or _known_kinds().get(cells["kind"], "")
    if not kind:
        kinds = ", ".join(f"„{kind.label}“" for kind in OfficeKind)
        wrong.append(_("The kind is none of %(kinds)s.") % {"kinds": kinds})
    for name in ("name", *COLUMNS):
        try:
            told[name] = _clean(name, cells.get(name, ""))
        except ValidationError as error:
            wrong.append(f"{HEADS[name]} – {' '.join(error.messages)}")
    name = told.pop("name", "")
    return Row(line, cells["code"], kind, name, {key: text for key, text in told.items() if text}), wrong


def _clean(name: str, text: str) -> Any:
    return WordsForm.base_fields[name].clean(text)
