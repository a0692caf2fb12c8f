import pytest

from core.search.prefix import abbreviation, plain
from municipalities.models import Municipality
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Žďár nad Sázavou", "zdar nad sazavou"),
        ("  Frýdek-Místek ", "frydek mistek"),
        ("ŠTĚTÍ", "steti"),
        ("Praha–Libuš", "praha libus"),
        ("", ""),
    ],
)
def test_plain_text_has_no_diacritics_capitals_or_hyphens(text, expected):
    assert plain(text) == expected


def test_a_prefix_finds_only_beginnings():
    for name in ("Chomutov", "Choceň", "Cheb", "Velký Chomutov"):
        MunicipalityFactory(name=name)
    found = Municipality.objects.filter(search_name__prefix="cho").values_list("name", flat=True)
    assert sorted(found) == ["Choceň", "Chomutov"]


def test_signs_of_patterns_are_plain_signs():
    MunicipalityFactory(name="Obec")
    for sign in ("%", "_", "\\", "o%", "o_e"):
        assert not Municipality.objects.filter(search_name__prefix=sign).exists()


@pytest.mark.parametrize(
    ("text", "meant", "not_meant"),
    [
        ("K. Vary", "karlovy vary", "karlovice"),
        ("Ústí n/L", "usti nad labem", "usti nad orlici"),
        ("sv. Jan", "svaty jan", "jan"),
    ],
)
def test_shortened_words_stand_for_long_ones(text, meant, not_meant):
    assert abbreviation(text).fullmatch(meant)
    assert not abbreviation(text).fullmatch(not_meant)


@pytest.mark.parametrize("text", ["Ústí nad Labem", "Praha 14", "14. 5.", "", "..."])
def test_a_text_without_shortened_words_stands_for_itself(text):
    assert abbreviation(text) is None
