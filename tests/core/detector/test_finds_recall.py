"""How people write of people and their papers: each of these has to be found."""

import pytest

from core.detector.finds import Kind, Known, find

pytestmark = pytest.mark.django_db

# Who is known, and how they are written of. {} in a sentence stands for the form.
DECLINED = {
    "Jan Novák": "Nováka Novákovi Novákem Novákův Novákových Janovi Janem",
    "Eva Dvořáčková": "Dvořáčkové Dvořáčkovou Evě Evou Evin",
    "Petr Švec": "Ševce Ševcovi Ševcem Petrovi Petrův",
    "Olga Krejčí": "Krejčího Krejčímu Olze Olžin Olgou",
    "Zdeněk Němec": "Zdeňka Zdeňkovi Němce Němcem",
    "Blanka Procházková": "Blance Blančin Procházkové Blanku",
    "Lev Kůs": "Lva Lvem Kosovi",
    "Vojtěch Hájek": "Vojtěše Vojtěchem Hájka Hájkovi",
    "Marie Purkyně": "Marii Mariin Purkyni",
    "Jiří Novotný": "Jiřího Novotného Novotnému",
}
SHORT = {
    "Petr Konvalinka": "Péťa Péti Petřík Petříčkovi Peťka",
    "Petra Konvalinková": "Péťa Petruška Péťu",
    "Marie Jelínková": "Mařenka Mařence Maruška Máňa Maruščin Majka Mařenčin",
    "Jiří Bureš": "Jirka Jirkovi Jirkův Jiřík Jura",
    "Vojtěch Bureš": "Vojta Vojtovi Vojtík Vojtův",
    "Ondřej Bureš": "Ondra Ondrovi Ondrášek Ondrův",
    "Karel Bureš": "Kája Kájovi Karlík Karlíkem",
    "Karolína Burešová": "Kája Kájina Karolínka Karolínce",
    "Zdeněk Bureš": "Zdenda Zdendovi Zdendův",
    "Eva Burešová": "Evička Evičce Evka Evičky",
    "Jana Burešová": "Janička Janičce Jančin Janinka Janička",
    "Jan Bureš": "Honza Honzovi Honzík Jenda Jeník Honzův",
    "Josef Bureš": "Pepa Pepovi Pepík Jožka Pepův",
    "František Bureš": "Franta Frantovi Fanda",
    "Václav Bureš": "Vašek Vaškovi Venca",
    "Ladislav Bureš": "Láďa Láďovi Láďův",
    "Vladimír Bureš": "Vláďa Vláďovi",
    "Jaroslav Bureš": "Jarda Jardovi Jára",
    "Miroslav Bureš": "Mirek Mirkovi",
    "Stanislav Bureš": "Standa Standovi Standův",
    "Antonín Bureš": "Tonda Tondovi Toník",
    "Tomáš Bureš": "Tomášek Tomáškovi Tomík",
    "Jakub Bureš": "Kuba Kubovi Kubík",
    "Michal Bureš": "Míša Míšovi",
    "Kateřina Burešová": "Katka Katce Káťa Kačenka",
    "Tereza Burešová": "Terezka Terezce Terka",
    "Anna Burešová": "Anička Aničce Andulka Aničin",
    "Barbora Burešová": "Bára Barunka Barče Barka",
    "Zuzana Burešová": "Zuzka Zuzce Zuzana",
    "Lucie Burešová": "Lucka Lucce Lucinka",
    "Alžběta Burešová": "Bětka Běta Bětce",
    "Hana Burešová": "Hanka Hance Hanička",
    "Ludmila Burešová": "Lída Lídě Liduška",
    "Božena Burešová": "Boženka Boženčin",
    "Markéta Burešová": "Markétka Markétce",
    # The other way: the short form is what is known.
    "Péťa Konvalinka": "Petr Petra Petrovi",
    "Jirka Bureš": "Jiří Jiřího Jiřímu",
    "Mařenka Jelínková": "Marie Marii Marií",
    "Honza Bureš": "Jan Jana Janovi",
    "Káťa Burešová": "Kateřina Kateřině",
}
SPELLED = {
    "Ladislav Horváth": "Horvát Horvata Horváta Horvátovi Horvátem",
    "Eva Horvátová": "Horváthová Horváthové",
    "Iveta Tóthová": "Tótová Tótové",
    "Tomáš Schmidt": "Šmíd Šmidt Šmída",
    "Karel Müller": "Mueller Muller Muellera",
    "Petr Wagner": "Vágner Vagnera",
    "Viktor Shevchenko": "Ševčenko Ševčenka Шевченко Шевченка",
    "Olena Ševčenková": "Shevchenko Шевченко Олена Олени",
    "Oleksandr Kovalenko": "Коваленко Коваленку Alexandr Олександр",
    "Yuliia Bondarenko": "Julija Юлія Бондаренко Bondarenková",
    "Mykhailo Zelenskyi": "Mychajlo Михайло Зеленський Zelenskyj",
    "Josef Weiss": "Weis Vajs Weisse",
    "Jan Lakatoš": "Lakatosh Lakatos",
    "Jiří Kováč": "Kovács Kovacs",
    "Marie Juhászová": "Juhásová Juhásové",
}
FORMS = [
    (name, form, kind)
    for kind, table in (("declined", DECLINED), ("short", SHORT), ("spelled", SPELLED))
    for name, forms in table.items()
    for form in forms.split()
]

NUMBERS = {
    Kind.EMAIL: [
        "jana.novakova@seznam.cz", "jana(zavináč)seznam.cz", "jana [at] seznam [dot] cz", "JANA@OBEC.CZ",
        "jana zavináč seznam tečka cz", "jana tečka novakova zavináč seznam tečka cz",
        "jana zavinac seznam.cz", "jana at seznam dot cz", "jana.n zavináč post.cz",
    ],
    Kind.PHONE: [
        "777 123 456", "777123456", "+420 777 123 456", "00420777123456", "777-123-456", "777.123.456",
        "777/123456", "221 922 222", "+421 905 123 456", "+420777123456", "(+420) 777 123 456",
        "777 123456",
    ],
    Kind.BIRTH_NUMBER: [
        "736028/5163", "7360285163", "736028 5163", "736028-5163", "736028 – 5163", "73 60 28 / 5163",
        "73 60 28 5163", "736028 / 5163", "531201/001", "123456/7890", "736028 -5163", "73 60 28-5163",
    ],
    Kind.BIRTH_DATE: [
        "nar. 12. 5. 1980", "narozena 12. května 1980", "datum narození: 12.5.1980",
        "dat. nar. 12. 5. 1980", "ročník 1980", "nar. 1980", "narozený v roce 1980", "born on 12 May 1980",
        "born in 1980", "ročníku 1975",
    ],
    Kind.ACCOUNT: [
        "34278-0727558021/0100", "19-2000145399/0800", "CZ65 0800 0000 1920 0014 5399",
        "CZ6508000000192000145399", "účet 2000145399", "na účet 19-2000145399", "číslo účtu: 2000145399",
        "účtu č. 123456789", "č. ú. 2000145399", "na účet číslo 123456789/0800", "account 2000145399",
        "SK31 1200 0000 1987 4263 7541",
    ],
    Kind.ADDRESS: [
        "Dlouhá 12", "Husova 1234/5a", "Na Příkopě 33/12", "ul. Míru 5", "náměstí Míru 820/9",
        "17. listopadu 5", "č. p. 112", "čp. 7", "tř. Kapitána Jaroše 7", "Jana Palacha 5", "Bří Čapků 8",
        "Boženy Němcové 10", "Karla Čapka 12/3", "Tomáše Bati 5", "gen. Svobody 14", "Dr. Beneše 6",
        "Bratří Čapků 8", "Sv. Čecha 3", "Horníků 15", "Sokolů 4", "Míru 5", "Svobody 12",
        "Jiřího z Poděbrad 9", "Masarykovo náměstí 3", "ulici Boženy Němcové 10",
    ],
    Kind.POSTCODE: ["110 00 Praha", "75301 Hranice", "PSČ 753 01"],
    Kind.FILE_NUMBER: [
        "sp. zn. 26 Cdo 1234/2019", "č. j. MUHR/1234/2026", "čj. 5/2020", "spisová značka SZ 12/2026",
        "21 Cdo 1234/2020", "25 C 12/2021", "0 P 145/2019", "12 Nc 3401/2022", "II. ÚS 1234/20",
        "8 As 45/2018", "120 EX 12345/19", "203 Ex 1234/20", "KSPH 60 INS 1234/2020",
        "MSPH 76 INS 12345/2019", "INS 1234/2020", "MUMO/12345/2026/SOC", "MUHR/1234/2026",
        "MHMP 123456/2026", "S-MHMP 123456/2026", "KUOK/98765/2025/OSV", "12345/2026/MUMO",
        "MMB/0123456/2026",
    ],
    Kind.PLATE: [
        "1A2 3456", "1A23456", "1A2-3456", "3AX 4455", "ABC 12-34", "AB 12-34", "SPZ HONZA123",
        "RZ: KAREL007", "registrační značka EVA12345", "BA 123AB", "AA 1234 BB", "SPZ 1A23456",
    ],
    Kind.DATA_BOX: [
        "datová schránka abc2def", "ID DS: ab2cdef", "IDDS 6bnaawp", "datové schránky 7xk3pqr",
        "ID DS: abcdefg", "datovou schránku ID: abcdefg", "datovka 6bnaawp",
    ],
    Kind.DOCUMENT: [
        "pas č. 12345678", "cestovní pas 39123456", "číslo pasu 39123456", "passport FE123456",
        "cestovního pasu číslo FE 123456", "občanský průkaz 123456789", "OP č. 123456789",
        "občanky 123456789", "pasem č. 12345678", "průkazu totožnosti č. 123456789",
        "passport no. AB1234567",
    ],
    Kind.LINK: ["SH-2026-000012", "/cs/requests/abc-DEF_1/"],
}  # fmt: skip
PAPERS = [(kind, text) for kind, texts in NUMBERS.items() for text in texts]


@pytest.mark.parametrize(("name", "form", "table"), FORMS)
def test_a_form_of_a_known_name_is_found(name, form, table):
    finds = find({"answer": f"Včera žádal i {form} o nový byt."}, Known(names=(name,)))
    assert [(one.kind, one.found) for one in finds] == [(Kind.NAME, form)]


@pytest.mark.parametrize(("kind", "text"), PAPERS)
def test_a_number_is_found_as_what_it_is(kind, text):
    kinds = [one.kind for one in find({"answer": f"Podle spisu: {text}, jak bylo řečeno."}, Known())]
    assert kind in kinds


def test_the_lists_are_as_long_as_what_was_measured():
    assert len(FORMS) >= 190
    assert len(PAPERS) >= 130
