"""A wrong contact reported by a visitor: once, with what was said, to those who keep it; and settled."""

import pytest

from accounts.models import User
from core.notices.models import Notice
from core.states import Conflict
from municipalities.models import OfficeReport
from municipalities.places.offices.actions import reports
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory, OfficeFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def editor() -> User:
    return UserFactory(editor=True)


def test_those_who_keep_offices_are_told_once(editor):
    office, _administrator = OfficeFactory(name="Kontaktní místo Vír"), UserFactory(administrator=True)
    row = reports.report(office.municipality, office=office)
    notice = Notice.objects.get()
    assert (notice.receiver, notice.actor, notice.link) == (editor, None, "/cs/desk/offices/reports/")
    assert notice.sentence == "A visitor reports a wrong contact: Kontaktní místo Vír"
    assert reports.report(office.municipality, office=office) == row
    assert (OfficeReport.objects.count(), Notice.objects.count()) == (1, 1)
    assert written(row) == [("office.report", None, {})]


def test_the_municipalitys_own_contact_is_another_one():
    office = OfficeFactory()
    first = reports.report(office.municipality, office=office)
    second = reports.report(office.municipality, office=None)
    assert (first.office, second.office, first.pk == second.pk) == (office, None, False)


def test_what_is_settled_may_be_reported_again(editor):
    office = OfficeFactory()
    row = reports.report(office.municipality, office=office)
    reports.settle(row, by=editor)
    assert reports.report(office.municipality, office=office) != row


def test_one_may_say_what_is_wrong():
    row = reports.report(MunicipalityFactory(), office=None)
    reports.say_more(row, note="Nikdo to nebere.")
    assert list(OfficeReport.objects.values_list("note", flat=True)) == ["Nikdo to nebere."]


def test_nobody_writes_over_what_another_visitor_said():
    row = reports.report(MunicipalityFactory(), office=None)
    reports.say_more(row, note="Nikdo to nebere.")
    reports.say_more(row, note="Přestěhovali se.")
    assert set(OfficeReport.objects.values_list("note", flat=True)) == {
        "Nikdo to nebere.",
        "Přestěhovali se.",
    }


def test_a_report_is_settled_once(editor):
    row = reports.report(MunicipalityFactory(), office=None)
    late = OfficeReport.objects.get()
    reports.settle(row, by=editor)
    assert (row.settled_by, Notice.objects.unread().exists()) == (editor, False)
    with pytest.raises(Conflict):
        reports.settle(late, by=UserFactory())


def test_who_does_not_keep_offices_settles_nothing():
    membership = MembershipFactory()
    row = reports.report(membership.municipality, office=None)
    for by in (membership.user, UserFactory(administrator=True)):
        assert refusal(reports.settle, row, by=by) == ["Your role does not write about municipalities."]
