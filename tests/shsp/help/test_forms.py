"""The three questions: any may stay without an answer, and what is none is no answer."""

import pytest
from django.http import QueryDict

from municipalities.choices import Fate
from municipalities.models import Succession
from shsp.help.forms import HelpForm
from shsp.help.texts import READINGS, Texts
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db
NOTHING = {"municipality": None, "s": "", "home": ""}


def asked(query: str, reading: str = "cs") -> HelpForm:
    form = HelpForm(QueryDict(query) if query else None, texts=Texts(READINGS[reading]))
    form.answers()
    return form


@pytest.mark.parametrize(
    "query", ["", "s=&home=&municipality=", "s=9&home=never", "s=violence&x=1", "%00=%00"]
)
def test_nothing_said_is_nothing_answered(query):
    assert asked(query).answers() == NOTHING


def test_answers_are_read():
    place = MunicipalityFactory(code="520420", name="Veselíčko")
    assert asked("municipality=520420&s=4&home=days").answers() == {
        "municipality": place, "s": "4", "home": "days",
    }  # fmt: skip


def test_a_wrong_municipality_keeps_the_other_answers():
    form = asked("municipality=Nikde&s=4&home=days")
    assert form.answers() == {"municipality": None, "s": "4", "home": "days"}
    assert "Neznáme" not in str(form.errors)
    assert str(form["municipality"].errors[0]).startswith("Obec tohoto názvu neznáme.")


@pytest.mark.parametrize(
    ("reading", "words"),
    [("uk", "Ми не знаємо"), ("easy", "Takovou obec neznáme."), ("en", "We do not know")],
)
@pytest.mark.parametrize("typed", ["Nikde", "%00Nikde"])
def test_errors_are_in_the_reading(reading, words, typed):
    assert str(asked(f"municipality={typed}", reading)["municipality"].errors[0]).startswith(words)


def test_namesakes_are_offered():
    for code in ("520420", "549975"):
        MunicipalityFactory(code=code, name="Veselíčko")
    form = asked("municipality=Veselíčko")
    assert form.answers() == NOTHING
    assert {row.code for row in form.fields["municipality"].candidates} == {"520420", "549975"}


def gone(*successors: str) -> None:
    before = MunicipalityFactory(name="Zaniklá", dissolved_on="2020-01-01")
    for name in successors:
        after = MunicipalityFactory(name=name)
        Succession.objects.create(before=before, after=after, fate=Fate.MERGED, on="2020-01-01", source="ČSÚ")


def test_a_dissolved_municipality_is_its_successor_and_says_so():
    gone("Nová")
    form = asked("municipality=Zaniklá")
    assert form.answers()["municipality"].name == "Nová"
    assert form.merged.startswith("Zaniklá už není samostatnou obcí. Dnes patří k obci Nová (Přerov")


@pytest.mark.parametrize(("successors", "offered"), [(["Nová", "Jiná"], 2), ([], 0)])
def test_a_dissolved_municipality_without_a_single_successor_asks(successors, offered):
    gone(*successors)
    form = asked("municipality=Zaniklá")
    assert form.answers() == NOTHING
    assert len(form.fields["municipality"].candidates) == offered
    assert "už neexistuje" in str(form["municipality"].errors[0])
