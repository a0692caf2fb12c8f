"""Offices kept right: by whom, by one of two at once, and what it settles."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from core.states import Conflict
from municipalities.choices import OfficeKind
from municipalities.models import Municipality, Office
from municipalities.places.offices.actions import offices
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import (
    MembershipFactory,
    MunicipalityFactory,
    OfficeFactory,
    OfficeReportFactory,
)
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

WORDS: dict[str, Any] = {
    "name": "Kontaktní místo", "address": "Náměstí 1", "phone": "+420566590311", "email": "",
    "website": "", "hours": "", "source": "dopis úřadu", "as_of": "2026-11",
}  # fmt: skip
OWN_WORDS = {name: text for name, text in WORDS.items() if name not in ("source", "as_of")}
CONTACT_POINT = OfficeKind.CONTACT_POINT


@pytest.fixture
def place() -> Municipality:
    return MunicipalityFactory()


@pytest.fixture
def official(place: Municipality) -> User:
    return MembershipFactory(municipality=place).user


def test_the_desk_adds_an_office_and_has_checked_it(place):
    desk = UserFactory()
    office = offices.add(place, kind=CONTACT_POINT, words=WORDS, by=desk)
    assert {name: getattr(office, name) for name in WORDS} == WORDS
    assert (office.checked_by, office.checked_at is not None) == (desk, True)
    assert written(office) == [("office.add", desk.pk, {})]


def test_officials_add_their_own_for_their_municipality(place, official):
    office = offices.add(place, kind=OfficeKind.SOCIAL, words=OWN_WORDS, by=official)
    assert (office.source, office.as_of) == ("obec", timezone.localdate().isoformat())
    assert office.checked_by == official


def test_an_office_is_not_added_twice(place):
    offices.add(place, kind=CONTACT_POINT, words=WORDS, by=UserFactory())
    assert refusal(offices.add, place, kind=CONTACT_POINT, words=WORDS, by=UserFactory()) == [
        "The municipality has an office of this kind and name already. Correct that one."
    ]
    offices.add(place, kind=OfficeKind.SOCIAL, words=WORDS, by=UserFactory())


def test_nothing_is_added_to_a_municipality_that_is_gone():
    gone = MunicipalityFactory(name="Dolní Lhota", dissolved_on=date(2024, 1, 1))
    assert "Dolní Lhota" in refusal(offices.add, gone, kind=CONTACT_POINT, words=WORDS, by=UserFactory())[0]


def test_a_correction_says_what_changed_and_clears_the_doubt(place):
    office, desk = OfficeFactory(municipality=place, name=WORDS["name"], doubt="připravuje se"), UserFactory()
    offices.correct(office, version=1, words=WORDS, by=desk)
    row = Office.objects.get()
    assert (row.address, row.doubt, row.checked_by, row.version) == ("Náměstí 1", "", desk, 2)
    changed = {"columns": ["address", "phone", "source", "as_of"]}
    assert written(office) == [("office.correct", desk.pk, changed)]


def test_of_two_at_once_the_second_one_is_told(place, official):
    office = OfficeFactory(municipality=place)
    late = Office.objects.get()
    offices.correct(office, version=1, words=OWN_WORDS, by=official)
    with pytest.raises(Conflict) as conflict:
        offices.correct(late, version=1, words={**WORDS, "address": "jinde"}, by=UserFactory())
    assert conflict.value.current.address == "Náměstí 1"
    assert Office.objects.get().address == "Náměstí 1"


def test_a_correction_does_not_make_two_of_one_name(place):
    OfficeFactory(municipality=place, name=WORDS["name"])
    other = OfficeFactory(municipality=place)
    assert refusal(offices.correct, other, version=1, words=WORDS, by=UserFactory())


def test_checking_says_who_looked_and_sends_people_there_again(place):
    office, desk = OfficeFactory(municipality=place, doubt="bylo v době projektu"), UserFactory()
    assert not Office.objects.certain().exists()
    offices.check(office, version=1, by=desk)
    row = Office.objects.certain().get()
    assert (row.checked_by, row.as_of) == (desk, "2026-05-01")
    assert written(office) == [("office.check", desk.pk, {"columns": []})]


def test_a_closed_office_can_be_opened_again(place):
    office, desk = OfficeFactory(municipality=place), UserFactory()
    offices.close(office, version=1, by=desk)
    assert (office.closed_on, Office.objects.open().exists()) == (timezone.localdate(), False)
    offices.reopen(office, version=2, by=desk)
    assert Office.objects.certain().exists()
    assert [entry[0] for entry in written(office)] == ["office.close", "office.reopen"]


@pytest.mark.parametrize("verb", [offices.correct, offices.check, offices.close])
def test_it_settles_what_stood_beside_it_and_nothing_newer(place, verb):
    office = OfficeFactory(municipality=place)
    seen, newer = OfficeReportFactory.create_batch(2, office=office)
    other = OfficeReportFactory(office=OfficeFactory(municipality=place))
    more = {"words": WORDS} if verb is offices.correct else {}
    verb(office, version=1, newest_report=seen.pk, by=UserFactory(), **more)
    for row in (seen, newer, other):
        row.refresh_from_db()
    assert [row.settled_at is None for row in (seen, newer, other)] == [False, True, True]


@pytest.mark.parametrize("role", ["administrator", "official"])
def test_others_write_nothing_of_it(place, role):
    office, stranger = OfficeFactory(municipality=place), UserFactory(role=role)
    refused = ["Your role does not write about municipalities."]
    assert refusal(offices.add, place, kind=CONTACT_POINT, words=WORDS, by=stranger) == refused
    assert refusal(offices.correct, office, version=1, words=WORDS, by=stranger) == refused
    for verb in (offices.check, offices.close, offices.reopen):
        assert refusal(verb, office, version=1, by=stranger) == refused


def test_officials_do_not_write_for_the_labour_office(place, official):
    branch = OfficeFactory(municipality=place, kind=OfficeKind.LABOUR_OFFICE)
    refused = ["The Contact Centre keeps the branches of the Labour Office. Report what is wrong there."]
    assert refusal(offices.correct, branch, version=1, words=OWN_WORDS, by=official) == refused
    assert refusal(offices.add, place, kind=branch.kind, words=OWN_WORDS, by=official) == refused
