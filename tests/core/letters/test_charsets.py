"""Bytes as text: the declared set by all its names, or the most plausible guess."""

import pytest

from core.letters.charsets import decoded, is_guessed

CZECH = "Žluťoučký kůň, šílené nájemné. Žádám o radu."
SLOVAK = "Dobrý deň, či ľudia bez trvalého pobytu môžu žiadať o byt."
POLISH = "Dzień dobry, chciałbym zapytać o mieszkanie. Proszę o pomoc."
RUSSIAN = "Добрый день, хозяин выгоняет нас из квартиры."
UKRAINIAN = "Добрий день, господар виганяє нас із квартири."
GERMAN = "Ich möchte über die Förderung für Häuser fragen."


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("x-mac-ce", "mac-latin2"), ("mac-ce", "mac-latin2"), ("X-MAC-CENTRALEURROMAN", "mac-latin2"),
        ("macintosh-latin2", "mac-latin2"), ("maccentraleurope", "mac-latin2"), ("MacCE", "mac-latin2"),
        ("windows-1250", "cp1250"), ("win-1250", "cp1250"), ("win1250", "cp1250"), ("x-cp1250", "cp1250"),
        ("windows_1250", "cp1250"), ('"windows-1250"', "cp1250"), ("ms-1250", "cp1250"),
        ("iso-8859-2", "iso8859-2"), ("iso_8859-2:1987", "iso8859-2"), ("8859-2", "iso8859-2"),
        ("iso-88592", "iso8859-2"), ("latin-2", "iso8859-2"), ("latin2", "iso8859-2"),
        ("csISOLatin2", "iso8859-2"),
        ("ibm852", "cp852"), ("dos-852", "cp852"), ("pc852", "cp852"), ("cp-852", "cp852"),
    ],
)  # fmt: skip
def test_a_set_of_letters_by_all_its_names(name, codec):
    assert decoded(CZECH.encode(codec), name) == CZECH
    assert not is_guessed(CZECH.encode(codec), name)


@pytest.mark.parametrize(
    ("name", "codec", "text"),
    [
        ("windows-1251", "cp1251", RUSSIAN), ("x-win-1251", "cp1251", UKRAINIAN),
        ("koi8-r", "koi8-r", RUSSIAN),
        ("koi8-ru", "koi8-u", UKRAINIAN), ("x-mac-ukrainian", "mac-cyrillic", RUSSIAN),
        ("unicode", "utf-16", CZECH), ("ucs-2", "utf-16", CZECH), ("utf8mb4", "utf-8", CZECH),
        ("windows-1258", "cp1258", "Xin chào"), ("x-unknown", "utf-8-sig", CZECH),
        ("us-ascii", "utf-16", CZECH),
    ],
)  # fmt: skip
def test_other_languages_and_unicode(name, codec, text):
    assert decoded(text.encode(codec), name) == text
    assert not is_guessed(text.encode(codec), name)


@pytest.mark.parametrize(
    ("text", "codecs"),
    [
        (CZECH, ("cp1250", "iso8859-2", "mac-latin2", "cp852")),
        (SLOVAK, ("cp1250", "iso8859-2", "mac-latin2", "cp852")),
        (POLISH, ("cp1250", "iso8859-2", "mac-latin2", "cp852")),
        (RUSSIAN, ("cp1251", "koi8-r")),
        (UKRAINIAN, ("cp1251", "koi8-u")),
        (GERMAN, ("cp1252", "iso8859-1")),
    ],
)
@pytest.mark.parametrize("told", ["", "x-mujovo", "us-ascii", "utf-8"])
def test_where_nothing_of_use_is_told_the_most_plausible_text_is_guessed(text, codecs, told):
    for codec in codecs:
        assert decoded(text.encode(codec), told) == text
        assert is_guessed(text.encode(codec), told)


def test_a_set_that_the_bytes_cannot_be_in_is_not_believed():
    # Nothing stands for 0x98 in windows-1251.
    content = "Kde požádat o byt? ".encode("cp852") + "ŘÍ ś".encode("cp852")
    assert b"\x98" in content
    assert decoded(content, "windows-1251").startswith("Kde požádat o byt?")
    assert is_guessed(content, "windows-1251")


def test_what_says_utf_16_and_is_not_is_read_as_it_is():
    assert decoded("Kůň".encode(), "utf-16") == "Kůň"
