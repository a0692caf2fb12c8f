"""Tables for spreadsheets: what a cell may hold, and how a file begins."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from core.tables import cell, csv_response


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
