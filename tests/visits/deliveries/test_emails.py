"""Mail of a report that waits is not sent once the report was withdrawn."""

import pytest

from core.outbox.models import OutgoingMail, Stopped
from tests.visits.deliveries.parts import edition_of, invited, publish
from visits.deliveries.emails import reason_to_stop
from visits.models import ReportEdition

pytestmark = pytest.mark.django_db


def test_mail_that_waits_is_stopped_when_its_report_was_withdrawn():
    edition = edition_of()
    invited(edition, "a@example.org")
    publish(edition)
    message = OutgoingMail.objects.get()
    assert reason_to_stop(message) == ""
    ReportEdition.objects.update(state="withdrawn")
    assert reason_to_stop(message) == Stopped.NOT_PUBLIC


def test_the_subject_is_the_title_once():
    edition = edition_of(title_cs="Zpráva z cesty do Finska")
    invited(edition, "a@example.org")
    publish(edition)
    assert OutgoingMail.objects.get().subject.strip() == "Zpráva z cesty do Finska"
