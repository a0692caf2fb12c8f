"""One's own account."""

import pytest

from accounts.models import User
from core import audit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "page"), [("consultant", "desk"), ("administrator", "desk"), ("official", "my")]
)
@pytest.mark.parametrize("language", ["cs", "en"])
def test_landing_leads_home_in_ones_own_language(log_in, role, page, language):
    client, _user = log_in(role, language=language)
    other = "en" if language == "cs" else "cs"

    response = client.get(f"/{other}/accounts/landing/")

    assert response.headers["Location"] == f"/{language}/{page}/"
    assert response.cookies["language"].value == language


def test_profile_changes_name_and_language_and_nothing_else(log_in):
    client, user = log_in("consultant", name="Old")

    response = client.post(
        "/cs/accounts/profile/",
        {"name": " New ", "language": "en", "role": "administrator", "email": "x@example.org"},
    )

    assert response.headers["Location"] == "/en/accounts/profile/"
    after = User.objects.get()
    assert (after.name, after.language, after.role, after.email) == ("New", "en", "consultant", user.email)
    assert audit.entries_of(user).get().details == {"language": "en"}


def test_profile_says_what_is_wrong(log_in):
    client, _user = log_in("consultant")

    assert (
        "This field is required."
        in client.post("/en/accounts/profile/", {"name": "", "language": "en"}).content.decode()
    )


@pytest.mark.parametrize(
    ("referer", "target"),
    [
        ("http://testserver/en/desk/", "http://testserver/en/desk/"),
        ("https://evil.example/", "/en/accounts/landing/"),
        ("", "/en/accounts/landing/"),
    ],
)
def test_extend_without_a_script_leads_back(log_in, referer, target):
    client, _user = log_in("consultant")

    response = client.post("/en/accounts/extend/", headers={"Accept": "text/html", "Referer": referer})

    assert response.headers["Location"] == target


def test_extend_is_for_post_only(log_in):
    client, _user = log_in("consultant")

    assert client.get("/en/accounts/extend/").status_code == 405
