"""A table of offices: what it would change, and the changing, all or nothing."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from municipalities.choices import OfficeKind
from municipalities.models import Municipality, Office
from municipalities.places.offices.actions import imports, offices
from municipalities.places.offices.actions.imports import Upload
from municipalities.places.register.file import BrokenFile
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory, OfficeFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

HEAD = "kód obce;druh;název úřadu;adresa;telefon"
NAME = "Kontaktní místo pro bydlení"


@pytest.fixture
def place() -> Municipality:
    return MunicipalityFactory(code="595209")


@pytest.fixture
def editor() -> User:
    return UserFactory(editor=True)


def upload(*lines: str, on: date | None = None, source: str = "seznam ministerstva") -> Upload:
    text = "\n".join([HEAD, *lines]) + "\n"
    return Upload(text.encode(), source, on or timezone.localdate())


def line(name: str = NAME, *, code: str = "595209", address: str = "", phone: str = "") -> str:
    return f"{code};kontaktní místo pro bydlení;{name};{address};{phone}"


def bring_in(told: Upload, by: User) -> imports.Plan:
    return imports.bring_in(told, seen=imports.prepare(told).digest, by=by)


def test_a_new_office_is_shown_and_then_written(place, editor):
    told = upload(line(address="Náměstí 1", phone="566 590 311"))
    plan = imports.prepare(told)
    assert ([row.name for row, _place in plan.new], plan.changed, plan.faults) == ([NAME], [], [])
    assert not Office.objects.exists()
    imports.bring_in(told, seen=plan.digest, by=editor)
    row = Office.objects.get()
    assert (row.municipality, row.kind, row.phone) == (place, OfficeKind.CONTACT_POINT, "+420566590311")
    assert (row.source, row.as_of, row.checked_at) == (
        "seznam ministerstva",
        timezone.localdate().isoformat(),
        None,
    )
    assert written(row) == [("office.import", editor.pk, {})]


def test_an_office_is_found_again_and_its_changes_told(place, editor):
    row = OfficeFactory(municipality=place, name=NAME, address="Náměstí 1", hours="po 8–12")
    told = upload(line(address="Náměstí 2", phone="566 590 311"))
    [change] = imports.prepare(told).changed
    assert change.differs == {"address": ("Náměstí 1", "Náměstí 2"), "phone": ("", "+420566590311")}
    bring_in(told, editor)
    row.refresh_from_db()
    assert (row.address, row.hours, row.version) == ("Náměstí 2", "po 8–12", 2)
    assert written(row) == [("office.import", editor.pk, {"columns": ["address", "phone"]})]


def test_an_empty_cell_changes_nothing(place):
    OfficeFactory(municipality=place, name=NAME, address="Náměstí 1")
    plan = imports.prepare(upload(line()))
    assert (plan.unchanged, plan.is_empty) == (1, True)


def test_what_a_table_names_is_uncertain_no_more(place, editor):
    row = OfficeFactory(municipality=place, name=NAME, doubt="připravuje se")
    bring_in(upload(line()), editor)
    row.refresh_from_db()
    assert row.doubt == ""


@pytest.mark.parametrize("days", [0, 1])
def test_what_a_person_checked_since_stays_and_is_listed(place, editor, days):
    row = OfficeFactory(municipality=place, name=NAME, address="Náměstí 1")
    offices.check(row, version=1, by=editor)
    on = timezone.localdate() - timedelta(days=days)
    plan = imports.prepare(upload(line(address="Náměstí 2"), on=on))
    assert plan.is_empty
    assert [(one.office, one.kept) for one in plan.kept] == [
        (row, "Somebody has checked it here on the day of the file or later.")
    ]


def test_what_was_checked_before_the_files_day_is_written_over(place, editor):
    row = OfficeFactory(municipality=place, name=NAME, address="Náměstí 1")
    offices.check(row, version=1, by=editor)
    Office.objects.update(checked_at=timezone.now() - timedelta(days=3))
    bring_in(upload(line(address="Náměstí 2")), editor)
    row.refresh_from_db()
    assert (row.address, row.checked_at, row.checked_by) == ("Náměstí 2", None, None)


def test_a_closed_office_stays_closed_and_is_listed(place):
    OfficeFactory(municipality=place, name=NAME, closed_on="2026-01-01")
    [kept] = imports.prepare(upload(line(address="Náměstí 2"))).kept
    assert kept.kept == "It is closed here. If it is open again, open it on its page first."


def test_wrong_lines_are_told_and_nothing_is_written(place, editor):
    MunicipalityFactory(code="500011", name="Lhota", dissolved_on="2020-01-01")
    told = upload(line(), line(code="111111"), line(code="500011"), line("Jiné", phone="123"))
    plan = imports.prepare(told)
    assert [(fault.line, fault.text) for fault in plan.faults] == [
        (3, "No municipality has the code “111111”."),
        (4, "Lhota is no municipality any more."),
        (5, "Phone – Write the phone number with nine digits, or leave the field empty."),
    ]
    assert len(plan.new) == 1
    assert refusal(imports.bring_in, told, seen=plan.digest, by=editor) == [
        "The file has lines that are wrong. Mend them and choose it again."
    ]
    assert not Office.objects.exists()


def test_a_file_that_tells_nothing_new_is_not_brought_in(place, editor):
    told = upload(line())
    bring_in(told, editor)
    assert refusal(bring_in, told, editor) == ["The file tells nothing that the portal does not know."]


def test_what_somebody_changed_meanwhile_is_looked_at_again(place, editor):
    row = OfficeFactory(municipality=place, name=NAME)
    told = upload(line(address="Náměstí 2"))
    seen = imports.prepare(told).digest
    Office.objects.filter(pk=row.pk).update(address="Náměstí 3", version=2)
    assert refusal(imports.bring_in, told, seen=seen, by=editor) == [
        "Somebody has changed an office meanwhile. Look at what would change once more."
    ]
    row.refresh_from_db()
    assert row.address == "Náměstí 3"


def test_what_cannot_be_read_raises():
    with pytest.raises(BrokenFile):
        imports.prepare(Upload(b"", "", timezone.localdate()))


def test_only_who_keeps_offices_brings_in(place):
    for role in ("official", "administrator"):
        reasons = imports.reasons_against_bringing_in(by=UserFactory(role=role))
        assert reasons == ["Your role does not write about municipalities."]


@pytest.mark.parametrize("rows", [10, 40])
def test_it_costs_a_few_queries_however_many_lines_there_are(place, editor, rows):
    told = upload(*(line(f"{NAME} {number}") for number in range(rows)))
    with CaptureQueriesContext(connection) as queries:
        imports.prepare(told)
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        bring_in(told, editor)
    assert len(queries) <= 12
    assert Office.objects.count() == rows
