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


ANNOUNCEMENTS = [
    "po 23. 11. 2026 v 10:15 odesílatel Kontaktní centrum <k@example.org> napsal:",
    "Dne 23. 11. 2026 v 10:15 Kontaktní centrum napsal(a):",
    "23. 11. 2026 v 10:15, Kontaktní centrum <k@example.org>:",
    "po 23. 11. 2026 o 10:15 Kontaktné centrum <k@example.org> napísal(a):",
    "Dňa 23. 11. 2026 o 10:15 Kontaktné centrum napísal:",
    "пн, 23 лист. 2026 р. о 10:15 Центр <k@example.org> пише:",
    "23.11.26 10:15, Центр пише:",
    "пн, 23 нояб. 2026 г. в 10:15, Центр <k@example.org>:",
    "23.11.2026, 10:15, Центр пишет:",
    "Понедельник, 23 ноября 2026, 10:15 +01:00 от Центр <k@example.org>:",
    "pon., 23 lis 2026 o 10:15 Centrum <k@example.org> napisał(a):",
    "W dniu 23.11.2026 o 10:15, Centrum pisze:",
    "Am Mo., 23. Nov. 2026 um 10:15 Uhr schrieb Centrum <k@example.org>:",
    "Am 23.11.26 um 10:15 schrieb Centrum:",
    "On Mon, Nov 23, 2026 at 10:15 AM Centre <k@example.org> wrote:",
    "On 23 Nov 2026, Centre wrote:",
    "Vào Th 2, 23 thg 11, 2026 vào lúc 10:15 Trung tâm <k@example.org> đã viết:",
    "Vào 23/11/2026 10:15, Trung tâm viết:",
    "On Mon, Nov 23, 2026 at 10:15 AM Centre\n<k@example.org> wrote:",
    "-----Pôvodná správa-----",
    "-------- Oryginalna wiadomość --------",
    "-------- Исходное сообщение --------",
]


@pytest.mark.parametrize("line", ANNOUNCEMENTS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_what_introduces_a_marked_quotation_is_folded_with_it(line, gap):
    result = folded(f"Nová slova.\n\n{line}{gap}> Dobrý den,\n> pošlete smlouvu.")
    assert (result.text, result.quoted.splitlines()[-1]) == ("Nová slova.", "> pošlete smlouvu.")


@pytest.mark.parametrize("line", ANNOUNCEMENTS)
def test_the_same_words_without_a_quotation_below_stay(line):
    text = f"Nová slova.\n\n{line}\nKončíme k poslednímu prosinci.\nCo mám dělat?"
    assert folded(text).text == text


@pytest.mark.parametrize(
    "head",
    [
        "Od: Centrum\nOdesláno: pondělí 23. listopadu 2026 10:15\nKomu: Jana\nPředmět: Re: Byt",
        "Od: Centrum <k@example.org>\nOdoslané: pondelok\nKomu: Jana\nPredmet: Byt",
        "Від: Центр <k@example.org>\nНадіслано: понеділок\nКому: Jana\nТема: Byt",
        "От: Центр <k@example.org>\nОтправлено: понедельник\nКому: Jana\nТема: Byt",
        "Od: Centrum <k@example.org>\nWysłane: poniedziałek\nDo: Jana\nTemat: Byt",
        "Von: Centrum <k@example.org>\nGesendet: Montag\nAn: Jana\nBetreff: Byt",
        "From: Centre\nSent: Monday, November 23, 2026 10:15 AM\nTo: Jana\nSubject: Byt",
        "Từ: Trung tâm <k@example.org>\nĐã gửi: Thứ Hai\nĐến: Jana\nChủ đề: Byt",
    ],
)
def test_the_full_head_of_a_mail_begins_a_quotation(head):
    result = folded(f"Nová slova.\n\n{head}\n\nDobrý den.")
    assert (result.text, result.quoted) == ("Nová slova.", f"{head}\n\nDobrý den.")


@pytest.mark.parametrize(
    "text",
    [
        # A head without an address and a date is a list of somebody's own.
        "Hodí se mi:\nOd: pondělí\nDo: středy\nKomu: mně\nPředmět: schůzka\nMůžete přijít?",
        "Majitel píše:\nOd 1. 12. 2026 zvyšuji nájem.\nMůže?",
        "On 5 November 2026 the owner wrote:\nWe end the lease.\nWhat now?",
        "5. 11. 2026 v 10:15 mi majitel volal a řekl:\nKončíte.\nCo teď?",
        "Co mi přišlo:\nPůvodní zpráva\nKončíte k prosinci.",
        "Varianty:\n--\nPrvní byt je menší\nDruhý byt je dražší",
        "Chci se zeptat na dva byty.\n--\nprvní je menší\n--\ndruhý je dražší",
        "Děkuji\nKauce je dvacet tisíc",
        "Děkuji\n--\nkdy se ozvete\nzítra nemůžu",
        "Byt -- ten menší -- je volný.\nMůže ho dostat?",
    ],
)
def test_words_of_a_person_are_never_folded(text):
    assert (folded(text).text, folded(text).quoted) == (text, "")


@pytest.mark.parametrize(
    "signature",
    ["--\nJana Nováková\nvedoucí odboru sociálních věcí\ntel. 601", "—\nMgr. Jan Novák", "--\nMěsto Vzorov"],
)
def test_a_signature_below_dashes_is_folded(signature):
    assert folded(f"Prosím o radu.\n{signature}").text == "Prosím o radu."
