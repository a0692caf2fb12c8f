"""Mail is a row first: written with the verb, held, taken back, sent again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from core import audit
from core.outbox import dead_addresses, mail, tokens
from core.outbox.mail import OutgoingMail, State, Stopped
from core.states import Refused
from tests.factories.accounts import UserFactory
from tests.outbox import Server, deliver, refused, state_of, write

pytestmark = pytest.mark.django_db

START = "2026-05-04 08:00Z"
DELIVER = "core.outbox.tasks.deliver_due"


@pytest.fixture
def server(settings: Any) -> type[Server]:
    settings.EMAIL_BACKEND = "tests.outbox.Server"
    Server.errors, Server.taken = [], []
    return Server


@pytest.fixture
def traveller() -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


class TestQueue:
    def test_keeps_text_subject_and_what_it_is_about(self):
        user = UserFactory()
        row = write(about=user)

        assert (row.subject, row.state, row.tries) == ("Your password has been changed", "queued", 0)
        assert row.text.startswith("Hello,\n\nthe password of your account")
        assert (row.about_kind, row.about_id) == ("user", user.pk)
        assert row.message_id.endswith("@localhost>")

    def test_is_written_in_the_language_of_the_recipient(self):
        with override("en"):
            assert "Podpora sociálního bydlení" in write(language="cs").text
        with override("cs"):
            assert "Social Housing Support Project" in write(language="en").text

    def test_ends_with_who_paid(self):
        project, funds = write().text.splitlines()[:-3:-1]

        assert funds == "European Union · European Social Fund · Operational Programme Employment"
        assert project.startswith(
            "The project “Social Housing Support Project”, reg. no. CZ.03.2.63/0.0/0.0/15_017/"
        )
        assert project.endswith("by the European Social Fund and the state budget of the Czech Republic.")

    def test_plain_text_is_not_escaped(self):
        assert (
            "https://portal.example/x?a=1&b='<2>'"
            in write(context={"user": UserFactory(), "link": "https://portal.example/x?a=1&b='<2>'"}).text
        )

    def test_a_verb_that_fails_sends_nothing(self):
        def verb() -> None:
            with transaction.atomic():
                write()
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            verb()

        assert not OutgoingMail.objects.exists()
        assert not DBTaskResult.objects.exists()

    def test_nothing_is_sent_by_the_verb_itself(self, mailoutbox):
        write()

        assert mailoutbox == []
        assert DBTaskResult.objects.get().task_path == DELIVER


class TestSendAgain:
    def test_begins_anew(self, server, traveller):
        row = write()
        server.errors = [refused(554)]
        deliver()
        traveller.shift(timedelta(days=9))
        row.refresh_from_db()
        by = UserFactory(administrator=True)

        mail.send_again(row, by=by)
        assert (row.state, row.tries, row.last_error, row.created_at) == ("queued", 0, "", timezone.now())
        assert audit.entries_of(row).get().verb == "mail.send_again"
        deliver()
        assert state_of(row) == State.SENT

    def test_only_what_failed(self):
        row = write()
        with override("en"), pytest.raises(Refused) as refusal:
            mail.send_again(row, by=UserFactory())

        assert refusal.value.reasons == ["Only a message that failed can be sent again."]

    def test_not_to_an_address_that_is_marked_until_it_is_said_to_work(self, server):
        dead_addresses.mark("jana@example.org", "5.1.1")
        row, by = write(), UserFactory()
        with override("en"), pytest.raises(Refused) as refusal:
            mail.send_again(row, by=by)
        assert refusal.value.reasons == ["The address is marked as not taking mail. First say that it works."]

        dead_addresses.revive("jana@example.org", by=by)
        mail.send_again(row, by=by)
        deliver()
        assert state_of(row) == State.SENT

    def test_never_what_was_taken_back(self):
        row = write(hold=20)
        assert mail.take_back(row) is True
        with override("en"), pytest.raises(Refused) as refusal:
            mail.send_again(row, by=UserFactory())
        assert refusal.value.reasons == ["Its author has taken it back."]


class TestThread:
    def test_what_can_be_replied_to_bears_signs(self, settings):
        settings.MAIL_INBOX = "inbox@portal.example"
        user = UserFactory()
        row = write(about=user, thread=["<1@x>", "<2@x>"])

        (by_address,) = tokens.claims(row.reply_to)
        (by_id,) = tokens.claims(row.message_id)
        assert by_address == by_id
        assert by_id.about_id == user.pk
        assert by_id.is_for("jana@example.org")
        assert row.references == "<1@x> <2@x>"

    def test_other_mail_bears_none(self, settings):
        settings.MAIL_INBOX = "inbox@portal.example"
        row = write(about=UserFactory())

        assert (row.reply_to, row.references) == ("", "")
        assert not any(claim.is_for(row.to) for claim in tokens.claims(row.message_id))

    def test_names_the_last_ten_messages(self):
        row = write(about=UserFactory(), thread=[f"<{number}@x>" for number in range(12)])

        assert row.references.split() == [f"<{number}@x>" for number in range(2, 12)]

    def test_a_subject_stands_in_for_the_templates(self):
        assert write(subject="Re: Byt\n pro  rodinu").subject == "Re: Byt pro rodinu"


class TestHolding:
    def test_waits_and_goes_when_its_time_has_come(self, server, traveller):
        row = write(hold=20)
        assert row.is_held is True
        assert DBTaskResult.objects.get().run_after == timezone.now() + timedelta(seconds=20)
        deliver()
        assert server.taken == []

        traveller.shift(timedelta(seconds=20))
        deliver()
        assert (state_of(row), server.taken) == (State.SENT, [row.message_id])
        assert mail.take_back(row) is False

    def test_of_the_worker_and_the_author_one_wins(self, server):
        row = write()
        other = OutgoingMail.objects.get()
        assert mail.take_back(other) is True
        assert mail.take_back(row) is False
        deliver()

        assert (state_of(row), row.last_error, server.taken) == (State.STOPPED, Stopped.TAKEN_BACK, [])


def test_to_a_dead_address_nothing_is_sent():
    dead_addresses.mark("Jana@example.org", "5.1.1")
    row = write()

    assert (row.state, row.last_error) == (State.STOPPED, Stopped.DEAD)
    assert not DBTaskResult.objects.exists()


def test_addresses_come_from_the_settings(settings):
    settings.BASE_URL = "https://portal.example"

    assert mail.absolute("/cs/") == "https://portal.example/cs/"
