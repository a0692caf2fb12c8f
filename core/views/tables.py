"""Tables that people take away to their spreadsheet, as CSV or as a workbook."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

# Czech spreadsheets take a comma for the decimal one, and read UTF-8 only when a BOM says so.
SEPARATOR = ";"
BOM = "\ufeff"
# With these a spreadsheet begins a formula, also in the full-width signs of East Asian type.
FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What the format allows in the name of a sheet and in a cell.
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
LONGEST_SHEET_NAME, LONGEST_CELL = 31, 32_767
WIDEST_COLUMN = 60


def csv_response(name: str, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """Return a table as a file `name`.csv (letters, digits and hyphens), sent row by row as it is fetched.

    Numbers and dates stay what they are; a text that a spreadsheet would reckon becomes a plain text.
    """
    response = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its name, its heads and its rows."""

    name: str
    header: Iterable[str]
    rows: Iterable[Iterable[Any]]


def xlsx_response(name: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """Return tables as a workbook `name`.xlsx (letters, digits and hyphens), one a sheet.

    Numbers and dates stay what they are; no text is a formula, here or in a table saved from it.
    """
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book, sheet)
    file = BytesIO()
    book.save(file)
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _write(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(NOT_IN_SHEET_NAMES.sub(" ", sheet.name).strip()[:LONGEST_SHEET_NAME])
    header, rows = list(sheet.header), [list(row) for row in sheet.rows]
    page.freeze_panes = "A2"
    for column, values in enumerate(zip(header, *rows, strict=True), 1):
        longest = max(len(str(value)) for value in values if value is not None)
        page.column_dimensions[get_column_letter(column)].width = min(longest + 2, WIDEST_COLUMN)
    page.append([_xlsx_cell(page, title, Font(bold=True)) for title in header])
    for row in rows:
        page.append([_xlsx_cell(page, value) for value in row])


def _xlsx_cell(page: Any, value: Any, font: Font | None = None) -> WriteOnlyCell:
    if isinstance(value, datetime):
        value = timezone.localtime(value).replace(tzinfo=None)
    elif value is not None and not isinstance(value, (int, float, Decimal, date)):
        value = ILLEGAL_CHARACTERS_RE.sub("", cell(value))[:LONGEST_CELL]
    written = WriteOnlyCell(page, value)
    if isinstance(value, str):
        written.data_type = "s"
    if font:
        written.font = font
    return written


def cell(value: Any) -> str:
    """Return a value as a cell of a table: no text can be a formula, nothing known is empty."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float, Decimal)):
        return str(value).replace(".", ",") if get_language() == "cs" else str(value)
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_SIGNS) else text


class _Echo:
    def write(self, line: str) -> str:
        return line


def _lines(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=SEPARATOR)
    yield BOM
    for row in chain([header], rows):
        yield writer.writerow([cell(value) for value in row])
