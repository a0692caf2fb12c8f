"""What machines are told."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.outbox import mail
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory


def write() -> None:
    mail.queue(
        "accounts/password_changed",
        to="j@example.org",
        context={"user": UserFactory(), "link": "x"},
        language="cs",
    )


def test_alive_without_the_database(client):
    # No database mark: a query would fail this test.
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.django_db
class TestReady:
    def test_in_order(self, client):
        response = client.get("/readyz")

        assert response.status_code == 200
        assert response.json() == {
            "ok": True,
            "database": {"ok": True},
            "files": {"ok": True},
            "worker": {"ok": True, "oldest_task_seconds": None, "last_finished_seconds": None},
            "mail": {"ok": True, "oldest_unsent_seconds": None},
        }

    def test_leaves_no_file_behind(self, client, settings):
        client.get("/readyz")

        folder = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
        assert [path for path in folder.rglob("*") if path.is_file()] == []

    def test_a_worker_that_is_late(self, client):
        write()
        DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(seconds=400))

        response = client.get("/readyz")

        assert response.status_code == 503
        assert not response.json()["ok"]
        assert response.json()["worker"]["oldest_task_seconds"] in range(400, 410)

    def test_a_task_for_later_is_not_late(self, client):
        mail.deliver_due.using(run_after=timezone.now() + timedelta(hours=1)).enqueue()
        DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(seconds=400))

        assert client.get("/readyz").json()["worker"]["oldest_task_seconds"] is None

    def test_a_retry_is_late_from_when_it_was_due(self, client):
        mail.deliver_due.using(run_after=timezone.now() - timedelta(seconds=10)).enqueue()
        DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=4))

        assert client.get("/readyz").json()["worker"]["oldest_task_seconds"] in range(10, 20)

    def test_mail_that_waits_is_told(self, client):
        write()
        OutgoingMail.objects.update(created_at=timezone.now() - timedelta(hours=2))

        response = client.get("/readyz")

        assert response.status_code == 200
        assert response.json()["mail"]["oldest_unsent_seconds"] in range(7200, 7210)

    def test_files_that_cannot_be_written(self, client, settings, tmp_path):
        (tmp_path / "wall").write_text("")
        options: dict[str, Any] = {
            **settings.STORAGES["default"]["OPTIONS"],
            "location": tmp_path / "wall" / "files",
        }
        settings.STORAGES = {
            **settings.STORAGES,
            "default": {**settings.STORAGES["default"], "OPTIONS": options},
        }

        response = client.get("/readyz")

        assert response.status_code == 503
        assert response.json()["files"] == {"ok": False}

    def test_a_database_that_takes_no_writes(self, client):
        with connection.cursor() as cursor:
            cursor.execute(
                {"sqlite": "PRAGMA query_only=1", "postgresql": "SET TRANSACTION READ ONLY"}[
                    connection.vendor
                ]
            )
            response = client.get("/readyz")
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA query_only=0")

        assert response.status_code == 503
        assert response.json()["database"] == {"ok": False}

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="its disk is the server's own")
    def test_a_disk_of_the_database_that_takes_no_more(self, client, monkeypatch, tmp_path):
        monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "gone" / "portal.sqlite3"))

        response = client.get("/readyz")

        assert response.status_code == 503
        assert response.json()["database"] == {"ok": False}
