from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from core.detector.public_contacts import public_contacts
from municipalities.choices import OfficeKind
from municipalities.models import Municipality, OfficeReport
from municipalities.places.offices.actions import offices
from municipalities.places.offices.queries import history_of, offices_near, offices_of, tasks
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import (
    MembershipFactory,
    MunicipalityFactory,
    OfficeFactory,
    OfficeReportFactory,
)

pytestmark = pytest.mark.django_db
CHECKED = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def seat() -> Municipality:
    return MunicipalityFactory(name="Bystřice nad Pernštejnem", website="https://www.bystricenp.cz")


@pytest.fixture
def village(seat: Municipality) -> Municipality:
    return MunicipalityFactory(name="Vír", served_by=seat)


def test_of_a_place_without_any_data_nothing_is_guessed():
    near = offices_near(MunicipalityFactory())
    assert (near.own, near.seat, near.is_own_seat) == (None, None, False)
    assert (near.social, near.contact_points, near.labour_offices) == ([], [], [])


def test_a_village_is_sent_to_its_seat_and_what_is_there(village, seat):
    point = OfficeFactory(municipality=seat)
    branch = OfficeFactory(municipality=seat, kind=OfficeKind.LABOUR_OFFICE)
    near = offices_near(village)
    assert near.own is None
    assert (near.seat.municipality, near.seat.website) == (seat, "https://www.bystricenp.cz")
    assert [one.office for one in near.contact_points] == [point]
    assert [one.office for one in near.labour_offices] == [branch]


def test_what_it_has_itself_comes_first(village, seat):
    at_seat = OfficeFactory(municipality=seat)
    own = OfficeFactory(municipality=village)
    assert [one.office for one in offices_near(village).contact_points] == [own, at_seat]


def test_the_social_department_is_only_its_own(village, seat):
    OfficeFactory(municipality=seat, kind=OfficeKind.SOCIAL)
    own = OfficeFactory(municipality=village, kind=OfficeKind.SOCIAL)
    assert [one.office for one in offices_near(village).social] == [own]


def test_nobody_is_sent_where_it_is_closed_or_in_doubt(village, seat):
    OfficeFactory(municipality=seat, closed_on="2026-01-01")
    OfficeFactory(municipality=seat, doubt="v únoru 2026 se připravovalo")
    assert offices_near(village).contact_points == []


def test_a_district_of_prague_is_not_sent_to_another_one():
    prague = MunicipalityFactory(code="554782", name="Praha")
    district = MunicipalityFactory(code="500186", lau2_code="554782", name="Praha 7", served_by=prague)
    OfficeFactory(municipality=prague, name="Kontaktní místo pro bydlení Praha 1")
    city = OfficeFactory(municipality=prague, name="Kontaktní místo pro bydlení magistrátu")
    assert [one.office for one in offices_near(district).contact_points] == [city]
    assert len(offices_near(prague).contact_points) == 2


def test_each_says_where_it_is_known_from_and_who_looked(village, seat):
    OfficeFactory(
        municipality=seat,
        phone="+420566590311",
        checked_at=CHECKED,
        checked_by=UserFactory(),
    )
    [one] = offices_near(village).contact_points
    assert (one.phone_words, str(one.as_of), one.checked_on) == (
        "+420 566 590 311",
        "2026-05-01",
        date(2026, 11, 20),
    )
    assert [source.url for source in one.sources] == ["https://www.example.org/offices"]
    with translation.override("cs"):
        assert "1. května 2026" in str(one.as_of_words).replace("\u00a0", " ")


def test_the_contact_that_an_office_gave_itself_counts(village):
    Municipality.objects.filter(pk=village.pk).update(
        office_phone="+420566575028", office_changed_at=CHECKED, office_changed_by=UserFactory()
    )
    own = offices_near(Municipality.objects.get(pk=village.pk)).own
    assert (own.phone, own.checked_on, own.is_reachable) == ("+420566575028", date(2026, 11, 20), True)


def test_a_seat_is_told_also_where_nothing_of_it_is_known():
    place = MunicipalityFactory()
    Municipality.objects.filter(pk=place.pk).update(served_by=place)
    near = offices_near(Municipality.objects.get(pk=place.pk))
    assert (near.own, near.seat.is_reachable, near.is_own_seat) == (None, False, True)


@pytest.mark.parametrize("offices", [1, 4])
def test_it_costs_two_queries_however_many_there_are(village, seat, offices):
    OfficeFactory.create_batch(offices, municipality=seat)
    row = Municipality.objects.get(pk=village.pk)
    with CaptureQueriesContext(connection) as queries:
        offices_near(row)
    assert len(queries) == 2


def test_officials_are_shown_reported_contacts_of_their_own_as_tasks():
    member = MembershipFactory()
    place = member.municipality
    office = OfficeFactory(municipality=place, name="Kontaktní místo")
    OfficeReportFactory(office=office, note="Nikdo to nebere.")
    OfficeReportFactory(office=office, note="Přestěhovali se.")
    OfficeReport.objects.create(municipality=place)
    OfficeReportFactory(office=OfficeFactory(municipality=place, kind=OfficeKind.LABOUR_OFFICE))
    OfficeReportFactory()
    found = list(tasks(member.user, [place]))
    assert {task.title.rpartition(": ")[2] for task in found} == {"Kontaktní místo", place.name}
    assert {task.url for task in found} == {f"/cs/my/office/?municipality={place.slug}"}


def test_history_tells_who_did_what_newest_first():
    editor = UserFactory(editor=True)
    office = OfficeFactory()
    with translation.override("en"):
        offices.check(office, version=1, by=editor)
        offices.close(office, version=2, by=editor)
        assert [(one.who, one.what) for one in history_of(office)] == [
            (editor.name, "said that it is closed"),
            (editor.name, "checked it"),
        ]


def test_officials_find_their_own_offices_closed_ones_last():
    place = MunicipalityFactory()
    closed = OfficeFactory(municipality=place, closed_on="2026-01-01", name="A")
    social = OfficeFactory(municipality=place, kind=OfficeKind.SOCIAL)
    point = OfficeFactory(municipality=place)
    OfficeFactory(municipality=place, kind=OfficeKind.LABOUR_OFFICE)
    assert offices_of(place) == [point, social, closed]


def test_a_contact_that_everybody_reads_is_nobodys_personal_data():
    OfficeFactory(email="bydleni@vir.example", phone="+420566575028")
    OfficeFactory(email="stary@vir.example", closed_on="2026-01-01")
    assert {"bydleni@vir.example", "566575028"} <= public_contacts()
    assert "stary@vir.example" not in public_contacts()
