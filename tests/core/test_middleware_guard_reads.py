"""A GET never writes."""

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.models import User
from core.middleware import WroteWhileReading, guard_reads
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def run(method: str, view) -> HttpResponse:
    def answer(request):
        view()
        return HttpResponse()

    return guard_reads(answer)(RequestFactory().generic(method, "/"))


WRITES = {
    "create": lambda: UserFactory(),
    "update": lambda: User.objects.update(name="x"),
    "delete": lambda: User.objects.filter(pk=0)._raw_delete("default"),
    "bulk": lambda: User.objects.bulk_create([User(email="b@example.org", name="b", role="editor")]),
}


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("write", WRITES)
def test_reading_methods_cannot_write(method, write):
    with pytest.raises(WroteWhileReading):
        run(method, WRITES[write])


@pytest.mark.parametrize("write", WRITES)
def test_post_may(write):
    assert run("POST", WRITES[write]).status_code == 200


def test_reading_may_read_and_lock_nothing():
    assert run("GET", lambda: list(User.objects.all())).status_code == 200


def test_the_visitors_own_session_may_be_written():
    assert run("GET", lambda: Session.objects.filter(session_key="x").delete()).status_code == 200


def test_the_error_tells_the_table_and_no_values():
    with pytest.raises(WroteWhileReading) as error:
        run("GET", lambda: UserFactory(email="secret@example.org"))

    assert "accounts_user" in str(error.value)
    assert "secret" not in str(error.value)


def test_the_guard_is_off_after_the_answer():
    run("GET", lambda: None)

    assert UserFactory().pk
