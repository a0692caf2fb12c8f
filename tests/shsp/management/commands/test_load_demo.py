"""Demonstration accounts and data."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.duty.queries import named_on_duty
from accounts.models import User
from accounts.permissions import Role
from consultations.choices import State
from consultations.models import Contact, SummaryEdition, SupportRequest
from consultations.requests import loading
from core import search
from core.notices.models import Notice
from core.outbox.models import OutgoingMail
from municipalities.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory
from visits.choices import LessonAnswer, VisitState
from visits.models import Delivery, Host, Proposal, ReportEdition, StudyVisit

pytestmark = pytest.mark.django_db

PLACES = ["brno", "most", "kadan", "ostrava", "chomutov", "plzen", "praha-7", "pardubice"]


@pytest.fixture
def ready() -> None:
    """What `setup` would have loaded."""
    loading.load()
    for slug in PLACES:
        MunicipalityFactory(pilot=True, slug=slug)


def load(tmp_path: Path) -> list[dict[str, str]]:
    out = tmp_path / "new" / "logins.json"
    call_command("load_demo", out=out)
    return json.loads(out.read_text())


def test_each_role_gets_a_login_that_works(ready: None, tmp_path: Path) -> None:
    logins = load(tmp_path)
    assert {login["role"] for login in logins} == set(Role.values)
    users = {user.email: user for user in User.objects.all()}
    assert all(users[login["email"]].check_password(login["password"]) for login in logins)
    assert all(user.is_demo for user in users.values())
    assert (tmp_path / "new" / "logins.json").stat().st_mode & 0o077 == 0


def test_two_officials_speak_for_two_municipalities(ready: None, tmp_path: Path) -> None:
    officials = [login for login in load(tmp_path) if login["role"] == Role.OFFICIAL]
    places = {login["email"]: login["municipality"] for login in officials}
    assert places == dict(Membership.objects.values_list("user__email", "municipality__slug"))
    assert len(set(places.values())) == 2


def test_somebody_is_on_duty_and_told_of_what_is_new(ready: None, tmp_path: Path) -> None:
    load(tmp_path)
    load(tmp_path)
    [consultant] = named_on_duty()
    new = SupportRequest.objects.filter(state=State.NEW)
    assert consultant.email == "konzultantka@demo.example"
    assert set(new.values_list("has_unread", flat=True)) == {True}
    told = Notice.objects.of(consultant).values_list("about_id", flat=True)
    assert sorted(told) == sorted(new.values_list("pk", flat=True))


def test_there_is_a_marked_request_in_every_state(ready: None, tmp_path: Path) -> None:
    load(tmp_path)
    rows = SupportRequest.objects.all()
    assert {row.state for row in rows} == set(State.values)
    assert all(row.is_demo and row.subject.startswith("[Ukázka] ") for row in rows)
    assert search.ids("ubytovna", kind="request", scope="desk") != []


def test_summaries_are_marked_and_in_every_stage(ready: None, tmp_path: Path) -> None:
    load(tmp_path)
    rows = SummaryEdition.objects.select_related("document")
    assert {row.state for row in rows} == {"draft", "in_review", "published", "withdrawn"}
    assert all(row.question_cs.startswith("[Ukázka] ") and row.document.is_demo for row in rows)
    assert search.find("bodování", scope="public").count == 0
    assert search.find("žádosti o sociální byt", scope="public").count == 1


def test_a_visit_to_come_and_one_with_all_that_follows_are_marked(
    ready: None, tmp_path: Path, client: Client
) -> None:
    load(tmp_path)
    coming, reported = StudyVisit.objects.order_by("slug")
    assert (coming.state, reported.state) == (VisitState.OPEN, VisitState.REPORTED)
    for visit in (coming, reported):
        assert visit.is_demo
        assert (visit.title_cs[:9], visit.title_en[:9]) == ("[Ukázka] ", "[Sample] ")
    assert not Host.objects.exists()
    assert reported.report.is_demo
    edition = ReportEdition.objects.published().get()
    assert edition.title_cs.startswith("[Ukázka] ")
    assert all(row.title.startswith("[Ukázka] ") for row in edition.lessons.all())
    assert Delivery.objects.get().municipality.slug == "most"
    assert {row.state for row in Proposal.objects.all()} == set(LessonAnswer.values)
    assert not OutgoingMail.objects.filter(to__contains="@").exclude(to__endswith="@demo.example").exists()
    page = client.get(reported.get_absolute_url()).content.decode()
    for words in ("Volají tři majitelé", "[Ukázka] Krátká porada každý den", "neodpověděly"):
        assert words in page


def test_officials_find_what_waits_for_them_of_visits(ready: None, tmp_path: Path, client: Client) -> None:
    load(tmp_path)
    for slug, waiting in (("most", 1), ("brno", 2)):
        client.force_login(Membership.objects.get(municipality__slug=slug).user)
        assert len(client.get("/cs/my/visits/").context["waiting"]) == waiting, slug


def test_a_second_run_adds_nothing_and_sets_new_passwords(ready: None, tmp_path: Path) -> None:
    first = load(tmp_path)
    tables = (User, SupportRequest, Contact, SummaryEdition, Membership, StudyVisit, Proposal)
    counts = [table.objects.count() for table in tables]
    second = load(tmp_path)
    assert [table.objects.count() for table in tables] == counts
    assert {row["password"] for row in first}.isdisjoint(row["password"] for row in second)


def test_a_portal_with_real_accounts_is_left_alone(ready: None) -> None:
    UserFactory()
    with pytest.raises(CommandError, match="real accounts"):
        call_command("load_demo")
    assert User.objects.count() == 1


def test_without_municipalities_it_says_what_to_do_first() -> None:
    with pytest.raises(CommandError, match=r"manage\.py setup"):
        call_command("load_demo")
