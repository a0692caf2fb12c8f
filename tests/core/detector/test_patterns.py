"""What personal data looks like, and what only looks like it."""

from time import perf_counter

import pytest

from core.detector import patterns
from core.detector.addresses import addresses
from core.detector.birth_numbers import birth_numbers
from core.detector.finds import Known, find
from core.detector.names import find_people
from tests.core.detector.reading import found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "jana.novakova@seznam.cz",
        "j_n+1@obec.example.cz",
        "jana (zavináč) seznam.cz",
        "jana[at]seznam[dot]cz",
        "jana@seznam\u200b.cz",
        "JANA@OBEC.CZ",
    ],
)
def test_an_email_address_is_found(text):
    assert len(found(patterns.emails, f"Pište na {text} nebo volejte.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "777 123 456",
        "777123456",
        "+420 777 123 456",
        "+420777123456",
        "00420 777 123 456",
        "777-123-456",
        "777\u00a0123\u00a0456",
        "777/123 456",
        "221 922 222",
        "+421 905 123 456",
    ],
)
def test_a_phone_number_is_found(text):
    assert len(found(patterns.phones, f"Volejte {text}, prosím.")) == 1


def test_a_known_phone_is_found_however_it_is_spaced():
    text = "Volejte 77 71 23 45 6 kdykoli."
    spans = list(patterns.phones(text, ["777123456"]))
    assert [text[start:end] for start, end in spans] == ["77 71 23 45 6"]


@pytest.mark.parametrize(
    "text",
    [
        "Jan Novák, 12. 5. 1980,",
        "Jan Novák (12. května 2015)",
        "Jan Novák 12.5.1980",
        "Jan Novák * 12. 5. 1980",
    ],
)
def test_a_date_right_behind_a_person_is_one_of_birth(text):
    assert [text[start:end].rstrip(",)") for start, end in patterns.birth_dates(text, [(0, 9)])] == [
        text[9:].strip(" ,()*")
    ]


@pytest.mark.parametrize(
    "text", ["Klientka (12. 5. 1980) žádá", "J. N., 12. 5. 1980, žádá", "syn, 3. 2. 2019"]
)
def test_a_date_behind_a_word_for_a_person_is_one_of_birth(text):
    assert len(found(patterns.birth_dates, text)) == 1


@pytest.mark.parametrize(
    "text", ["nar. 12. 3. 1980", "narozena dne 1. 12. 1975", "narozený 5. května 1990", "born on 5 May 1990"]
)
def test_a_date_of_birth_is_found(text):
    assert found(patterns.birth_dates, f"Paní {text} žádala.") == [text]


@pytest.mark.parametrize(
    "text", ["34278-0727558021/0100", "CZ65 0800 0000 1920 0014 5399", "CZ6508000000192000145399"]
)
def test_a_bank_account_is_found(text):
    assert found(patterns.accounts, f"Pošlete to na účet {text} hned.") == [text]


@pytest.mark.parametrize("text", ["110 00 Praha", "11000 Praha", "753 01 Hranice", "PSČ 753 01"])
def test_a_postal_code_with_its_place_is_found(text):
    assert found(patterns.postcodes, f"Adresa: {text}.") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "sp. zn. 26 Cdo 1234/2019",
        "č. j. MUHR/1234/2026",
        "čj. 5/2020",
        "spisová značka SZ 12/2026",
        "c.j. 88/21",
    ],
)
def test_a_file_number_is_found(text):
    assert found(patterns.file_numbers, f"Rozhodnutí {text} je pravomocné.") == [text]


def test_a_licence_plate_and_a_reference_are_found():
    assert found(patterns.plates, "Auto 1A2 3456 stálo před domem.") == ["1A2 3456"]
    assert found(patterns.links, "Viz SH-2026-000012 a /cs/requests/abc-DEF_1/.") == [
        "SH-2026-000012",
        "/requests/abc-DEF_1/",
    ]


ORDINARY = [
    "Datovou schránku mohou zřídit i zastupitelstva. Datové schránky se zavádějí postupně.",
    "Rozhodnutí 2014/24/EU a nařízení 2016/679/EU, projekt CZ.03.02.02/00/22_004/0000245.",
    "Na účet přišlo 1500000 Kč.",
    "Smlouva ze dne 12. 5. 1980, zákon platí od 1. 1. 1992.",
    "Paní 12. 5. 2026 podala žádost.",
    "Setkání bylo v devět at home.",
    "V roce 1980 a ročník časopisu 12.",
    "Bratří Čapků 8 domácností nechtělo.",
    "Podle zákona č. 108/2006 Sb., o sociálních službách, § 37 odst. 2.",
    "Zákon č. 89/2012 Sb., občanský zákoník, § 2235 až 2301.",
    "Vyhláška 505/2006 Sb. platí od 1. 1. 2007.",
    "Příspěvek činil 12 500 Kč měsíčně, celkem 123 456 789 Kč.",
    "Praha 14 a Praha 7 se zapojily v roce 2017.",
    "V Brně 15 domácností získalo byt.",
    "Od 28. října 2018 do 31. prosince 2020.",
    "Do 15 dnů od doručení výzvy.",
    "Tabulka 3 a Příloha 1 jsou součástí.",
    "Každá 3. rodina potřebuje podporu.",
    "Nová 2. etapa začne za 6 měsíců.",
    "Projekt CZ.03.2.X/0.0/0.0/15_017/0003539.",
    "Nájemné 98,50 Kč za m2 a 45 m2 plochy.",
    "Obec má 400 obyvatel a 12 bytů.",
    "Metodika z roku 2019, strana 45.",
    "Housing First 2020 was evaluated.",
    "Section 35(2) of Act 128/2000 Coll.",
    "More than 40 % of disposable income.",
    "In 2019 the Contact Centre answered 1,200 requests.",
    "The allowance was CZK 10,000 for 12 months.",
    "Úřad práce odpoví nejpozději do 30 dnů.",
    "Z 16 obcí jich 12 pokračuje.",
    "Čl. 11 Listiny základních práv a svobod.",
    "Lhůta je 60 dní, nejdéle 3 měsíce.",
]
FINDERS = [
    patterns.emails,
    patterns.phones,
    birth_numbers,
    patterns.birth_dates,
    patterns.accounts,
    addresses,
    patterns.postcodes,
    patterns.file_numbers,
    patterns.plates,
    patterns.data_boxes,
    patterns.documents,
    patterns.links,
    find_people,
]


@pytest.mark.parametrize("sentence", ORDINARY)
def test_ordinary_text_holds_nothing(sentence):
    assert [hit for finder in FINDERS for hit in found(finder, sentence)] == []


HOSTILE = [
    "a" * 20000, "1 " * 10000, "Na " * 7000, "A@" * 9000, "Ulice " * 3500, "č.j." * 5000, "a tečka " * 2500,
    "a." * 10000, "účet " * 4000, "A" * 20000, "AB-" * 6600, "1/" * 10000, "12. " * 5000, "Jan " * 5000,
    "datová schránka " * 1250, "pan " * 5000, "SPZ A" * 4000, "MALÝ Malý malý " * 1300, "A1 " * 6600,
    "“) " * 6600,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:8])
def test_a_hostile_text_is_read_to_its_end_at_once(text):
    began = perf_counter()
    find({"text": text}, Known(names=("Jan Malý",), phones=("777123456",), places=("Ulice", "Nová Ves")))
    assert perf_counter() - began < 3
