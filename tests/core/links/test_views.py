"""The one way to what is behind a personal link, tried on every kind of link that there is."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation
from consultations.choices import ExpertState
from consultations.experts.tasks import look_after_experts
from core.audit import AuditEntry
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.experts import ExpertQuestionFactory

pytestmark = pytest.mark.django_db

PRIVATE = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "same-origin",
}


def invitation() -> tuple[Invitation, str]:
    row = Invitation(email="a@example.org", name="A", role="editor", invited_by=UserFactory())
    token = row.give_link()
    row.save()
    return row, reverse("accounts:accept-invitation", args=[token])


def with_address(row):
    return row, row.get_link()


KINDS = {
    "request": lambda: with_address(SupportRequestFactory()),
    "expert": lambda: with_address(ExpertQuestionFactory(sent=True)),
    "invitation": invitation,
}
every_kind = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)


def shown(response) -> dict[str, str]:
    return {name: response.headers[name] for name in PRIVATE}


@every_kind
def test_fetching_changes_nothing_and_is_kept_by_nobody(make, client):
    row, address = make()
    before, entries = type(row).objects.values().get(pk=row.pk), AuditEntry.objects.count()
    for fetch in (client.get, client.head, client.get):
        response = fetch(address)
        assert (response.status_code, shown(response)) == (200, PRIVATE)
    assert type(row).objects.values().get(pk=row.pk) == before
    assert (AuditEntry.objects.count(), OutgoingMail.objects.count()) == (entries, 0)


@every_kind
def test_a_link_that_never_was_says_what_to_do_and_soon_429(make, client, settings):
    settings.LINK_TRIES_PER_HOUR = 2
    _row, address = make()
    wrong = address[:-2] + ("A/" if address[-2] != "A" else "B/")
    pages = [client.get(wrong) for _time in range(3)]
    assert [page.status_code for page in pages] == [404, 404, 429]
    assert {tuple(shown(page).items()) for page in pages} == {tuple(PRIVATE.items())}
    assert 'href="mailto:' in pages[0].content.decode().split("<main")[1].split("</main")[0]
    assert client.get(address).status_code == 200


def test_what_was_written_behind_a_link_that_is_no_more_is_given_back(client):
    row, address = KINDS["request"]()
    row.give_link()
    row.save()
    response = client.post(address, {"text": "Dlouhá <b>odpověď</b>"})
    page = response.content.decode()
    assert response.status_code == 404
    assert "Dlouhá &lt;b&gt;odpověď&lt;/b&gt;" in page
    assert "Tento odkaz už neplatí" in page


@pytest.mark.parametrize(
    ("state", "days", "heading"),
    [
        (ExpertState.REVOKED, 0, "We have taken the question back"),
        (ExpertState.EXPIRED, 0, "This link has expired"),
        (ExpertState.SENT, 45, "This link has expired"),
    ],
)
def test_a_link_that_is_over_says_why(client, state, days, heading):
    row = ExpertQuestionFactory(sent=True, state=state)
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        response = client.get(f"/en/expert/{row.link_token}/")
    assert (response.status_code, shown(response)) == (410, PRIVATE)
    assert heading in response.content.decode()


def test_a_reminder_keeps_the_link_alive(client):
    row, address = KINDS["expert"]()
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        look_after_experts.call()
        assert row.link_token in OutgoingMail.objects.get().text
        assert client.post(address, {"open": "1"}).status_code == 302
        assert row.question in client.get(address).content.decode()


def test_the_button_lets_one_browser_in_until_there_is_a_new_link(client):
    row, address = KINDS["expert"]()
    client.post(address, {"open": "1"})
    assert row.question in client.get(address).content.decode()
    assert row.question not in Client().get(address).content.decode()
    row.give_link()
    row.save()
    page = client.get(row.get_link()).content.decode()
    assert row.question not in page
    assert 'name="open"' in page
