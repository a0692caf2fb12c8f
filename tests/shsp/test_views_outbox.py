"""The outbox on the desk."""

import pytest

from core.outbox.mail import OutgoingMail, State
from shsp.views_outbox import without_links

pytestmark = pytest.mark.django_db

LIST = "/en/desk/outbox/"


def put(number: int = 1, **fields: object) -> OutgoingMail:
    values = {
        "kind": "consultations/receipt", "to": "jana.novakova@example.org", "language": "cs",
        "subject": f"Dotaz SH-2026-00000{number}", "text": "Dobrý den,\nhttps://portal.example/cs/requests/secret/\n",
        "message_id": f"<{number}@x>",
    }  # fmt: skip
    return OutgoingMail.objects.create(**{**values, **fields})


@pytest.mark.parametrize(
    ("role", "status"),
    [("consultant", 200), ("editor", 200), ("coordinator", 200), ("administrator", 200), ("official", 403)],
)
def test_who_may_look(log_in, role, status):
    client, _user = log_in(role)
    row = put()

    assert client.get(LIST).status_code == status
    assert client.get(f"{LIST}{row.pk}/").status_code == status


def test_a_visitor_is_led_to_the_login(client):
    assert client.get(LIST).headers["Location"] == f"/en/accounts/login/?next={LIST}"


def test_shows_whom_it_went_to_only_in_part(log_in):
    client, _user = log_in("consultant")
    row = put()

    for page in (LIST, f"{LIST}{row.pk}/"):
        text = client.get(page).content.decode()
        assert "ja…@example.org" in text
        assert "novakova" not in text


def test_filters_by_state(log_in):
    client, _user = log_in("consultant")
    put(1), put(2, state=State.FAILED)

    assert [row.state for row in client.get(f"{LIST}?state=failed").context["page"].items] == ["failed"]
    assert "No messages here" in client.get(f"{LIST}?state=sending").content.decode()
    assert len(client.get(f"{LIST}?state=nonsense").context["page"].items) == 2


def test_the_text_has_no_keys_in_it(log_in):
    client, _user = log_in("consultant")
    text = client.get(f"{LIST}{put().pk}/").content.decode()

    assert "https://portal.example/…" in text
    assert "secret" not in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://a.example/x/y?z=1#t now", "see https://a.example/… now"),
        ("http://a.example:8000/x", "http://a.example:8000/…"),
        ("https://a.example", "https://a.example"),
        ("no address", "no address"),
    ],
)
def test_without_links(text, shown):
    assert without_links(text) == shown


class TestSendAgain:
    @pytest.mark.parametrize(
        ("role", "status"),
        [
            ("consultant", 403),
            ("editor", 403),
            ("official", 403),
            ("coordinator", 302),
            ("administrator", 302),
        ],
    )
    def test_who_may(self, log_in, role, status):
        client, _user = log_in(role)
        row = put(state=State.FAILED)

        assert client.post(f"{LIST}{row.pk}/send-again/").status_code == status
        assert OutgoingMail.objects.get().state == ("queued" if status == 302 else "failed")

    def test_only_what_failed(self, log_in):
        client, _user = log_in("administrator")
        row = put(state=State.SENT)
        response = client.post(f"{LIST}{row.pk}/send-again/")

        assert response.status_code == 422
        assert "Only a message that failed can be sent again." in response.content.decode()

    def test_by_post_only(self, log_in):
        client, _user = log_in("administrator")

        assert client.get(f"{LIST}{put(state=State.FAILED).pk}/send-again/").status_code == 405

    def test_what_is_not_there(self, log_in):
        client, _user = log_in("administrator")

        assert client.get(f"{LIST}999/").status_code == 404
        assert client.post(f"{LIST}999/send-again/").status_code == 404
