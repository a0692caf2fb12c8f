"""Everybody who is owed a receipt has been sent one, or it is said of whom this is not so."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from consultations.choices import Receipt
from consultations.intake.receipts import is_one_missing, without_receipt
from consultations.models import SupportRequest
from consultations.requests import emails
from core.outbox.mail import OutgoingMail
from tests.factories.consultations import SupportRequestFactory

pytestmark = pytest.mark.django_db


def a_request(hours: int = 2, receipt: str = Receipt.OWED, **fields: Any) -> SupportRequest:
    at = timezone.now() - timedelta(hours=hours)
    return SupportRequestFactory(received_at=at, receipt=receipt, **fields)


def test_one_that_was_never_written_is_missing():
    case = a_request()
    assert list(without_receipt()) == [case]


@pytest.mark.parametrize(
    ("state", "is_missing"),
    [("sent", False), ("stopped", False), ("failed", True), ("queued", True), ("sending", True)],
)
def test_what_became_of_it(state, is_missing):
    emails.receipt(a_request())
    OutgoingMail.objects.update(state=state)
    assert without_receipt().exists() is is_missing


@pytest.mark.parametrize("receipt", ["", Receipt.NO_ADDRESS, Receipt.ENOUGH, Receipt.MACHINE])
def test_where_none_is_owed_none_is_missing(receipt):
    a_request(receipt=receipt)
    assert not without_receipt().exists()


@pytest.mark.parametrize("hours", [0, 241])
def test_neither_of_this_hour_nor_older_than_ten_days(hours):
    a_request(hours=hours)
    assert not without_receipt().exists()


def test_the_command_names_references_and_fails(capsys):
    case = a_request()
    with pytest.raises(SystemExit) as end:
        call_command("reconcile_mail")
    assert end.value.code == 1
    assert capsys.readouterr().out == f"{case.reference}\n1 without a receipt\n"


def test_the_command_is_content(capsys):
    call_command("reconcile_mail")
    assert capsys.readouterr().out == "0 without a receipt\n"


def test_the_desk_says_so(log_in, settings):
    settings.LANGUAGE_CODE = "en"
    a_request()
    client, _me = log_in("consultant")
    assert "has not been sent a receipt" in client.get("/en/desk/").content.decode()


def test_without_a_cache_the_database_is_asked(monkeypatch):
    def away(*_given: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr("consultations.intake.receipts.cache.get_or_set", away)
    assert not is_one_missing()
    a_request()
    assert is_one_missing()
