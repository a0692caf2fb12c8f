"""What offices show of themselves."""

import pytest

from core.detector.public_contacts import contact_key, public_contacts
from tests.factories.municipalities import MunicipalityFactory


@pytest.mark.parametrize(
    ("contact", "key"),
    [
        ("URAD@most.example.cz", "urad@most.example.cz"),
        ("+420 476 448 111", "476448111"),
        ("476448111", "476448111"),
        ("", ""),
    ],
)
def test_a_contact_is_known_however_it_is_written(contact, key):
    assert contact_key(contact) == key


@pytest.mark.django_db
def test_each_app_tells_what_its_pages_show():
    MunicipalityFactory(office_email="urad@most.example.cz", office_phone="+420476448111")
    MunicipalityFactory(office_email="", office_phone="")
    told = public_contacts()
    # The office's own, the Centre's, and the crisis lines of the help page.
    assert told >= {"urad@most.example.cz", "476448111", "socialni.bydleni@mpsv.cz", "116123"}
