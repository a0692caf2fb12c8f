"""Which municipality an address suggests."""

import pytest

from consultations.mailbox.senders import municipality_of
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "domain",
    [
        "vzorov.cz",
        "mesto-vzorov.cz",
        "mestovzorov.cz",
        "obec-vzorov.cz",
        "muvzorov.cz",
        "mu-vzorov.cz",
        "ouvzorov.cz",
        "vzorov-cr.cz",
        "www.vzorov.cz",
        "urad.vzorov.cz",
    ],
)
def test_the_only_municipality_that_is_called_so(domain):
    town = MunicipalityFactory(name="Vzorov")
    assert municipality_of(f"podatelna@{domain}") == town


@pytest.mark.parametrize("domain", ["vzorov.com", "vzorovice.cz", "seznam.cz", "cz", ""])
def test_no_municipality(domain):
    MunicipalityFactory(name="Vzorov")
    MunicipalityFactory(name="Seznam")
    assert municipality_of(f"podatelna@{domain}") is None


def test_namesakes_are_not_guessed():
    MunicipalityFactory.create_batch(2, name="Vzorov")
    assert municipality_of("podatelna@vzorov.cz") is None


def test_the_whole_word_comes_before_a_shorter_name():
    town = MunicipalityFactory(name="Mutěnice")
    MunicipalityFactory(name="Těnice")
    assert municipality_of("podatelna@mutenice.cz") == town


def test_the_domain_of_officials_but_not_of_free_mail():
    town = MunicipalityFactory(name="Vzorov")
    for email in ("starosta@radnice.example", "starosta@gmail.com"):
        MembershipFactory(municipality=town, user=UserFactory(official=True, email=email))
    assert municipality_of("nekdo@radnice.example") == town
    assert municipality_of("nekdo@gmail.com") is None
