"""Addresses that mail came back from for good."""

import pytest

from core.audit import AuditEntry
from core.outbox import dead_addresses
from core.outbox.dead_addresses import DeadAddress, is_dead, mark, revive
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_a_marked_address_is_dead_however_it_is_written():
    mark("Jana@Example.org", "5.1.1", "<1.a@localhost>")

    assert is_dead(" jana@example.ORG ")
    assert not is_dead("petr@example.org")


def test_a_second_bounce_keeps_the_first_day():
    first = mark("jana@example.org", "5.1.1", "<1.a@localhost>")
    again = mark("jana@example.org", "5.2.1", "<2.b@localhost>")

    assert (again.pk, again.since, again.status) == (first.pk, first.since, "5.1.1")
    assert AuditEntry.objects.filter(verb="mail.address_died").count() == 1


def test_an_app_hears_of_each_bounce(monkeypatch):
    heard: list[str] = []
    monkeypatch.setattr(dead_addresses, "_told", [heard.append])
    for _time in range(2):
        mark("Jana@example.org", "5.1.1")
    assert heard == ["jana@example.org"] * 2


def test_somebody_lets_mail_go_there_again():
    person = UserFactory()
    mark("jana@example.org", "5.1.1")

    assert revive("Jana@example.org", by=person)

    assert not DeadAddress.objects.exists()
    entry = AuditEntry.objects.get(verb="mail.address_revived")
    assert (entry.actor_id, entry.details) == (person.pk, {"status": "5.1.1"})
    assert not revive("jana@example.org", by=person)
