"""Tables of offices as people send them: read whatever they were saved as, faults told by their lines."""

import pytest

from municipalities.choices import OfficeKind
from municipalities.places.offices import file
from municipalities.places.offices.queries import table_header
from municipalities.places.register.file import BrokenFile

pytestmark = pytest.mark.usefixtures("in_english")

CZECH = (
    "Kód obce;Druh;Název úřadu;Adresa;Telefon;E-mail;Web;Otevírací doba\r\n"
    "595209;kontaktní místo pro bydlení;Úřad Žďár;Žižkova 227/1;566 590 311;;;po 8–17\r\n"
)
ENGLISH = (
    "municipality code,kind,name of the office,address,phone\n"
    "595209,Contact point for housing,Úřad Žďár,Žižkova 227/1,+420566590311\n"
)


def faults(text: str) -> list[tuple[int, str]]:
    try:
        found = file.read(text.encode()).faults
    except BrokenFile as broken:
        found = broken.faults
    return [(fault.line, fault.text) for fault in found]


@pytest.mark.parametrize(
    "data",
    [
        CZECH.encode(),
        CZECH.encode("utf-8-sig"),
        CZECH.encode("cp1250"),
        CZECH.encode("utf-16"),
        ENGLISH.encode(),
        ENGLISH.replace(",", ";").encode("cp1250"),
        ENGLISH.replace(",", "\t").encode(),
    ],
)
def test_a_table_is_read_however_it_was_saved(data):
    reading = file.read(data)
    assert reading.faults == []
    [row] = reading.rows
    assert row.key == ("595209", OfficeKind.CONTACT_POINT, "Úřad Žďár")
    assert (row.told["address"], row.told["phone"]) == ("Žižkova 227/1", "+420566590311")


def test_what_the_portal_gives_away_it_reads_again():
    heads = table_header()
    cells = ["595209", "branch of the Labour Office", "ÚP", "", "'+420566590311", "", "", ""]
    text = ";".join(heads) + "\n" + ";".join([*cells, "Vír", "", "obec", "2026", "", ""]) + "\n"
    [row] = file.read(text.encode("utf-8-sig")).rows
    assert (row.kind, row.told) == ("labour_office", {"phone": "+420566590311"})


def test_empty_cells_tell_nothing_and_empty_lines_are_none():
    [row] = file.read("kód obce;druh;název úřadu\n595209;social;Odbor\n;;\n\n".encode()).rows
    assert (row.line, row.told) == (2, {})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", [(1, "The column “Kind” is missing."), (1, "The column “Municipality code” is missing."),
              (1, "The column “Name of the office” is missing.")]),
        ("kód obce;druh;název úřadu\n", [(0, "The file has no rows under the names of the columns.")]),
        ("kód obce;druh;název úřadu;fax\n595209;social;A;1\n",
         [(1, "The column “fax” is unknown. Remove it.")]),
        ("kód obce;kód obce;druh;název úřadu\n1;2;social;A\n",
         [(1, "The column “kód obce” stands there twice.")]),
        ("kód obce;druh;název úřadu\n595209;social\n",
         [(2, "The line has another number of cells than the first one.")]),
        ("kód obce;druh;název úřadu\n595209;social;A\n595209;social;A\n",
         [(3, "The same office stands on line 2 already.")]),
        ("kód obce;druh;název úřadu\n595209;\"social;A\n", [(2, "The line cannot be read as CSV.")]),
        ("kód obce;druh;název úřadu;web;e-mail\n595209;social;;vir.cz;ne\n",
         [(2, "Name of the office – Write the name of the office."),
          (2, "E-mail – Write the e-mail in the form name@domain.cz, or leave the field empty."),
          (2, "Website – Write a whole address that begins with https://.")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_its_line(text, told):
    assert faults(text) == told


def test_a_kind_that_there_is_not_is_told_with_those_that_there_are():
    [(line, text)] = faults("kód obce;druh;název úřadu\n595209;finanční úřad;A\n")
    assert line == 2
    assert all(str(kind.label) in text for kind in OfficeKind)


def test_a_file_that_is_no_text_or_too_large_is_refused():
    assert faults("\0" * 10)[0][1].startswith("The file is no text")
    with pytest.raises(BrokenFile, match="larger than 4 MB"):
        file.read(b"x" * (file.MOST_BYTES + 1))


def test_more_rows_than_any_country_has_are_refused(monkeypatch):
    monkeypatch.setattr(file, "MOST_ROWS", 1)
    [(_line, text)] = faults("kód obce;druh;název úřadu\n595209;social;A\n595209;social;B\n")
    assert text == "The file has more than 1 rows."


def test_a_line_of_very_many_cells_is_no_table():
    with pytest.raises(BrokenFile):
        file.read("Kód obce,".encode() * 400_000)
