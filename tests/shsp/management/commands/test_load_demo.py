"""Demonstration accounts and data."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.permissions import Role
from consultations.choices import State
from consultations.models import Contact, SummaryEdition, SupportRequest
from consultations.requests import loading
from consultations.requests.synthetic import PERCENT_WORD, RARE_TIMES, RARE_WORD, load_summaries
from core import search
from municipalities.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db

PLACES = ["brno", "most", "kadan", "ostrava", "chomutov", "plzen", "praha-7", "pardubice"]


@pytest.fixture
def ready() -> None:
    """What `setup` would have loaded."""
    loading.load()
    for slug in PLACES:
        MunicipalityFactory(pilot=True, slug=slug)


def load(tmp_path: Path, **options: Any) -> list[dict[str, str]]:
    out = tmp_path / "new" / "logins.json"
    call_command("load_demo", out=out, **options)
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


def test_a_second_run_adds_nothing_and_sets_new_passwords(ready: None, tmp_path: Path) -> None:
    first = load(tmp_path, requests=20)
    tables = (User, SupportRequest, Contact, SummaryEdition, Membership)
    counts = [table.objects.count() for table in tables]
    second = load(tmp_path, requests=20)
    assert [table.objects.count() for table in tables] == counts
    assert {row["password"] for row in first}.isdisjoint(row["password"] for row in second)


def test_synthetic_requests_have_contacts_and_are_found(ready: None, tmp_path: Path) -> None:
    load(tmp_path, requests=300)
    rows = SupportRequest.objects.filter(idempotency_key=None)
    assert (rows.count(), Contact.objects.filter(request__in=rows).count()) == (300, 600)
    assert len(search.ids(RARE_WORD, kind="request", scope="desk")) == RARE_TIMES
    assert len(search.ids(PERCENT_WORD, kind="request", scope="desk")) == 3
    last = rows.latest("pk")
    assert search.ids(last.requester.phone, kind="request", scope="desk") == [last.pk]


def test_what_comes_after_synthetic_requests_gets_a_new_number(ready: None, tmp_path: Path) -> None:
    load(tmp_path, requests=5)
    highest = SupportRequest.objects.latest("pk")
    highest.pk, highest.link_token, highest.idempotency_key = None, "", None
    highest.save(force_insert=True)
    assert SupportRequest.objects.latest("pk").pk == highest.pk


def test_synthetic_summaries_are_published_and_found(ready: None, tmp_path: Path) -> None:
    load(tmp_path)
    load_summaries(200, staff=list(User.objects.staff()))
    assert SummaryEdition.objects.published().count() == 202
    assert search.find(PERCENT_WORD, scope="public").count == 2


def test_a_portal_with_real_accounts_is_left_alone(ready: None) -> None:
    UserFactory()
    with pytest.raises(CommandError, match="real accounts"):
        call_command("load_demo")
    assert User.objects.count() == 1


def test_without_municipalities_it_says_what_to_do_first() -> None:
    with pytest.raises(CommandError, match=r"manage\.py setup"):
        call_command("load_demo")
