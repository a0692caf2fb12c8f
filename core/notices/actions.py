"""A verb says what happened; who is told of it, where and when follows from each receiver's own settings.

Those without an account (requesters, experts) are written to by core.outbox alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from django.db import models, transaction
from django.utils import timezone, translation

from core import audit
from core.notices import emails
from core.notices.hours import digest_after, hours_of, quiet_until
from core.notices.kinds import How, kind_of, kinds_for
from core.notices.models import Notice, NoticeChoice, NoticeHours, NoticeQuerySet
from core.notices.queries import visible, ways_of
from core.notices.tasks import send_digests
from core.outbox import mail
from core.outbox.models import OutgoingMail, State


@transaction.atomic
def tell(
    about: models.Model,
    told: Mapping[str, Iterable[Any]],
    *,
    link: Callable[[], str],
    by: Any = None,
    # Seconds; words go by keyword, too, so that no type of its own fits.
    hold: Any = 0,
    **words: Any,
) -> list[Notice]:
    """Tell accounts what became of a thing; return the notices.

    `told` names for each kind whom it concerns. Nobody is told twice of one event, the first kind counts;
    not whoever did it (`by`), nor who may not see `about`. `link()`, called in the reader's language, gives
    the path of the page. `words` are what the kind's sentence and texts say: references, numbers, names of
    places and colleagues, titles of what is to be public, nothing of a case. Notices and mail belong to the
    caller's transaction; for `hold` seconds no mail leaves, so that `take_back` is in time.
    """
    kept = {name: value for name, value in words.items() if isinstance(value, str | int)}
    firsts: dict[int, Notice] = {}
    for key, users in told.items():
        for user in users:
            if user != by and user.has(kind_of(key).permission):
                notice = Notice(kind=key, receiver=user, actor=by, words=kept, about_id=about.pk)
                notice.about_kind = str(about._meta.model_name)
                firsts.setdefault(user.pk, notice)
    ways = [(row, how) for row, how in ways_of(visible(firsts.values())) if how != How.NEVER]
    _give_links([row for row, _how in ways], link)
    _send(ways, about, words, hold)
    notices = Notice.objects.bulk_create([row for row, _how in ways])
    if any(row.digest_at for row in notices):
        send_digests.plan()
    return notices


def notify(
    kind: str, about: models.Model, to: Any, link: Callable[[], str], *, by: Any = None, **words: Any
) -> list[Notice]:
    """Tell one account of one thing; see `tell`."""
    return tell(about, {kind: [to]}, link=link, by=by, **words)


def _give_links(notices: list[Notice], link: Callable[[], str]) -> None:
    @cache
    def path(language: str) -> str:
        with translation.override(language):
            return link()

    for notice in notices:
        notice.link = path(notice.receiver.language)


def _send(ways: Sequence[tuple[Notice, How]], about: models.Model, words: dict[str, Any], hold: int) -> None:
    """Queue the mails at once, each after quiet hours, and let the others wait for the daily mail."""
    first = timezone.now() + timedelta(seconds=hold)
    hours = hours_of(row.receiver for row, how in ways if how != How.PORTAL) if ways else {}
    urgent = [row for row, how in ways if how == How.AT_ONCE]
    waiting = [row for row, how in ways if how == How.DIGEST]
    letters = mail.queue_all(
        [emails.at_once(row, about, words, _wait(row, hours[row.receiver_id], first, hold)) for row in urgent]
    )
    for row, letter in zip(urgent, letters, strict=True):
        row.mail = letter
    for row in waiting:
        row.digest_at = digest_after(hours[row.receiver_id], first)


def _wait(notice: Notice, hours: NoticeHours, first: datetime, hold: int) -> float:
    """Return for how many seconds the mail at once waits: for its `first` moment, and for quiet hours."""
    until = first if kind_of(notice.kind).is_urgent else quiet_until(hours, first)
    return hold + (until - first).total_seconds()


def take_back(told: NoticeQuerySet) -> bool:
    """Delete what was told, and stop its mail; tell whether none of it had left."""
    waiting = OutgoingMail.objects.filter(notices__in=told).exclude(state=State.STOPPED)
    stopped = [mail.take_back(letter) for letter in waiting.distinct()]
    told.delete()
    return all(stopped)


def mark_read(about: models.Model, *, by: Any) -> None:
    """Take what somebody was told of a thing as dealt with, since they have seen it or done their part."""
    told = Notice.objects.filter(about_kind=about._meta.model_name, about_id=about.pk)
    told.of(by).unread().update(read_at=timezone.now())


def mark_done(about: models.Model, kind: str) -> None:
    """Take what anybody was told of a thing by one kind as dealt with, since one of them has done it."""
    told = Notice.objects.filter(about_kind=about._meta.model_name, about_id=about.pk, kind=kind)
    told.unread().update(read_at=timezone.now())


def open_up(notice: Notice) -> None:
    """Take a notice as read since its receiver goes where it leads, with all of its kind on that thing."""
    about = {name: getattr(notice, name) for name in ("kind", "about_kind", "about_id")}
    Notice.objects.of(notice.receiver).unread().filter(**about).update(read_at=timezone.now())


def put_read(notice: Notice, *, is_read: bool) -> None:
    """Mark one notice as read, or as unread again."""
    notice.read_at = timezone.now() if is_read else None
    notice.save(update_fields=["read_at"])


def mark_all_read(*, by: Any) -> int:
    """Mark all that somebody was told as read; return how much it was."""
    return Notice.objects.of(by).unread().update(read_at=timezone.now())


@transaction.atomic
def choose(
    ways: Mapping[str, str],
    *,
    digest_at: time,
    quiet_from: time | None,
    quiet_until: time | None,
    by: Any,
) -> None:
    """Tell somebody from now on in the ways (by kind) and at the hours that they chose.

    Only what is not usual is kept, so that whoever never cared follows what is usual.
    """
    NoticeChoice.objects.filter(user=by).delete()
    NoticeChoice.objects.bulk_create(
        NoticeChoice(user=by, kind=kind.key, how=ways[kind.key])
        for kind in kinds_for(by)
        if ways.get(kind.key, kind.usual_for(by)) != kind.usual_for(by)
    )
    hours = {"digest_at": digest_at, "quiet_from": quiet_from, "quiet_until": quiet_until}
    NoticeHours.objects.update_or_create(user=by, defaults=hours)
    _follow(by)


@transaction.atomic
def choose_usual(*, by: Any) -> None:
    """Tell somebody again in the usual ways, at the usual hours."""
    NoticeChoice.objects.filter(user=by).delete()
    NoticeHours.objects.filter(user=by).delete()
    _follow(by)


def _follow(user: Any) -> None:
    """Let what waits for the daily mail wait for its new hour, or for none where nothing is told by mail."""
    audit.record("notices.choose", user, by=user)
    waiting = Notice.objects.of(user).filter(digest_at__isnull=False).select_related("receiver")
    by_mail = [row.pk for row, how in ways_of(waiting) if how in (How.AT_ONCE, How.DIGEST)]
    waiting.exclude(pk__in=by_mail).update(digest_at=None)
    waiting.update(digest_at=digest_after(hours_of([user])[user.pk], timezone.now()))
    send_digests.plan()
