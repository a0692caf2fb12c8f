"""The desk's pages on people."""

from typing import Any

import pytest

from accounts import actions
from accounts.models import Invitation, User
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

LIST = "/en/desk/people/"


def invite(by: User, number: int = 0) -> Invitation:
    return actions.invite(
        email=f"n{number}@example.org", name=f"N{number}", role="editor", language="cs", by=by
    )


def names(response: Any) -> set[str]:
    return {person.name for person in response.context["page"].items}


@pytest.mark.parametrize(
    ("role", "status"),
    [("consultant", 403), ("editor", 403), ("official", 403), ("coordinator", 200), ("administrator", 200)],
)
@pytest.mark.parametrize("page", ["", "invite/"])
def test_who_may_look(log_in, role, status, page):
    client, _user = log_in(role)

    assert client.get(f"{LIST}{page}").status_code == status


def test_filters(log_in):
    client, _user = log_in("administrator", name="Alena")
    UserFactory(name="Bohumil Hrabal", email="hrabal@example.org", is_active=False)
    UserFactory(name="Milena", role="official")

    assert names(client.get(LIST)) == {"Alena", "Bohumil Hrabal", "Milena"}
    assert names(client.get(f"{LIST}?q=hraba")) == {"Bohumil Hrabal"}
    assert names(client.get(f"{LIST}?q=HRABAL@")) == {"Bohumil Hrabal"}
    assert names(client.get(f"{LIST}?role=official")) == {"Milena"}
    assert names(client.get(f"{LIST}?active=no")) == {"Bohumil Hrabal"}
    assert "No account matches" in client.get(f"{LIST}?q=zzz").content.decode()
    assert client.get(f"{LIST}?role=king&active=maybe").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(log_in, django_assert_num_queries, rows):
    client, user = log_in("administrator")
    for number in range(rows):
        UserFactory()
        invite(user, number)
    client.get(LIST)

    with django_assert_num_queries(4):
        client.get(LIST)


def test_invites(log_in):
    client, _user = log_in("coordinator")
    values = {"name": "Nová", "email": "nova@example.org", "role": "editor", "language": "cs"}

    assert client.post(f"{LIST}invite/", values).headers["Location"] == LIST
    assert Invitation.objects.get().email == "nova@example.org"
    again = client.post(f"{LIST}invite/", values)
    assert again.status_code == 422
    assert "This address already has an invitation." in again.content.decode()
    assert 'value="nova@example.org"' in again.content.decode()


def test_a_coordinator_cannot_invite_an_administrator_by_a_forged_field(log_in):
    client, _user = log_in("coordinator")

    client.post(
        f"{LIST}invite/", {"name": "N", "email": "n@example.org", "role": "administrator", "language": "cs"}
    )

    assert not Invitation.objects.exists()


def test_sends_again_and_revokes(log_in):
    client, user = log_in("administrator")
    invitation = invite(user)

    client.post(f"{LIST}invitations/{invitation.pk}/send-again/")
    assert OutgoingMail.objects.count() == 2
    assert client.get(f"{LIST}invitations/{invitation.pk}/revoke/").status_code == 200
    client.post(f"{LIST}invitations/{invitation.pk}/revoke/")
    invitation.refresh_from_db()
    assert invitation.state == "revoked"
    page = client.post(f"{LIST}invitations/{invitation.pk}/revoke/").content.decode()
    assert "This invitation is revoked." in page


def test_an_account_says_what_can_be_done_with_it_and_why_not(log_in):
    client, user = log_in("coordinator")
    page = client.get(f"{LIST}{user.pk}/").content.decode()

    assert page.count("Only an administrator may do this.") == 3


@pytest.mark.parametrize("action", ["role", "disable", "enable", "reset-second-factor"])
def test_actions_are_the_administrators(log_in, action):
    other = UserFactory()
    client, _user = log_in("coordinator")

    assert client.post(f"{LIST}{other.pk}/{action}/", {"role": "editor"}).status_code == 403
    assert User.objects.get(pk=other.pk).role == "consultant"


def test_asks_before_disabling(log_in):
    other = UserFactory()
    client, _user = log_in("administrator")

    assert client.get(f"{LIST}{other.pk}/disable/").status_code == 200
    assert User.objects.get(pk=other.pk).is_active
    client.post(f"{LIST}{other.pk}/disable/")
    assert not User.objects.get(pk=other.pk).is_active
    assert "This account is disabled already." in client.post(f"{LIST}{other.pk}/disable/").content.decode()


def test_changes_a_role(log_in):
    other = UserFactory()
    client, _user = log_in("administrator")

    client.post(f"{LIST}{other.pk}/role/", {"role": "editor"})
    assert User.objects.get(pk=other.pk).role == "editor"
    page = client.post(f"{LIST}{other.pk}/role/", {"role": "editor"}).content.decode()
    assert "The person has this role already." in page


@pytest.mark.parametrize(
    "path", ["99999/", "99999/role/", "99999/disable/", "invitations/99999/revoke/", "1/explode/"]
)
def test_what_is_not_there(log_in, path):
    client, _user = log_in("administrator")

    assert client.get(f"{LIST}{path}").status_code == 404
