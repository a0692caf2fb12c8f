"""Files of a form that came back wait for it, and for nothing and nobody else."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import transaction
from django.utils import timezone

from core.files import attachments
from core.files.attachments import Attachment, put_away
from core.files.pending import FOLDER, WAITS_FOR, PendingFile, find
from core.files.stray import KEPT_FOR
from tests.files import stored


def a_file(name="výpověď.txt", content=b"Dobr\xc3\xbd den") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def waiting(**file) -> PendingFile:
    away = put_away(a_file(**file))
    assert away is not None
    return away


def opened(file: PendingFile) -> PendingFile:
    found = find(file.ticket("form"), "form")
    assert found is not None
    found.read_from_disk()
    return found


def test_a_file_comes_back_as_it_was():
    with opened(waiting()) as found:
        assert (found.name, found.size, found.read().decode()) == ("výpověď.txt", 10, "Dobrý den")


def test_a_ticket_opens_for_its_own_form_only():
    file = waiting()
    assert find(file.ticket("form"), "another form") is None
    assert find("made up", "form") is None
    assert find("není žádný", "form") is None
    assert find("", "form") is None


def test_a_ticket_tells_nothing():
    file = waiting()
    ticket = file.ticket("form")
    assert file.key not in ticket
    assert len({ticket, file.ticket("form")}) == 2


def test_what_cannot_be_taken_does_not_wait():
    assert put_away(a_file("a.svg", b"<svg/>")) is None
    assert put_away(a_file("a.txt", b"")) is None


def test_only_so_many_wait(settings):
    settings.PENDING_FILES = 2
    assert [put_away(a_file()) is None for _ in range(3)] == [False, False, True]
    assert len(default_storage.listdir(FOLDER)[1]) == 2


def test_after_a_day_it_is_late(monkeypatch):
    file = waiting()
    ticket = file.ticket("form")
    later = timezone.now() + WAITS_FOR + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    found = find(ticket, "form")
    assert found is not None
    assert (found.is_late, found.name) == (True, "výpověď.txt")


def test_a_ticket_does_not_outlive_its_file():
    assert WAITS_FOR < KEPT_FOR


@pytest.mark.django_db(transaction=True)
def test_what_is_stored_waits_no_longer():
    file = waiting()
    with opened(file) as found:
        row = stored(found, by=None)
    assert not default_storage.exists(file.key)
    assert default_storage.exists(row.key)
    assert (row.name, row.content_type) == ("výpověď.txt", "text/plain")
    # The form was sent twice.
    assert find(file.ticket("form"), "form") is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("outside", [False, True])
def test_it_waits_on_where_nothing_was_stored(outside):
    file = waiting()

    def fail():
        with transaction.atomic():
            with opened(file) as found, attachments.kept([found]):
                if not outside:
                    raise RuntimeError
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert default_storage.exists(file.key)
    assert Attachment.objects.count() == 0


def test_what_a_refused_verb_has_moved_can_be_put_away_still():
    """What came by a form is a temporary file, which is moved when it is stored."""
    upload = TemporaryUploadedFile("a.txt", "text/plain", 4, None)
    upload.write(b"text")

    def refuse():
        with attachments.kept([upload]):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        refuse()
    file = put_away(upload)
    assert file is not None
    with opened(file) as found:
        assert found.read() == b"text"
    upload.close()
