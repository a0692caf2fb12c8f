"""A report is published: whoever could not go, and whoever follows its themes, is to get it."""

from core import audit
from visits.choices import Readers
from visits.deliveries.tasks import queue_late_reports, queue_reports
from visits.models import Dispatch, ReportEdition


def deliver(edition: ReportEdition) -> None:
    """Let a published edition go out, inside the verb that publishes it; the worker queues it.

    Of the first edition everybody is told, of a later one those whom it names, and of a minor change nobody.
    """
    if edition.is_minor:
        return
    has_earlier = Dispatch.objects.filter(edition__document=edition.document_id).exists()
    readers = edition.readers if has_earlier else Readers.EVERYBODY
    if readers == Readers.NOBODY:
        return
    dispatch, is_new = Dispatch.objects.get_or_create(edition=edition, defaults={"readers": readers})
    if is_new:
        audit.record("delivery.begin", dispatch, by=edition.published_by, readers=str(readers))
        queue_reports.plan()
        queue_late_reports.plan()
