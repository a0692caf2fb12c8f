"""Tasks that come back by themselves. One waiting run is enough: it takes all that is due by then."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

# Reminders go out when offices open.
MORNING = time(8)
SOON = timedelta(minutes=5)


def wake(task: Task[Any, Any], *, at: datetime) -> None:
    """Let a run of a task wait for a moment, unless one waits for it already or for an earlier one."""
    waiting = DBTaskResult.objects.filter(status="READY", task_path=task.module_path, run_after__lte=at)
    if not waiting.exists():
        task.using(run_after=at).enqueue()


def wake_on(task: Task[Any, Any], day: date | None) -> None:
    """Do so for the morning of a day, or for soon when that has passed; without a day for no moment."""
    if day is not None:
        morning = timezone.make_aware(datetime.combine(day, MORNING))
        wake(task, at=max(morning, timezone.now() + SOON))
