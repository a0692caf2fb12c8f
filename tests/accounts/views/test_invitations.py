"""The page behind an invitation's address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import actions
from accounts.models import Invitation, User
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

NEW = {"name": "Jana Nová", "password": "modra velryba plave", "password_again": "modra velryba plave"}


@pytest.fixture
def link() -> str:
    actions.invite(
        email="nova@example.org",
        name="Nová",
        role="editor",
        language="en",
        by=UserFactory(administrator=True),
    )
    words = OutgoingMail.objects.get().text.split()
    return next(word for word in words if word.startswith("http")).removeprefix("http://localhost:8000")


def test_chooses_a_password_and_is_in(client, link):
    assert "nova@example.org" in client.get(link).content.decode()

    response = client.post(link, NEW)

    assert response.headers["Location"] == "/en/accounts/landing/"
    assert client.session["_auth_user_id"] == str(User.objects.get(email="nova@example.org").pk)
    assert {"started_at", "seen_at"} <= set(client.session.keys())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": "short", "password_again": "short"}, "at least 12 characters"),
        ({"password_again": "jina velryba plave"}, "The two passwords differ."),
        ({"password": "nova@example.org", "password_again": "nova@example.org"}, "too similar"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_says_what_is_wrong_and_keeps_the_name(client, link, changes, sentence):
    response = client.post(link, {**NEW, **changes})

    assert sentence in response.content.decode()
    assert not User.objects.filter(email="nova@example.org").exists()


@pytest.mark.parametrize("field", ["role", "email", "is_active", "municipality_id", "invited_by"])
def test_takes_nothing_that_it_did_not_ask_for(client, link, field):
    client.post(link, {**NEW, field: "administrator"})

    user = User.objects.get(email="nova@example.org")
    assert (user.role, user.is_active) == ("editor", True)


@pytest.mark.parametrize("why", ["used", "revoked", "expired", "sent again", "never was"])
def test_a_link_that_does_not_work_looks_the_same_whatever_the_reason(client, link, why):
    invitation, by = Invitation.objects.get(), User.objects.get()
    if why == "used":
        actions.accept_invitation(invitation, name="x", password=NEW["password"])
    elif why == "revoked":
        actions.revoke_invitation(invitation, by=by)
    elif why == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif why == "sent again":
        actions.send_invitation_again(invitation, by=by)
    else:
        Invitation.objects.update(link_digest="0" * 64)

    for response in (client.get(link), client.post(link, NEW)):
        assert response.status_code == 404
        assert "This invitation no longer works" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_one_that_leads_nowhere_now_says_why_and_whom_to_write_to(client, link, monkeypatch):
    monkeypatch.setattr(actions, "_against_accepting", [lambda _invitation: ["Lipová is no more."]])

    for response in (client.get(link), client.post(link, NEW)):
        page = response.content.decode()
        assert response.status_code == 409
        assert "Lipová is no more." in page
        assert 'href="mailto:' in page.split("<main")[1].split("</main")[0]
    assert "_auth_user_id" not in client.session
    assert Invitation.objects.usable().exists()
