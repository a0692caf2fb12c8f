"""How the office of a municipality is reached: written by whom, and by one of two at once."""

import pytest

from core.states import Conflict
from municipalities.models import Municipality
from municipalities.programmes.actions.office import change_office
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

WORDS = {"email": "socialni@vir.example", "phone": "+420602123456", "note": "", "website": ""}


@pytest.fixture
def place():
    return MunicipalityFactory()


@pytest.fixture
def official(place):
    return MembershipFactory(municipality=place).user


def test_the_office_is_changed_once_by_two_people(place, official):
    desk = UserFactory()
    change_office(place, **WORDS, seen=None, by=official)
    row = Municipality.objects.get()
    assert (row.office_email, row.office_phone) == ("socialni@vir.example", "+420602123456")
    assert row.office_changed_by == official
    told = {"columns": ["office_email", "office_phone"]}
    assert written(place) == [("office.change", official.pk, told)]
    with pytest.raises(Conflict):
        change_office(row, **{**WORDS, "note": "Pozdě"}, seen=None, by=desk)
    assert Municipality.objects.get().office_note == ""
    change_office(row, **{**WORDS, "note": "Podatelna"}, seen=row.office_changed_at, by=desk)
    row = Municipality.objects.get()
    assert (row.office_note, row.office_changed_by) == ("Podatelna", desk)


def test_another_website_has_no_longer_the_source_of_the_first(official, place):
    known = {"website": "https://www.example.org/list", "population": "https://www.example.org/people"}
    Municipality.objects.update(website="https://vir.example", sources_cs=known, sources_en=known)
    place.refresh_from_db()
    change_office(place, **{**WORDS, "website": "https://vir.example"}, seen=None, by=official)
    assert Municipality.objects.get().sources_cs == known
    seen = place.office_changed_at
    change_office(place, **{**WORDS, "website": "https://obecvir.example"}, seen=seen, by=official)
    row = Municipality.objects.get()
    assert row.website == "https://obecvir.example"
    assert row.sources_cs == row.sources_en == {"population": "https://www.example.org/people"}


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (
            "another municipality",
            "Only officials of the municipality and the Contact Centre write its programmes.",
        ),
        ("an administrator", "Your role does not write about municipalities."),
    ],
)
def test_others_write_nothing(place, who, words):
    by = UserFactory(administrator=True) if who == "an administrator" else MembershipFactory().user
    assert refusal(change_office, place, **WORDS, seen=None, by=by) == [words]
    row = Municipality.objects.get(pk=place.pk)
    assert (row.office_email, row.office_changed_at, written(place)) == ("", None, [])
