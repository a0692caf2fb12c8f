"""Names in any Czech case ending, and ordinary words that are none."""

import pytest

from consultations.inflection import find_names, find_place, forms_of, words_of_name

FORMS = {
    "Novák": "Novák Nováka Novákovi Novákem Nováku Nováci Nováků Novákům Nováky Novácích Novákův Novákova "
    "Novákovo Novákovy Novákových Novákové Novákovou Nováková NOVÁKEM novákovi Novaka Novakovi Nováks",
    "Nováková": "Nováková Novákové Novákovou Novákovy Novák Novákem Novákovi Novakova NOVÁKOVÁ",
    "Svoboda": "Svoboda Svobody Svobodovi Svobodu Svobodo Svobodou Svobodové Svobodova Svobodům",
    "Svobodová": "Svobodová Svobodové Svobodovou Svoboda Svobodovi",
    "Dvořáček": "Dvořáček Dvořáčka Dvořáčkovi Dvořáčkem Dvořáčku Dvořáčkův Dvoracka Dvořáčkovou",
    "Dvořáčková": "Dvořáčková Dvořáčkové Dvořáček Dvořáčkem",
    "Němec": "Němec Němce Němcovi Němcem Němci Němcová Nemcem",
    "Němcová": "Němcové Němec Němcem",
    "Šebek": "Šebek Šebka Šebkovi Šebkem Sebka",
    "Hájek": "Hájek Hájka Hájkovi Hájkem Hájkova",
    "Krejčí": "Krejčí Krejčího Krejčímu Krejčím Krejčích Krejcimu",
    "Novotný": "Novotný Novotného Novotnému Novotným Novotní Novotných Novotná Novotnou",
    "Černá": "Černá Černé Černou Cerne",
    "Marie": "Marie Marii Marií Mariin Mariina",
    "Lucie": "Lucie Lucii Lucií",
    "Jana": "Jana Jany Janě Janu Jano Janou Janin Janina",
    "Petr": "Petr Petra Petrovi Petře Petrem Petrův",
    "Pavel": "Pavel Pavla Pavlovi Pavlem Pavle Pavlův",
    "Karel": "Karel Karla Karlovi Karlem Karle",
    "Jiří": "Jiří Jiřího Jiřímu Jiřím",
    "Zdeněk": "Zdeněk Zdeňka Zdeňkovi Zdeňkem",
    "Blanka": "Blanka Blanky Blance Blanku Blankou Blančin Blančina",
    "Olga": "Olga Olgy Olze Olgu Olžin",
    "Vojtěch": "Vojtěch Vojtěcha Vojtěše Vojtěchovi",
    "Eva": "Eva Evy Evě Evu Evou Evin Evina",
    "Ivo": "Ivo Iva Ivovi Ivem Ivu",
    "Lev": "Lev Lva Lvovi Lvem",
    "Švec": "Švec Ševce Ševcovi Ševcem",
    "Lenský": "Lenský Lenského Lenskému Lenští Lenských",
    "Kůs": "Kůs Kosa Kosovi",
    "René": "René Reného Renému Reném",
    "Kovalenko": "Kovalenko Kovalenka Kovalenkovi Kovalenkem",
    "Nguyễn": "Nguyen Nguyena Nguyenovi Nguyễn",
    "Horváth": "Horváth Horvátha Horváthovi Horváthem Horváthová Horváthové",
    "Purkyně": "Purkyně Purkyněho Purkyni",
    "Matouš": "Matouš Matouše Matoušovi Matoušem",
    "Tomáš": "Tomáš Tomáše Tomášovi Tomášem",
    "Nikol": "Nikol",
    "Chládek": "Chládek Chládka CHLÁDKOVI",
    "Procházka": "Procházka Procházky Procházkovi Procházce Procházkou Procházkových",
    "Vu": "Vu VU",
}
PAIRS = [(name, form) for name, forms in FORMS.items() for form in forms.split()]


@pytest.mark.parametrize(("name", "form"), PAIRS)
def test_a_form_of_a_name_is_found(name, form):
    assert [match.group() for match in find_names(f"Požádal {form} o byt.", [name])] == [form]


PEOPLE = [
    "Novák",
    "Nováková",
    "Dvořáček",
    "Němec",
    "Šebek",
    "Hájek",
    "Krejčí",
    "Novotný",
    "Marie",
    "Jana",
    "Petr",
    "Pavel",
    "Karel",
    "Jiří",
    "Eva",
    "Ivo",
    "Blanka",
    "Olga",
    "Vojtěch",
    "Matouš",
    "Tomáš",
    "Horváth",
    "Vu",
    "Švec",
    "Lucie",
    "Zdeněk",
    "Kovalenko",
    "Bartošová",
    "Ladislav",
    "Michaela",
]
ORDINARY = [
    "Obec může přidělit byt podle bodů.",
    "Nájemní smlouva se uzavírá na dobu určitou.",
    "O příspěvek na bydlení se žádá na Úřadu práce.",
    "Jaké doklady jsou potřeba k žádosti?",
    "Sociální pracovník pomáhá s dluhy i s udržením nájmu.",
    "Kdo sociální byt získá, platí běžné nájemné.",
    "Novela zákona platí od ledna.",
    "Nová výstavba je nákladná, nově se však podporuje nájem.",
    "Nováček v programu dostane metodickou podporu.",
    "Bytový fond obce tvoří sto bytů.",
    "Petice občanů se projedná na zastupitelstvu.",
    "Petrolej ani jiná topiva se neproplácejí.",
    "Pavlač patří ke společným prostorám domu.",
    "Kartel dodavatelů to není.",
    "Jiné obce postupují jinak.",
    "Marná žádost se může podat znovu.",
    "Jako doklad stačí čestné prohlášení.",
    "Janov je sídliště, ne jméno.",
    "Evropský sociální fond hradí část nákladů.",
    "Evidence žadatelů se vede elektronicky.",
    "Eventuální přeplatek se vrací.",
    "Vojenské byty spravuje ministerstvo.",
    "Ivančice a okolí mají svůj koncept.",
    "Němčina ani čeština nejsou podmínkou.",
    "Krejčovství v přízemí zůstane.",
    "Hajný bydlí ve služebním bytě.",
    "Blankyt v logu nemá význam.",
    "Matematika pomůže spočítat nájem.",
    "Tomograf je zdravotnický přístroj.",
    "Horní hranice nájmu se nemění.",
    "Luciferin není dávka.",
    "Zdravotní stav žadatele se nezjišťuje.",
    "Kovárna stojí na návsi.",
    "Bártovo náměstí je v Brně.",
    "Ladění rozpočtu zabere měsíc.",
    "Michal není žadatelka, ale Míšek ano.",
    "Kdy vůbec musí obec odpovědět?",
    "Vůle zastupitelstva rozhoduje.",
    "Ševelení listí nikoho neruší.",
    "Karlovarský kraj má vlastní koncept.",
    "Olgoj chorchoj je tvor z pohádek.",
    "The municipality decides by its own rules, and the tenant pays the rent.",
    "Housing First is a programme for people without a home.",
]


@pytest.mark.parametrize("sentence", ORDINARY)
def test_ordinary_text_holds_no_name(sentence):
    assert [match.group() for match in find_names(sentence, PEOPLE)] == []


def test_there_are_enough_pairs_and_sentences():
    assert len(PAIRS) >= 60
    assert len(ORDINARY) >= 40


def test_a_name_is_taken_apart_without_its_titles():
    assert words_of_name("Ing. arch. Jana Nováková-Svobodová, Ph.D.") == ["Jana", "Nováková", "Svobodová"]
    assert words_of_name("paní J. Černá") == ["Černá"]
    assert words_of_name("") == []


def test_two_letters_are_a_name_only_when_written_like_one():
    assert list(find_names("vu", ["Vu"])) == []


def test_a_word_that_is_also_a_name_is_never_passed_over():
    assert [match.group() for match in find_names("Obec má malý byt.", ["Jan Malý"])] == ["malý"]


def test_a_letter_with_its_mark_apart_is_the_same_letter():
    decomposed = "Nova\u0301k"
    assert forms_of(decomposed).matches("Novákem")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Obrnice", "Obrnice"),
        ("Obrnice", "Obrnic"),
        ("Obrnice", "Obrnicích"),
        ("Obrnice", "obrnický"),
        ("Křižánky", "Křižánkách"),
        ("Křižánky", "Křižánek"),
        ("Veselíčko", "Veselíčku"),
        ("Velké Losiny", "Velkých Losinách"),
        ("Velké Losiny", "VELKÝM LOSINÁM"),
        ("Lhota", "Lhotě"),
        ("Kladruby", "Kladrubech"),
        ("Ralsko", "Ralsku"),
        ("Ralsko", "ralského"),
        ("Vír", "Víru"),
    ],
)
def test_a_place_is_found_in_any_case(name, text):
    sentence = f"Úřad {text} odpověděl."
    assert [sentence[start:end] for start, end in find_place(sentence, name)] == [text]


def test_a_place_of_two_words_needs_both():
    assert list(find_place("Velké město a losi", "Velké Losiny")) == []
