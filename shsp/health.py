"""What machines ask: is the portal alive, and is all that it stands on in order."""

import logging
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.models import Case, F, Max, Min, When
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from accounts.access import public
from core.outbox.mail import OutgoingMail

logger = logging.getLogger("portal.health")

# A task that has been due for longer than this says that no worker runs.
WORKER_LATE_AFTER = 300

# More than what is left over at the end of a block of a full disk.
PROBE = b"probe" * 10_000
# How a database says that it takes no writes: a server that only follows another one, a file opened so.
READ_ONLY = {"postgresql": "SHOW transaction_read_only", "sqlite": "PRAGMA query_only"}

Check = dict[str, bool | int | None]


@public
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Say that the process is alive; nothing else is looked at."""
    return JsonResponse({"status": "ok"})


@public
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether database, files and worker are in order, and how long the oldest mail has waited.

    200 when they are, 503 when one is not. Mail that waits for a mail server is
    told and does not make the portal unready. Nothing else is given away.
    """
    checks = {"database": database(), "files": files(), **worker_and_mail()}
    ready = all(check["ok"] for check in checks.values())
    return JsonResponse({"ok": ready, **checks}, status=200 if ready else 503)


def database() -> Check:
    """Ask the database whether it takes writes, and where it is a file of ours, whether its disk does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(READ_ONLY[connection.vendor])
            is_read_only = cursor.fetchone()[0] in ("on", 1)
        if connection.vendor == "sqlite":
            with NamedTemporaryFile(dir=Path(connection.settings_dict["NAME"]).parent) as probe:
                probe.write(PROBE)
    except (DatabaseError, OSError):
        logger.exception("the database does not answer, or its disk takes no more")
        return {"ok": False}
    return {"ok": not is_read_only}


def files() -> Check:
    """Write a small file to the storage and delete it."""
    try:
        name = default_storage.save(f"probe/{uuid4().hex}", ContentFile(PROBE))
        default_storage.delete(name)
    except OSError:
        logger.exception("the file storage does not answer")
        return {"ok": False}
    return {"ok": True}


def worker_and_mail() -> dict[str, Check]:
    """Return how late the worker is, when it last finished a task, and how long mail waits, in seconds."""
    # A task for at once carries a date far ahead as its "run after"; it is due since it was written.
    since = Case(When(run_after__gt=timezone.now(), then=F("enqueued_at")), default=F("run_after"))
    try:
        due = _age(DBTaskResult.objects.ready().aggregate(at=Min(since))["at"])
        finished = _age(DBTaskResult.objects.finished().aggregate(at=Max("finished_at"))["at"])
        unsent = _age(OutgoingMail.objects.unsent().aggregate(at=Min("created_at"))["at"])
    except DatabaseError:
        return {"worker": {"ok": False}, "mail": {"ok": False}}
    is_late = (due or 0) > WORKER_LATE_AFTER
    return {
        "worker": {"ok": not is_late, "oldest_task_seconds": due, "last_finished_seconds": finished},
        "mail": {"ok": True, "oldest_unsent_seconds": unsent},
    }


def _age(at: datetime | None) -> int | None:
    return max(0, int((timezone.now() - at).total_seconds())) if at else None
