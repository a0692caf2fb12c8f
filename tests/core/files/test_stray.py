"""Files without a row go after a day, and no others."""

import os
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from consultations.mailbox.actions.incoming import store
from core.files import attachments, stray
from core.files.stray import sweep, sweep_files
from tests.files import stored

pytestmark = pytest.mark.django_db(transaction=True)


def aged(key: str, hours: float) -> str:
    then = time.time() - hours * 3600
    os.utime(default_storage.path(key), (then, then))
    return key


def test_only_old_files_without_a_row_go():
    lonely = aged(attachments.keep_raw(b"nobody's"), 25)
    probe = aged(default_storage.save("probe/x", ContentFile(b"probe")), 25)
    young = aged(attachments.keep_raw(b"waits for its row"), 23)
    file = stored(SimpleUploadedFile("a.txt", b"Dobry den"), by=None)
    letter = store(b"From: a@example.org\r\n\r\nDobry den", came_by="imap")
    for key in (file.key, letter.key):
        aged(key, 1000)

    assert sweep() == 2

    there = [default_storage.exists(key) for key in (lonely, probe, young, file.key, letter.key)]
    assert there == [False, False, True, True, True]
    assert sweep() == 0


def test_without_any_file_there_is_nothing_to_do():
    assert sweep() == 0


def test_it_comes_back_every_day():
    for _start in range(2):
        call_command("plan_tasks", stdout=StringIO())
    sweep_files.call()
    waiting = DBTaskResult.objects.filter(task_path=sweep_files.module_path)
    assert [timezone.localdate(row.run_after) for row in waiting] == [
        timezone.localdate() + timedelta(days=1)
    ]


def test_every_table_that_points_at_files_is_known():
    pointing = {
        model
        for model in apps.get_models()
        if any(field.name == "key" and field.max_length == 64 for field in model._meta.local_fields)
        and model.__module__.startswith(("core.", "consultations.", "municipalities.", "studies.", "visits."))
    }
    assert {model.__name__ for model in pointing} == {"Attachment", "IncomingMail", "Preview"}
    assert set(stray._owners) == pointing
