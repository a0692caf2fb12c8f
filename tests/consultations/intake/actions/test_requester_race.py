"""Many at once: the same form makes one request, and the losers leave nothing behind."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from consultations.intake.actions.requester import Intake, receive, reply
from consultations.models import Contact, Person, SupportRequest
from core.files.attachments import Attachment
from core.outbox.mail import OutgoingMail
from tests.factories.consultations import SupportRequestFactory

AT_ONCE = 8
ROUNDS = 100


@pytest.fixture
def at_once(django_db_blocker):
    """Return `at_once(do, times)`: call `do` that often, from threads with own connections."""

    def run(do, times):
        barrier = Barrier(AT_ONCE)

        def work(number):
            with django_db_blocker.unblock():
                try:
                    if number < AT_ONCE:
                        barrier.wait(10)
                    return do()
                finally:
                    connection.close()

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(work, range(times)))

    return run


@pytest.mark.django_db(transaction=True)
def test_the_same_form_a_hundred_times_at_once_is_one_request(at_once, settings):
    def send():
        file = SimpleUploadedFile("a.txt", b"text")
        return receive(
            Intake(
                requester_kind="person",
                subject="Otázka",
                text="Text",
                email="jana@example.org",
                files=(file,),
                idempotency_key="k" * 32,
            ),
            by=None,
        ).pk

    assert len(set(at_once(send, ROUNDS))) == 1
    counts = [model.objects.count() for model in (SupportRequest, Person, Contact, Attachment, OutgoingMail)]
    assert counts == [1, 1, 1, 1, 1]
    folder = settings.STORAGES["default"]["OPTIONS"]["location"]
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_reply_many_times_at_once_is_one_reply(at_once):
    case = SupportRequestFactory(open=True)

    def send():
        mine = SupportRequest.objects.get(pk=case.pk)
        return reply(mine, text="Jednou.", by=None, idempotency_key="r" * 32).pk

    assert len(set(at_once(send, 40))) == 1
    assert case.contacts.count() == 2


@pytest.mark.django_db(transaction=True)
def test_different_replies_at_once_are_all_kept(at_once):
    case = SupportRequestFactory(open=True)

    def send():
        return reply(SupportRequest.objects.get(pk=case.pk), text="Další.", by=None).pk

    assert len(set(at_once(send, 16))) == 16
    assert case.contacts.count() == 17
