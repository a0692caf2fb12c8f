"""Filters under a name on the page of the list: kept, shared, removed and brought back; and the table."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.desk.actions import filters
from consultations.models import SavedFilter
from core.audit import AuditEntry
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def test_the_list_keeps_what_is_understood_and_opens_it_again(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    said = {"name": "  Open  ones ", "query": "utm=1&topic=nonsense&assignee=me&state=active&page=3"}
    response = client.post(reverse("desk-filter-save"), said)
    saved = SavedFilter.objects.get()
    assert (saved.owner, saved.name, saved.query) == (me, "Open ones", "state=active&assignee=me")
    assert response["Location"] == "/en/desk/requests/?state=active&assignee=me"
    assert "Open ones" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": "", "query": "state=new"}, "Write a name"),
        ({"name": "x", "query": ""}, "Nothing is filtered yet"),
        ({"name": "x", "query": "state=%00"}, "Nothing is filtered yet"),
        ({"name": "Mine", "query": "state=new"}, "There is a filter “Mine” already."),
    ],
)
def test_a_form_that_cannot_be_saved_comes_back(log_in: LogIn, said: dict[str, str], words: str) -> None:
    client, me = log_in("editor")
    filters.save(name="Mine", query="state=open", by=me)
    response = client.post(reverse("desk-filter-save"), said)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert SavedFilter.objects.get().query == "state=open"


def test_a_removed_one_can_be_brought_back(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    first, second = (filters.save(name=name, query="state=new", by=me) for name in "AB")
    gone = client.post(reverse("desk-filter-remove", args=[first.pk]))
    assert "Bring it back" in client.get(gone["Location"]).content.decode()
    assert list(SavedFilter.objects.for_list(me)) == [second]
    client.post(reverse("desk-filter-restore", args=[first.pk]))
    assert list(SavedFilter.objects.for_list(me)) == [first, second]


def test_a_private_filter_of_a_colleague_is_not_there(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    saved = filters.save(name="A", query="state=new", by=UserFactory())
    for name in ("rename", "share", "up", "remove", "restore"):
        assert client.post(reverse(f"desk-filter-{name}", args=[saved.pk])).status_code == 404


def test_sharing_and_renaming_are_buttons(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    saved = filters.save(name="A", query="state=new", by=me)
    client.post(reverse("desk-filter-share", args=[saved.pk]))
    client.post(reverse("desk-filter-rename", args=[saved.pk]), {"name": "B\x07C"})
    saved.refresh_from_db()
    assert (saved.is_shared, saved.name) == (True, "B C".replace(" ", ""))


def test_the_list_is_taken_away_as_it_is_filtered_and_masked(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(
        subject="=1+1", requester__email="jana.novakova@example.org", sensitive_note="tajné"
    )
    SupportRequestFactory(answered=True)
    response = client.post(f"{reverse('desk-export')}?state=new")
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(f"{request.reference};'=1+1;person;ja…@example.org;")
    assert "tajné" not in lines[1]
    entry = AuditEntry.objects.get(verb="request.export")
    assert (entry.actor_id, entry.details) == (me.pk, {"filters": ["state"]})
