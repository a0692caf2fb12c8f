"""What is shown: for ten places with the real records, for each situation, and what never is."""

from dataclasses import replace
from typing import Any

import pytest

from consultations.choices import HomeLoss
from municipalities.choices import Fate, OfficeKind
from municipalities.models import Municipality, Succession
from municipalities.places import loading
from municipalities.places.offices import loading as offices
from shsp.help.content import read
from shsp.help.page import HelpPage
from shsp.help.texts import READINGS, Texts
from tests.factories.municipalities import MunicipalityFactory, OfficeFactory

pytestmark = pytest.mark.django_db

HOSTEL, VIOLENCE, ROOFLESS, DEBTS = "5", "4", "7", "2"
# With their seats: Šumperk, Nové Město na Moravě, Lipník nad Bečvou, Milevsko.
CODES = {
    "500020", "595918", "505587", "554821", "554782", "503941", "520420", "549975",
    "523704", "596230", "514705", "549576",
}  # fmt: skip
SEAT, OWN, VILLAGE = (
    "Větší úřad pro vaši obec: ",
    "Úřad vaší obce: ",
    "Starosta, starostka nebo sociální odbor",
)


def page_of(
    municipality: Municipality | None = None, s: str = "", home: str = "", reading: str = "cs"
) -> HelpPage:
    return HelpPage(Texts(READINGS[reading]), municipality=municipality, s=s, home=home)


def plain(html: Any) -> str:
    return str(html).replace('<span lang="cs">', "").replace("</span>", "")


@pytest.fixture
def register() -> None:
    """The real records of the ten, their seats and the pilots."""
    data = loading.read()
    pilots = {pilot["lau2_code"] for pilot in data.pilots}
    rows = [row for row in data.register if row["lau2_code"] in CODES | pilots]
    loading.load(replace(data, register=rows))
    offices.load()


def shown(municipality: Municipality) -> list[tuple[str, str, str]]:
    """Return who decides there as the page says it: title, what the button does, where that is from."""
    page = page_of(municipality, s=HOSTEL)
    names = {row.number: row.name for row in page.listed_sources}
    return [
        (
            plain(card.title),
            f"{card.button.label}: {card.office.address or card.office.website}"
            if card.button and card.office
            else "",
            ", ".join(names[number] for number in card.sources),
        )
        for card in page.cards
        if plain(card.title) not in ("Kontaktní centrum", "Azylový dům nebo noclehárna")
    ]


LABOUR = ("Úřad práce", "", "")
POINT = "Kontaktní místo pro bydlení"
PALACE = (POINT, "Ukázat na mapě: Škodův palác", "ceskenoviny.cz")
# A village, a pilot, a Prague district, a town of which nothing is known, a city with a contact point, the
# capital, a military area without a seat, two of one name. The tenth, a dissolved one, is below.
TEN = {
    "500020": [(f"{SEAT}Šumperk", "", ""), (f"{OWN}Petrov nad Desnou", "", ""), LABOUR],
    "595918": [
        (f"{SEAT}Nové Město na Moravě", "", ""),
        (f"{OWN}Křižánky", "Otevřít web: http://www.obeckrizanky.cz", "uložená stránka www.obeckrizanky.cz"),
        LABOUR,
    ],
    "500186": [
        PALACE,
        (f"{OWN}Praha 7", "Otevřít web: https://www.praha7.cz", "uložené stránky www.praha7.cz"),
        LABOUR,
    ],
    "505587": [(f"{OWN}Uničov", "", ""), LABOUR],
    "554821": [
        (POINT, "Ukázat na mapě: radnice", "cnn.iprima.cz"),
        (f"{OWN}Ostrava", "Otevřít web: https://www.ostrava.cz", "uložené stránky www.ostrava.cz"),
        LABOUR,
    ],
    "554782": [
        PALACE,
        (POINT, "Ukázat na mapě: radnice, Vodičkova 18", "praha1.cz"),
        (f"{OWN}Praha", "", ""),
        LABOUR,
    ],
    "503941": [(f"{OWN}Libavá", "", ""), LABOUR],
    "520420": [
        (f"{SEAT}Lipník nad Bečvou", "", ""),
        (f"{OWN}Veselíčko", "Otevřít web: https://obec-veselicko.cz", "uložená stránka obec-veselicko.cz"),
        LABOUR,
    ],
    "549975": [(f"{SEAT}Milevsko", "", ""), (f"{OWN}Veselíčko", "", ""), LABOUR],
}


def test_nine_of_the_ten_places(register):
    assert {code: shown(Municipality.objects.get(code=code)) for code in TEN} == TEN


def test_the_tenth_place_is_dissolved_and_shows_where_help_is_now(register, client):
    before = MunicipalityFactory(name="Dřívější", dissolved_on="2022-01-01")
    after = Municipality.objects.get(code="500020")
    Succession.objects.create(before=before, after=after, fate=Fate.MERGED, on="2022-01-01", source="ČSÚ")
    page = client.get("/cs/help/?municipality=Dřívější").content.decode()
    assert "Dřívější už není samostatnou obcí. Dnes patří k obci Petrov nad Desnou (Šumperk" in page
    assert 'Větší úřad pro vaši obec: <span lang="cs">Šumperk</span>' in page


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("s", ["", *(row["key"] for row in read("situations"))])
@pytest.mark.parametrize("home", ["", *HomeLoss.values])
def test_whatever_is_answered_there_are_steps_places_law_and_lines(reading, s, home):
    page = page_of(s=s, home=home, reading=reading)
    assert page.steps
    assert page.facts
    assert [line["number"] for line in page.lines if line["is_fitting"]]
    assert page.cards[-1].button.url.startswith("/")
    assert all(fact.sources for fact in page.facts)


@pytest.mark.parametrize(
    ("s", "home", "asked"),
    [
        ("", "", "unknown"),
        (DEBTS, "month", "month"),
        (VIOLENCE, "", "unknown"),
        (ROOFLESS, "later", "lost"),
        ("", "lost", "lost"),
    ],
)
def test_the_form_to_ask_opens_with_when_and_where_but_never_with_what(s, home, asked):
    place = MunicipalityFactory(code="554821")
    url = page_of(place, s=s, home=home).ask_url
    assert url == f"/cs/requests/new/?home={asked}&topic=losing-home&municipality=554821"


@pytest.mark.parametrize(
    ("s", "home", "words"),
    [
        ("", "", "Hrozí mi ztráta bydlení."),
        ("", "days", "O bydlení přijdu během několika dní."),
        (DEBTS, "month", "Dlužím na nájmu nebo za energie. O bydlení přijdu tento měsíc."),
        (ROOFLESS, "days", "Už nemám kde spát."),
        (VIOLENCE, "", "Doma je násilí a potřebuji jinde bydlet."),
    ],
)
def test_what_to_say_is_said_once_where_one_goes_first(s, home, words):
    said = [card.say for card in page_of(MunicipalityFactory(), s=s, home=home).cards if card.say]
    assert words in said
    assert said.count(words) == 1


@pytest.mark.parametrize(
    ("known", "label", "url"),
    [
        (
            {"phone": "+420599443096", "email": "a@ostrava.cz", "address": "Dům 1"},
            "Zavolat +420",
            "tel:+420599443096",
        ),
        ({"email": "a@ostrava.cz", "address": "Dům 1"}, "Napsat e-mail", "mailto:a@ostrava.cz"),
        (
            {"address": "Dům 1"},
            "Ukázat na mapě",
            "https://www.openstreetmap.org/search?query=D%C5%AFm%201%2C%20Ostrava",
        ),
        ({"website": "https://www.ostrava.cz"}, "Otevřít web", "https://www.ostrava.cz"),
    ],
)
def test_the_one_button_is_the_quickest_way_that_is_known(known, label, url):
    place = MunicipalityFactory(name="Ostrava")
    OfficeFactory(municipality=place, kind=OfficeKind.LABOUR_OFFICE, name="Pobočka Ostrava", **known)
    [card] = [card for card in page_of(place).cards if card.office]
    assert card.button.label.startswith(label)
    assert card.button.url == url
    assert card.day == "stav k 1.\xa0května\xa02026"


def test_a_line_without_a_number_and_hours_that_are_not_known_are_not_shown():
    lines = {line["name"]: line for line in page_of().lines}
    assert all(line["number"] for line in lines.values())
    assert [name for name, line in lines.items() if line["is_nonstop"]] == [
        "tísňové volání", "Linka pomoci obětem kriminality a domácího násilí", "Linka bezpečí",
    ]  # fmt: skip


def test_sources_are_numbered_as_they_are_met():
    page = page_of(s="1")
    met = [
        number
        for told in (*page.steps, *(card.text for card in page.cards), *page.facts)
        for number in told.sources
    ]
    assert list(dict.fromkeys(met)) == sorted(set(met))
    assert [row.number for row in page.listed_sources] == list(range(1, len(page.listed_sources) + 1))
