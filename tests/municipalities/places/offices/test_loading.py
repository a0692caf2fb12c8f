import csv

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.loading import Report
from municipalities.choices import OfficeKind
from municipalities.models import Municipality, Office
from municipalities.places.loading import DATA
from municipalities.places.offices import loading
from tests.factories.municipalities import MunicipalityFactory, OfficeFactory

pytestmark = pytest.mark.django_db


def of_register(code: str, **more) -> Municipality:
    return MunicipalityFactory(code=code, **more)


@pytest.fixture
def places() -> dict[str, Municipality]:
    """Return a village with its seat, Prague with a district, a military area and a new municipality."""
    return {
        "village": of_register("500011"),
        "seat": of_register("585068"),
        "prague": of_register("554782"),
        "district": of_register("500186", lau2_code="554782"),
        "military": of_register("503941"),
        "new": of_register("599999"),
    }


def served(places: dict[str, Municipality]) -> dict[str, tuple[str | None, str]]:
    rows = {row.code: row for row in Municipality.objects.select_related("served_by")}
    found = {name: rows[place.code] for name, place in places.items()}
    return {
        name: (row.served_by.code if row.served_by else None, row.company_number)
        for name, row in found.items()
    }


def test_each_municipality_gets_its_seat_and_company_number(places):
    loading.load()
    assert served(places) == {
        "village": ("585068", "75158094"),
        "seat": ("585068", "00283924"),
        "prague": ("554782", "00064581"),
        "district": ("554782", ""),
        "military": (None, ""),
        "new": (None, ""),
    }


def test_loading_again_writes_nothing(places):
    loading.load()
    with CaptureQueriesContext(connection) as queries:
        again = loading.load()
    assert (again.created, again.updated) == (0, 0)
    assert [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_the_file_tells_of_all_but_the_military_areas():
    with (DATA / "orp.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {row["lau2_code"] for row in rows}
    told = [row for row in rows if row["orp_lau2_code"]]
    assert (len(rows), len(told), len({row["orp_lau2_code"] for row in told})) == (6258, 6254, 206)
    assert {row["orp_lau2_code"] for row in told} <= codes


def test_a_contact_point_is_told_as_it_was_seen(places):
    assert loading.load() == Report(created=4, updated=4, unchanged=0)
    row = Office.objects.get(key="contact-point-praha-1")
    assert (row.kind, row.municipality, row.address) == (
        OfficeKind.CONTACT_POINT,
        places["prague"],
        "radnice, Vodičkova 18",
    )
    assert (row.as_of, row.doubt, row.checked_at) == ("2024-02-05", "", None)


def test_what_may_not_run_today_is_kept_but_nobody_is_sent_there(places):
    of_register("554804")
    of_register("563889")
    loading.load()
    in_doubt = Office.objects.exclude(doubt="").values_list("key", flat=True)
    assert set(in_doubt) == {
        "contact-point-usti-nad-labem",
        "contact-point-liberec",
        "contact-point-praha-7",
        "contact-point-praha-10",
    }
    certain = Office.objects.certain().values_list("key", flat=True)
    assert set(certain) == {"contact-point-praha-1", "contact-point-praha"}


def test_an_office_that_somebody_changed_stays_as_it_is(places):
    loading.load()
    Office.objects.filter(key="contact-point-praha-1").update(name="Jiné jméno", version=2)
    Office.objects.filter(key="contact-point-praha").update(address="jinde")
    loading.load()
    kept = Office.objects.get(key="contact-point-praha-1")
    assert (kept.name, Office.objects.count()) == ("Jiné jméno", 4)
    assert Office.objects.get(key="contact-point-praha").address == "Škodův palác"


def test_an_office_that_people_wrote_themselves_is_not_doubled(places):
    OfficeFactory(municipality=places["prague"], name="Kontaktní místo pro bydlení Praha 1")
    loading.load()
    assert not Office.objects.filter(key="contact-point-praha-1").exists()
