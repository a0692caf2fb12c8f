"""Streets with a house number."""

import pytest

from core.detector.addresses import addresses
from tests.core.detector.reading import found


@pytest.mark.parametrize(
    "text",
    [
        "Dlouhá 12",
        "Husova 1234/5a",
        "Husově 7",
        "Olomoucká 15",
        "Palackého 3",
        "Na Příkopě 33/12",
        "Pod Lipami 4",
        "ul. Míru 5",
        "ulici Boženy Němcové 10",
        "náměstí Míru 820/9",
        "Masarykovo náměstí 3",
        "17. listopadu 5",
        "č. p. 112",
        "čp. 7",
        "Nádražní 42",
        "tř. Kapitána Jaroše 7",
    ],
)
def test_an_address_is_found(text):
    seen = found(addresses, f"Rodina bydlí na adrese {text}, v přízemí.")
    assert len(seen) == 1
    assert seen[0].endswith(text.split()[-1])


@pytest.mark.parametrize(
    "text", ["Jana Palacha 5", "Bří Čapků 8", "Jiřího z Poděbrad 9", "gen. Svobody 14", "Míru 5"]
)
def test_a_street_without_a_usual_ending_is_found(text):
    assert found(addresses, f"Bydlí na adrese {text}, v přízemí.") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Bratří Čapků 8 domácností nechtělo.",
        "Pro Janu Novákovou 3 roky platil.",
        "Praha 14 a Most 2 se zapojily.",
    ],
)
def test_a_name_and_a_count_are_no_address(text):
    assert found(addresses, text) == []
