"""Who did what, when."""

import pytest

from core import audit
from core.middleware import request_id_now
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_keeps_who_in_which_role_did_what_to_what():
    by, subject = UserFactory(editor=True), UserFactory()

    entry = audit.record("account.disable", subject, by=by, count=3)

    assert (entry.actor_id, entry.actor_role, entry.verb) == (by.pk, "editor", "account.disable")
    assert (entry.subject_kind, entry.subject_id, entry.details) == ("user", subject.pk, {"count": 3})


def test_a_visitor_has_no_account():
    entry = audit.record("request.receive", UserFactory(), by=None)

    assert (entry.actor_id, entry.actor_role) == (None, "visitor")


def test_carries_the_name_of_the_request_in_the_log():
    token = request_id_now.set("abc123")
    try:
        assert audit.record("x", UserFactory(), by=None).request_id == "abc123"
    finally:
        request_id_now.reset(token)


def test_outlives_what_it_describes():
    subject = UserFactory()
    audit.record("x", subject, by=subject)
    pk = subject.pk
    subject.delete()

    assert audit.AuditEntry.objects.get().subject_id == pk


def test_entries_of_one_thing_oldest_first():
    subject, other = UserFactory(), UserFactory()
    for verb, row in (("one", subject), ("two", other), ("three", subject)):
        audit.record(verb, row, by=None)

    assert list(audit.entries_of(subject).values_list("verb", flat=True)) == ["one", "three"]


def test_many_things_at_once_are_each_written_down():
    by, subjects = UserFactory(editor=True), UserFactory.create_batch(2)

    audit.record_all("office.import", [(subject, {"count": 1}) for subject in subjects], by=by)

    for subject in subjects:
        [entry] = audit.entries_of(subject)
        assert (entry.verb, entry.actor_id, entry.details) == ("office.import", by.pk, {"count": 1})
