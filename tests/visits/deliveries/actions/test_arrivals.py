"""What the outbox tells of a delivery."""

import pytest

from core.outbox import dead_addresses
from core.outbox.models import OutgoingMail
from tests.factories.deliveries import SubscriptionFactory
from tests.outbox import Server, deliver, refused, write
from tests.visits.deliveries.parts import FAILED, QUEUED, edition_of, invited, publish
from visits.choices import DeliveryState
from visits.deliveries.actions import reading
from visits.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery():
    edition = edition_of()
    invited(edition, "a@example.org")
    publish(edition)
    return Delivery.objects.get()


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "tests.outbox.Server"
    Server.errors, Server.taken = [], []
    return Server


def now(delivery):
    delivery.refresh_from_db()
    return delivery.state


def test_mail_that_has_left_makes_it_sent(delivery, server):
    write()
    deliver()
    assert now(delivery) == DeliveryState.SENT
    assert delivery.sent_at == OutgoingMail.objects.get(about_kind="delivery").sent_at


def test_what_was_opened_before_the_mail_was_settled_stays_so(delivery, server):
    reading.open_report(delivery, by=None)
    deliver()
    assert now(delivery) == DeliveryState.OPENED


def test_a_refused_address_fails_at_once_and_a_bounce_later(delivery, server):
    server.errors = [refused(550)]
    deliver()
    assert now(delivery) == FAILED
    assert (delivery.next_step_on, delivery.failed_at is None) == (None, False)
    other = edition_of()
    invited(other, "b@example.org")
    publish(other)
    deliver()
    later = other.deliveries.get()
    dead_addresses.mark("B@example.org", "5.1.1")
    assert now(later) == FAILED


def test_a_bounce_ends_what_an_address_asked_for_itself_and_not_a_municipality(delivery):
    own = SubscriptionFactory(email="Kdo@example.org")
    reading.acknowledge(delivery, by=None)
    for email in ("kdo@example.org", delivery.email):
        dead_addresses.mark(email, "5.1.1")
    own.refresh_from_db()
    assert own.ended_at
    assert now(delivery) == DeliveryState.ACKNOWLEDGED


def test_mail_to_an_address_that_was_mended_since_tells_nothing(delivery, server):
    Delivery.objects.filter(pk=delivery.pk).update(email="new@example.org")
    deliver()
    assert now(delivery) == QUEUED
