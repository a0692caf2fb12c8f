import pytest

from core.search.prefix import plain
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
