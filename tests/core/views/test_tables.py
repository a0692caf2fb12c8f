"""Tables for spreadsheets: what a cell may hold, and how a file begins."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import load_workbook

from core.views.tables import Sheet, cell, csv_response, xlsx_response


def file_of(response) -> str:
    return b"".join(response.streaming_content).decode()


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+420 777",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "  =cmd|' /C calc'!A0",
    ],
)
def test_a_text_is_never_a_formula(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "byt = domov", "a+b", "Nováková-Malá", "jana@example.org"])
def test_other_texts_stay_as_they_are(text):
    assert cell(text) == text


def test_numbers_and_dates_stay_what_they_are():
    assert [cell(-5), cell(0), cell(1000), cell(None)] == ["-5", "0", "1000", ""]
    assert cell(date(2026, 12, 3)) == "2026-12-03"
    assert cell(datetime(2026, 12, 3, 22, 30, tzinfo=UTC)) == "2026-12-03 23:30"


def test_a_fraction_has_the_decimal_sign_of_the_language():
    assert cell(Decimal("1.50")) == "1,50"
    with translation.override("en"):
        assert cell(1.5) == "1.5"


def test_a_file_begins_with_its_mark_and_its_header():
    response = csv_response(
        "requests", ["Číslo", "Věc"], [["SH-1", 'Byt; "nájem"'], ["SH-2", "=1"], [3, "a\x00b"]]
    )
    assert file_of(response) == ('\ufeffČíslo;Věc\r\nSH-1;"Byt; ""nájem"""\r\nSH-2;\'=1\r\n3;ab\r\n')
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="requests.csv"'


def test_rows_are_fetched_as_the_file_is_sent():
    fetched = []

    def rows():
        for number in range(3):
            fetched.append(number)
            yield [number]

    response = csv_response("numbers", ["n"], rows())
    assert fetched == []
    assert file_of(response) == "\ufeffn\r\n0\r\n1\r\n2\r\n"


def book_of(*sheets):
    return load_workbook(BytesIO(xlsx_response("comparison", sheets).content))


def test_a_workbook_keeps_numbers_and_days_and_makes_no_text_a_formula():
    row = [12, Decimal("1.5"), date(2026, 12, 3), "=1+1", "＝cmd", "a\x00\x07b", None, "x" * 40_000]
    page = book_of(Sheet("Hodnoty: [a/b]?", ["a", "b", "c", "d", "e", "f", "g", "=h"], [row])).worksheets[0]
    found = [cell.value for cell in page[2]]
    assert found[:2] == [12, 1.5]
    assert found[2].date() == date(2026, 12, 3)
    assert found[3:7] == ["'=1+1", "'＝cmd", "ab", None]
    assert len(found[7]) == 32_767
    assert {cell.data_type for cell in page[2]} == {"n", "d", "s"}
    assert page[1][7].value == "'=h"
    assert page.title == "Hodnoty   a b"


def test_a_workbook_without_rows_has_its_heads():
    book = book_of(Sheet("Values", ["a"], []), Sheet("Definitions", ["b"], [["c"]]))
    assert book.sheetnames == ["Values", "Definitions"]
    assert [cell.value for cell in book.worksheets[0][1]] == ["a"]
