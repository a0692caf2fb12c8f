"""New words apart from history and signatures."""

import pytest

from core.letters.text import folded, passed_on


@pytest.mark.parametrize(
    "closing",
    ["S pozdravem", "S pozdravem,", "Děkuji", "Hezký den,", "Best regards", "Mit freundlichen Grüßen"],
)
def test_a_signature_is_folded(closing):
    result = folded(f"Prosím o radu.\n\n{closing}\nJana Nováková\nvedoucí odboru sociálních věcí\ntel. 601")
    assert result.text == "Prosím o radu."
    assert result.quoted.startswith(closing)


@pytest.mark.parametrize(
    "below",
    [
        "Mohu přijít zítra po osmé hodině.",
        "Jana\nP.S. Prosím neposílejte nic poštou.",
        "Jana\nKdy se ozvete?",
        "x" * 130,
        "\n".join(f"řádek {n}" for n in range(20)),
    ],
)
def test_words_below_a_closing_stay(below):
    text = f"Prosím o radu.\n\nDěkuji\n{below}"
    assert folded(text).text == text
    assert folded(text).quoted == ""


@pytest.mark.parametrize(
    "text", ["S pozdravem\nJana", "> jen citace", "--\nJana", "Dne 1. 3. 2025 X napsal:\n> a"]
)
def test_nothing_is_folded_where_nothing_would_be_left(text):
    assert folded(text).text == text
    assert folded(text).quoted == ""


def test_a_signature_below_the_quotation_is_no_new_word():
    result = folded("Ano.\n\nDne 1. 3. 2025 v 9:15 X napsal:\n> Souhlasíte?\n\n--\nJana\ntel. 601")
    assert result.text == "Ano."


def test_no_word_is_lost():
    text = (
        "Nahoře.\n\nDne 1. 3. 2025 v 9:15 X napsal:\n> jedna\n\nMezi.\n\n> dvě\n\nDole.\n\nS pozdravem\nJana"
    )
    result = folded(text)
    assert [word for word in text.split() if word not in f"{result.text} {result.quoted}".split()] == []
    assert "Mezi." in result.text
    assert "Dole." in result.text


@pytest.mark.parametrize(
    "line",
    ["Od: Jana <jana@example.com>", "From: Jana [mailto:jana@example.com]", "*Od:* Jana <jana@example.com>"],
)
def test_the_original_sender_of_a_forward(line):
    sender, text = passed_on(f"Vizte:\n\n{line}\nOdesláno: včera\nKomu: x\nPředmět: y\n\nPrvní.\nDruhá.")
    assert (sender.name, sender.email) == ("Jana", "jana@example.com")
    assert text == "První.\nDruhá."


def test_a_forward_without_an_address_has_no_original_sender():
    assert passed_on("Od: Jana\nOdesláno: včera\nKomu: x\nPředmět: y\n\nText") == (None, "")
