"""Tables that people take away to their spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language

# Czech spreadsheets take a comma for the decimal one, and read UTF-8 only when a BOM says so.
SEPARATOR = ";"
BOM = "\ufeff"
# With these a spreadsheet begins a formula, also in the full-width signs of East Asian type.
FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")


def csv_response(name: str, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """Return a table as a file `name`.csv (letters, digits and hyphens), sent row by row as it is fetched.

    Numbers and dates stay what they are; a text that a spreadsheet would reckon becomes a plain text.
    """
    response = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


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
