"""Order in the exchange: readers report, moderators hide, show again, or let a report be."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.notices.actions import mark_done
from core.states import refuse_for, update, verb
from municipalities.exchange import emails
from municipalities.exchange.actions.posts import follow
from municipalities.models import ExchangeAnswer, ExchangeReport
from municipalities.models.exchange import AnyPost, is_reader

REPORTS_AN_HOUR = 20


def reasons_against_reporting(post: AnyPost, *, by: User) -> list[str]:
    """Say why `by` cannot report a question or an answer; empty when they can."""
    if not is_reader(by):
        return [_("Only those who read the exchange can report something.")]
    if post.hidden_at is not None:
        return [_("It is hidden already.")]
    if ExchangeReport.objects.about(post).unsettled().filter(reported_by=by).exists():
        return [_("You have reported it already. The Contact Centre will look at it.")]
    hour_ago = timezone.now() - timedelta(hours=1)
    rows = ExchangeReport.objects.filter(reported_by=by, reported_at__gt=hour_ago)
    if rows[:REPORTS_AN_HOUR].count() >= REPORTS_AN_HOUR:
        return [_("You have reported a lot within an hour. Please write to the Contact Centre.")]
    return []


@transaction.atomic
def report(post: AnyPost, *, reason: str, words: str = "", by: User) -> ExchangeReport:
    """Tell the moderators that something does not belong there; one open report a person and post.

    Raises Refused with reasons_against_reporting.
    """
    # Two clicks at once wait for each other.
    User.objects.select_for_update().get(pk=by.pk)
    if known := ExchangeReport.objects.about(post).unsettled().filter(reported_by=by).first():
        return known
    refuse_for(reasons_against_reporting(post, by=by))
    answer = post if isinstance(post, ExchangeAnswer) else None
    row = ExchangeReport.objects.create(
        question=post.thread, answer=answer, reason=reason, words=words, reported_by=by
    )
    audit.record("exchange.report", post, by=by, reason=reason)
    emails.reported(row, by=by)
    return row


def reasons_against_moderating(*, by: User) -> list[str]:
    """Say why `by` may not hide or show; empty when they may."""
    return by.reasons_without(
        Permission.MODERATE_EXCHANGE, _("Your role does not keep order in the exchange.")
    )


def reasons_against_hiding(*, reason: str, by: User) -> list[str]:
    """Say why `by` may not hide something for a reason; empty when they may."""
    missing = [] if reason.strip() else [_("Write why it is hidden. Everybody reads it there.")]
    return reasons_against_moderating(by=by) + missing


@verb(against=reasons_against_hiding)
def hide(post: AnyPost, *, reason: str, by: User) -> None:
    """Hide a question or an answer, say why to its author, and settle what was reported about it.

    Raises Conflict when a colleague has hidden it meanwhile.
    """
    now = timezone.now()
    changes = {"hidden_at": now, "hidden_by": by, "hidden_reason": reason.strip()}
    update(post, also=changes, seen={"hidden_at": None})
    reports = list(ExchangeReport.objects.about(post).unsettled())
    ExchangeReport.objects.filter(pk__in=[row.pk for row in reports]).update(settled_at=now, settled_by=by)
    for row in reports:
        mark_done(row, emails.REPORTED)
    audit.record("exchange.hide", post, by=by)
    _after(post, is_hidden=True)


@verb(against=reasons_against_moderating)
def restore(post: AnyPost, *, by: User) -> None:
    """Show again what was hidden, and say so to its author; a second time changes nothing."""
    rows = type(post).objects.filter(pk=post.pk, hidden_at__isnull=False)
    if rows.update(hidden_at=None, hidden_by=None, hidden_reason=""):
        audit.record("exchange.restore", post, by=by)
        _after(post, is_hidden=False)


def _after(post: AnyPost, *, is_hidden: bool) -> None:
    follow(post.thread)
    if is_reader(post.author):
        emails.moderated(post, is_hidden=is_hidden)


@verb(against=reasons_against_moderating)
def dismiss(report: ExchangeReport, *, by: User) -> None:
    """Let what was reported stand; raises Conflict when a colleague has decided meanwhile."""
    update(report, also={"settled_at": timezone.now(), "settled_by": by}, seen={"settled_at": None})
    mark_done(report, emails.REPORTED)
    audit.record("exchange.dismiss", report, by=by, question=report.question_id)
