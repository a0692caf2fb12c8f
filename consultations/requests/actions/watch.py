"""Who watches a request, or the new requests on a topic, and so is told of them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from consultations.models import SupportRequest, Topic, TopicWatch, Watch
from core import audit
from core.states import verb


def reasons_of_reader(by: User) -> list[str]:
    """Return why `by` cannot watch requests; empty when they may read them."""
    return by.reasons_without(Permission.VIEW_REQUESTS, _("Your role does not read requests."))


def reasons_against_watching(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot watch the request; empty when nothing stands against it."""
    return reasons_of_reader(by)


@verb(against=reasons_against_watching)
def watch(request: SupportRequest, *, by: User) -> None:
    """Be told of what happens on a request; a second time changes nothing."""
    _row, is_new = Watch.objects.get_or_create(request=request, user=by)
    if is_new:
        audit.record("request.watch", request, by=by)


@verb(against=reasons_against_watching)
def unwatch(request: SupportRequest, *, by: User) -> None:
    """Not be told any more; without a watch it changes nothing."""
    count, _rows = Watch.objects.filter(request=request, user=by).delete()
    if count:
        audit.record("request.unwatch", request, by=by)


@verb(against=reasons_of_reader)
def watch_topics(topics: Iterable[Topic], *, by: User) -> None:
    """Be told of new requests on exactly these topics."""
    wanted = {topic.pk for topic in topics}
    mine = TopicWatch.objects.filter(user=by)
    before = set(mine.values_list("topic", flat=True))
    mine.exclude(topic__in=wanted).delete()
    TopicWatch.objects.bulk_create(TopicWatch(topic_id=pk, user=by) for pk in sorted(wanted - before))
    if wanted != before:
        audit.record("topic.watch", by, by=by, topics=len(wanted))
