"""`manage.py plan_tasks`: plan reminders, digests and deliveries anew; runs before a worker starts."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core import schedule


class Command(BaseCommand):
    """Plan whatever a worker that was lost, or a version before, left behind; print when each comes."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        schedule.plan_all()
        for task in schedule.table():
            at = task.next_at()
            moment = timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else "nothing to do"
            self.stdout.write(f"{task.module_path}: {moment}")
