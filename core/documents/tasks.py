"""What is to be published by itself."""

from django.utils import timezone, translation
from django_tasks import task

from core.documents.actions import publish_as_planned
from core.documents.kind import kinds
from core.schedule import wake
from core.states import Conflict


@task()
def publish_due() -> None:
    """Publish all that is due by now, and come back for what is due next."""
    for kind in kinds():
        planned = kind.edition.objects.planned()
        due = planned.filter(publish_at__lte=timezone.now())
        for edition in due.select_related("document", "publish_by", "submitted_by"):
            try:
                with translation.override(edition.publish_by.language):
                    publish_as_planned(edition)
            except Conflict:
                # Somebody published it, or sent it back, this very moment.
                continue
        if following := planned.filter(publish_at__gt=timezone.now()).first():
            wake(publish_due, at=following.publish_at)
