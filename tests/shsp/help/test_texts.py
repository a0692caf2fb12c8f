"""The texts of the guided page: complete in all four readings, each fact with its source."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from consultations.choices import HomeLoss
from shsp.help.content import DATA, read
from shsp.help.texts import READINGS, Texts

NAMES = sorted(path.stem for path in DATA.glob("*.yaml"))
# The benefits of the law before October 2025; today's page names them only to say what replaced them.
REPLACED = re.compile(r"příspěv|doplat|přídav|allowance|supplement", re.IGNORECASE)


def texts_in(data: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every text of a file, with where it stands."""
    if isinstance(data, dict):
        if "cs" in data:
            yield path, data
        for key, value in data.items():
            yield from texts_in(value, f"{path}/{key}")
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from texts_in(value, f"{path}/{number}")


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_there_in_all_four_readings(name):
    missing = [path for path, text in texts_in(read(name)) if not all(text.get(key) for key in READINGS)]
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_ukrainian_is_ukrainian_and_czech_words_in_it_say_so(name):
    latin = re.compile(r"[A-Za-zÀ-ž]{2,}")
    outside = [
        (path, latin.findall(re.sub(r"\[[^]]*\]|%\(\w+\)s", "", text["uk"])))
        for path, text in texts_in(read(name))
    ]
    assert [(path, words) for path, words in outside if words] == []


@pytest.mark.parametrize("name", NAMES)
def test_easy_czech_has_short_sentences(name):
    sentences = [
        sentence
        for _path, text in texts_in(read(name))
        for sentence in re.split(r"(?<=[.!?:]) ", re.sub(r"[][{}]", "", text["easy"]))
    ]
    assert [sentence for sentence in sentences if len(sentence.split()) > 14] == []


def test_every_source_that_a_text_names_is_there_and_none_is_left_over():
    named = set()
    for name in NAMES:
        for found in re.findall(r"from: \[([^]]*)\]", (DATA / f"{name}.yaml").read_text()):
            named |= {slug.strip() for slug in found.split(",")}
    assert named == set(read("sources"))


def test_every_fact_has_a_source():
    assert [fact["slug"] for fact in read("facts")["facts"] if not fact["from"]] == []


def test_replaced_benefits_are_named_only_as_replaced():
    told = [
        text["cs"] for name in NAMES for _path, text in texts_in(read(name)) if REPLACED.search(text["cs"])
    ]
    assert [text for text in told if "Nahradila" not in text and "přispívá" not in text] == []


def test_every_value_of_how_soon_has_its_words():
    assert list(read("soon")) == HomeLoss.values


def test_situations_keep_short_neutral_keys():
    assert {row["key"]: row["slug"] for row in read("situations")} == {
        "1": "notice", "2": "debts", "3": "eviction", "4": "violence", "5": "hostel", "6": "leaving",
        "7": "roofless",
    }  # fmt: skip


def test_marks_become_words_of_another_language_numbers_to_call_and_lines():
    text = {
        "cs": "Volejte {116 006}. Ano.",
        "en": "the [Úřad práce] <b>",
        "uk": "x",
        "easy": "Volejte {112}. Ano.",
    }

    assert Texts(READINGS["cs"]).marked(text) == 'Volejte <a href="tel:116006">116\xa0006</a>. Ano.'
    assert Texts(READINGS["en"]).marked(text) == 'the <span lang="cs">Úřad práce</span> &lt;b&gt;'
    assert Texts(READINGS["easy"]).marked(text) == 'Volejte <a href="tel:112">112</a>.<br> Ano.'


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        ("cs", "5.\xa0února\xa02024"),
        ("easy", "5.\xa0února\xa02024"),
        ("en", "5\xa0February\xa02024"),
        ("uk", "5\xa0лютого\xa02024\xa0року"),
    ],
)
def test_days_are_in_words_of_the_reading(reading, words):
    texts = Texts(READINGS[reading])
    assert [texts.day(day) for day in ("2024-02-05", "2024-02", "2024", "")] == [words, "2/2024", "2024", ""]
