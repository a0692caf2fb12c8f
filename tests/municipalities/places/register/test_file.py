import unicodedata

import pytest

from municipalities.places.loading import DATA
from municipalities.places.register.file import BrokenFile, read_register
from tests.factories import register

REGIONS = {"CZ071": "Olomoucký kraj", "CZ072": "Zlínský kraj"}
HEADER = f"{register.HEADER},population_2024,population_2025"
GOOD = "500020,Petrov nad Desnou,CZ0715,Šumperk,CZ071,Olomoucký kraj,50.0055,17.0444,1217,1220"
OTHER = "500011,Želechovice nad Dřevnicí,CZ0724,Zlín,CZ072,Zlínský kraj,49.2181,17.7475,1873,"


def read(*lines, header=HEADER, end="\r\n", encoding="utf-8"):
    text = "\r\n".join([header, *lines]) + end
    return read_register(text.encode(encoding), regions=REGIONS, last_year=2026)


def faults(data):
    with pytest.raises(BrokenFile) as broken:
        read_register(data, regions=REGIONS, last_year=2026)
    return [str(fault) for fault in broken.value.faults]


def faults_of(*lines, **options):
    with pytest.raises(BrokenFile) as broken:
        read(*lines, **options)
    return [str(fault) for fault in broken.value.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_a_sound_file_is_read_with_and_without_its_mark(encoding, separator):
    header, good = HEADER.replace(",", separator), GOOD.replace(",", separator)
    reading = read(good, OTHER.replace(",", separator), header=header, encoding=encoding)
    assert reading.years == (2024, 2025)
    first, second = reading.rows
    assert (first.code, first.name, first.district) == ("500020", "Petrov nad Desnou", "Šumperk")
    assert (str(first.latitude), first.populations) == ("50.0055", {2024: 1217, 2025: 1220})
    assert second.populations == {2024: 1873}


def test_czech_decimal_commas_and_an_unknown_position_are_understood():
    header = HEADER.replace(",", ";")
    reading = read(
        GOOD.replace(",", ";").replace("50.0055", "50,0055"),
        OTHER.replace(",", ";").replace("49.2181;17.7475", ";"),
        header=header,
    )
    assert [str(row.latitude) for row in reading.rows] == ["50.0055", "None"]


def with_semicolons(text):
    # No name holds a comma.
    return text.replace(",", ";")


@pytest.mark.parametrize(
    "written",
    [
        lambda text: unicodedata.normalize("NFD", text).encode(),
        lambda text: unicodedata.normalize("NFD", with_semicolons(text)).encode(),
        lambda text: text.replace(" ", "\N{NO-BREAK SPACE}").encode("utf-8-sig"),
        lambda text: text.replace(" ", "\N{NARROW NO-BREAK SPACE}").encode(),
        lambda text: text.replace(" ", "  ").encode(),
        lambda text: text.replace("-", "\N{NON-BREAKING HYPHEN}").encode(),
        lambda text: with_semicolons(text).encode("utf-16"),
        lambda text: text.replace(",", "\t").encode("utf-16"),
        lambda text: f"\ufeff{unicodedata.normalize('NFD', text)}".encode("utf-16-be"),
    ],
    ids=[
        *("decomposed", "decomposed-semicolons", "no-break-spaces", "narrow-spaces", "two-spaces", "hyphens"),
        *("utf-16", "utf-16-tabs", "utf-16-be-decomposed"),
    ],
)
def test_the_whole_register_is_the_same_however_another_program_writes_it(written):
    text = (DATA / "register.csv").read_bytes().decode()
    regions = {line.split(",")[4]: line.split(",")[5] for line in text.splitlines()[1:]}
    read_as = {"regions": regions, "last_year": 2026}
    original = read_register(text.encode(), **read_as)

    assert len(original.rows) == 6258
    assert read_register(written(text), **read_as).rows == original.rows


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("500020", "50002", "line 2: lau2_code '50002' is not six digits"),
        ("500020", "5000٢0", "line 2: lau2_code '5000٢0' is not six digits"),
        ("Petrov nad Desnou", "", "line 2: name is empty"),
        ("Petrov nad Desnou", "x" * 81, "line 2: name is longer than 80 characters"),
        ("Petrov nad Desnou", "Petrov\u202e", "line 2: name holds a character that cannot be seen"),
        ("CZ071,", "CZ099,", "line 2: region 'CZ099' is unknown"),
        ("Olomoucký kraj", "Morava", "line 2: region CZ071 is called 'Olomoucký kraj', not 'Morava'"),
        ("CZ0715", "CZ0724", "line 2: district CZ0724 does not lie in region CZ071"),
        ("CZ0715", "Šumperk", "line 2: district_code 'Šumperk' is none"),
        ("50.0055", "17.0444", "line 2: latitude 17.0444 lies outside the country (48.5 to 51.1)"),
        ("17.0444", "-17.0444", "line 2: longitude -17.0444 lies outside the country (12.0 to 18.9)"),
        ("50.0055", "NaN", "line 2: latitude 'NaN' is not a number of degrees"),
        ("50.0055", "", "line 2: has only one half of a position"),
        ("1220", "1 220", "line 2: population_2025 '1 220' is not a whole number"),
        ("1220", "1e9", "line 2: population_2025 '1e9' is not a whole number"),
        ("1220", "9" * 30, f"line 2: population_2025 '{'9' * 20}' is not a whole number"),
        ("1220", "-5", "line 2: population_2025 -5 is negative"),
        ("1220", "5000001", "line 2: population_2025 5000001 is more than any municipality has"),
        (",1217", "", "line 2: has 9 values, the first line has 10 columns"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_with_its_line(old, new, fault):
    assert fault in faults_of(GOOD.replace(old, new, 1))


def test_all_faults_are_told_not_only_the_first():
    bad = GOOD.replace("1220", "x")
    assert faults_of(bad, OTHER.replace("Zlín,", ",")) == [
        "line 2: population_2025 'x' is not a whole number",
        "line 3: district_cs is empty",
    ]


def test_a_code_that_stands_there_twice_is_refused():
    assert faults_of(GOOD, GOOD) == ["line 3: code 500020 stands on line 2 already"]


def test_a_district_of_two_names_is_refused():
    second = GOOD.replace("500020", "500021").replace("Šumperk", "Šumpek")
    assert faults_of(GOOD, second) == ["line 3: district CZ0715 is called 'Šumperk' on line 2"]


def test_columns_must_be_those_of_the_register():
    wrong = HEADER.replace("nuts3", "nuts").replace("2024", "2025").replace("longitude", "Latitude")
    assert faults_of(GOOD, header=wrong) == [
        "line 1: column 'latitude' stands there twice",
        "line 1: column 'longitude' is missing",
        "line 1: column 'nuts' is unknown; remove it",
        "line 1: column 'nuts3' is missing",
        "line 1: column 'population_2025' stands there twice",
    ]


def test_numbers_of_a_year_to_come_are_refused():
    header = HEADER.replace("2025", "2027")
    assert faults_of(GOOD, header=header) == ["line 1: column 'population_2027' is of no possible year"]


def test_without_inhabitants_it_is_no_register():
    header = HEADER.replace("population_2024,population_2025", "x,y")
    assert "line 1: there is no column 'population_<year>'" in faults_of(GOOD, header=header)


def test_a_last_line_that_was_cut_off_is_seen():
    assert faults_of(GOOD, OTHER, end="") == [
        "line 3: has no end of line: the file may have been cut off here"
    ]
    assert faults_of(GOOD, OTHER[:30]) == ["line 3: has 2 values, the first line has 10 columns"]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "the file is empty"),
        (b" \r\n", "the file is empty"),
        (f"{HEADER}\n".encode(), "the file holds no municipality, only the names of the columns"),
        (f"{HEADER}\n{GOOD}\n\0\n".encode(), "line 3: holds a NUL character"),
        (
            f"{HEADER}\n{GOOD.replace('Š', 'S')}\n{OTHER}\n".encode("windows-1250"),
            "line 2: is not UTF-8 (is the file in Windows-1250?)",
        ),
        (f"{HEADER}\n{GOOD}\n\0\n".encode("utf-16"), "line 3: holds a NUL character"),
        (
            f"{HEADER}\n{GOOD}\n".encode("utf-16").replace("Š".encode("utf-16-le"), b"\x00\xd8"),
            "line 2: district_cs holds a character that cannot be seen",
        ),
        (f'{HEADER}\n"{GOOD}\n'.encode(), "line 2: cannot be read as CSV (unexpected end of data)"),
        (b"\x89PNG\r\n\x1a\n", "line 1: is not UTF-8 (is the file in Windows-1250?)"),
    ],
)
def test_what_is_no_table_is_refused(data, fault):
    assert faults(data) == [fault]
