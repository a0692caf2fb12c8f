"""Sentences that say that a home is being lost, and such as only sound like it."""

import pytest

from consultations.intake import urgency
from consultations.intake.urgency import speaks_of_losing_home
from core.search.text import fold

SAY_SO = [
    "Zítra nás vystěhují.",
    "zitra nas vystehuji",
    "Exekutor přijde ve středu",
    "ve stredu prijde exekutor",
    "Jsem na ulici s dětmi",
    "jsem na ulici s detmi",
    "Dostala jsem výpověď z bytu",
    "dostala jsem vypoved z bytu",
    "Majitel nás vyhodil",
    "majitel nas chce vyhodit z bytu",
    "V pátek musíme pryč",
    "Nemáme kde spát",
    "nemame kam jit",
    "Do konce měsíce se máme vystěhovat a nevíme, kam jít.",
    "Pronajímatel nám dal výpověď a do konce měsíce se máme vystěhovat.",
    "Musím se do pátku vystěhovat z ubytovny",
    "Hrozí nám vystěhování",
    "Spím v autě už týden",
    "Bydlíme ve stanu",
    "Bojím se, že přijdu o byt",
    "Přišli jsme o střechu nad hlavou",
    "Končí nám nájemní smlouva a majitel ji neprodlouží",
    "Majitel nám neprodloužil smlouvu",
    "Příští týden nás vyhodí z azylového domu",
    "Dceru i s vnoučaty vyhodili z bytu",
    "Klientka má dnes poslední den na ubytovně a nemá kde spát.",
    "Klientku ve středu vystěhují",
    "Vyhořeli jsme a jsme bez bydlení.",
    "Partner mě vyhodil z domu",
    "Jdou nám vydražit byt",
    "Od pondělí budeme bez střechy nad hlavou",
    "Zavírají nám ubytovnu",
    "Skončíme na ulici",
    "Budeme bezdomovci",
    "Exekutor nás přijde vystěhovat",
    "We are being evicted on Friday",
    "I have been kicked out by my landlord",
    "I am homeless with two children",
    "We have nowhere to sleep",
    "I am sleeping in my car",
    "We have to move out by Friday",
    "My landlord wants us out",
    "I will lose my flat next week",
    "The bailiff is coming on Wednesday",
    "We got a notice to quit",
    "Our lease ends in two weeks and we cannot stay",
]
DO_NOT = [
    "Exekuce na plat",
    "Jak funguje exekuce na plat a co mi zbyde?",
    "Městské byty",
    "Kolik městských bytů má mít obec?",
    "Zítra máme jednání zastupitelstva",
    "V pátek musíme odevzdat výkaz",
    "Výzkum vystěhování v českých městech",
    "Píši diplomovou práci o tom, proč nás vystěhování ve městech zajímá",
    "Provozujeme noclehárnu pro lidi bez domova.",
    "Jsme organizace pro lidi bez domova",
    "Náš program pomáhá rodinám, které přišly o bydlení.",
    "Náš úřad vystěhuje kanceláře do nové budovy",
    "Jak předcházet ztrátě bydlení v obci?",
    "Prevence ztráty bydlení",
    "Jak může obec ukončit nájem neplatiči?",
    "Dostala jsem výpověď z práce, mám nárok na příspěvek?",
    "Jaká je výpovědní doba u nájmu na dobu neurčitou?",
    "Chceme vyklidit byt po zemřelém nájemníkovi",
    "Jak mohu vystěhovat nájemníka, který neplatí?",
    "Dal jsem nájemníkovi výpověď, co dál?",
    "Hledám byt pro rodinu.",
    "Kde požádat o byt",
    "Příspěvek na bydlení při podnájmu",
    "Našel jsem byt, ale chtějí dvě kauce předem.",
    "Už čtyři roky bydlím na ubytovně a hledám byt.",
    "Nemáme kde skladovat nábytek",
    "Nevíme, kam se obrátit se žádostí o dotaci",
    "Kolik lidí ročně přijde o bydlení?",
    "Do pátku musíme podat žádost o dotaci",
    "Na ulici Dlouhé máme prázdný dům",
    "Kupujeme dům se šesti byty. Podle čeho se pozná, že lokalita není vyloučená?",
    "Osoby bez domova v našem městě a krizové bydlení",
    "Jak nastavit splátkový kalendář pro nájemníky?",
    "Exekutor nám neposlal potvrzení",
    "I am writing a thesis on evictions in Brno",
    "How many people become homeless each year?",
    "Our programme helps people who lose their home",
    "Data on tenancy sustainment",
    "Tomorrow we have a council meeting",
    "Do I have to leave my name?",
    "Připravujeme nová pravidla přidělování bytů. Je lepší pořadník podle bodů?",
    "Mám nárok na doplatek na bydlení?",
    "Můj nájemník se odstěhoval a dluží",
    "Jak postupovat při exekučním vymáhání nájmu?",
]


@pytest.mark.parametrize("sentence", SAY_SO)
def test_words_that_say_so_are_understood(sentence: str) -> None:
    assert speaks_of_losing_home(sentence)
    assert speaks_of_losing_home(fold(sentence))
    assert speaks_of_losing_home(sentence.upper())
    assert speaks_of_losing_home("Dotaz", f"Dobrý den. {sentence} Děkuji.")


@pytest.mark.parametrize("sentence", DO_NOT)
def test_words_that_only_sound_like_it_are_not_asked_about(sentence: str) -> None:
    assert not speaks_of_losing_home(sentence)


def test_one_sentence_says_so_whatever_the_others_say() -> None:
    assert speaks_of_losing_home("Četla jsem výzkum o bydlení.\nZítra nás vystěhují")


def test_nothing_says_nothing() -> None:
    assert not speaks_of_losing_home("", "  \n")


def test_the_longest_text_is_read_at_once() -> None:
    assert not speaks_of_losing_home("nás jsme máme nám mi dostal " * 400)


def test_no_more_is_read_than_a_form_may_hold_whatever_its_letters_come_apart_into() -> None:
    assert len(urgency._plain("\ufdfa" * 10_000)) == urgency.MOST_READ
    assert len(urgency._plain("a" * 1_000_000)) == urgency.MOST_READ
