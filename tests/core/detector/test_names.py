"""Names in any Czech case ending, and ordinary words that are none."""

import pytest

from core.detector.names import find_names, find_people, is_first_name, words_of_name


def found(text, *names):
    """Return the words in which these people are named."""
    return [text[start:end] for start, end in find_names(text, names)]


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
    assert found(f"Požádal {form} o byt.", name) == [form]


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
    assert found(sentence, *PEOPLE) == []


def test_there_are_enough_pairs_and_sentences():
    assert len(PAIRS) >= 60
    assert len(ORDINARY) >= 40


def test_a_name_is_taken_apart_without_its_titles():
    assert words_of_name("Ing. arch. Jana Nováková-Svobodová, Ph.D.") == ["Jana", "Nováková", "Svobodová"]
    assert words_of_name("paní J. Černá") == ["Černá"]
    assert words_of_name("") == []


def test_two_letters_are_a_name_only_when_written_like_one():
    assert list(find_names("vu", ["Vu"])) == []


COMMON = [
    # Capital inside a sentence, beside a first name, a title, or pan and paní.
    ("Karel Malý", "Pan Malý z Lomu pije a dluží.", ["Malý"]),
    ("Karel Malý", "Přišel za námi Malý.", ["Malý"]),
    ("Karel Malý", "pan malý nepřišel", ["malý"]),
    ("Karel Malý", "karel malý nepřišel", ["karel", "malý"]),
    ("Karel Malý", "Malý Karel nepřišel.", ["Malý", "Karel"]),
    ("Karel Malý", "Ing. Malý nepřišel.", ["Malý"]),
    ("Dana Černá", "Dana Černá žádala.", ["Dana", "Černá"]),
    ("Dana Černá", "Dana žádala.", ["Dana"]),
    ("Eva Svobodová", "Svobodová žádala.", ["Svobodová"]),
    ("Karel Malý", "Malý byt stačí.", []),
    ("Karel Malý", "Stačí i malý byt. Malý byt je levný.", []),
    ("Jan Veselý", "Veselý život to není, ani veselý konec.", []),
    ("Dana Černá", "Lhůta je dána zákonem, práce načerno je černá.", []),
    ("Dana Černá", "Dána je lhůta.", []),
    ("Petr Svoboda", "Svoboda pohybu je právo; svobody není víc.", []),
    ("Tomáš Dohnal", "Kdo tomu věří, ten dohnal ostatní. Tomu Úřad práce věří.", []),
]


@pytest.mark.parametrize(("name", "text", "words"), COMMON)
def test_a_common_word_counts_only_where_it_can_be_a_name(name, text, words):
    assert found(text, name) == words


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Paní Nováková uvedla, že dluží.", ["Nováková"]),
        ("Jednali jsme s panem Horváthem a jeho bratrem.", ["Horváthem"]),
        ("Mgr. Dvořák to potvrdil.", ["Dvořák"]),
        ("Přišla i Jana Nováková s dcerou.", ["Jana Nováková"]),
        ("Pro Karla Nováka a Péťu Nového.", ["Karla Nováka", "Péťu Nového"]),
        ("Mr Smith and Mrs. Novak came.", ["Smith", "Novak"]),
        ("Slečna Eva Malá-Veselá žádá.", ["Eva Malá-Veselá"]),
        ("Paní starostka i pan ministr souhlasí.", []),
        ("Vláda České republiky a Ministerstvo práce.", []),
        ("Karlovy Vary, Františkovy Lázně, Světlá nad Sázavou.", []),
        ("Tomu Úřad práce nevyhověl. Míra Evropské podpory klesla.", []),
        ("Univerzita Tomáše Bati a nadace Terezy Maxové.", []),
        ("Sami Romové o tom mluví.", []),
    ],
)
def test_people_whom_nobody_knows_are_found_by_how_they_are_called(text, people):
    assert [text[start:end] for start, end in find_people(text)] == people


@pytest.mark.parametrize("word", ["Petr", "Petrem", "Mařence", "Jirkovi", "Jiřího", "Oleny"])
def test_a_first_name_is_known_in_any_case(word):
    assert is_first_name(word)


@pytest.mark.parametrize("word", ["petr", "Obec", "Vláda", "Zlatá", "Karlovy", "Úřad"])
def test_another_word_is_no_first_name(word):
    assert not is_first_name(word)
