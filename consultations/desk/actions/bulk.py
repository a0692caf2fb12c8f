"""One thing done to several requests: each by its own verb, in its own transaction; and all of it undone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.models import BulkAction, BulkVerb, SupportRequest
from consultations.requests.actions import desk, details
from consultations.requests.actions.undo import as_it_stands, columns_before
from consultations.requests.clock import AWAKE
from core import audit
from core.states import Conflict, Refused, check_seen, update, verb

MOST = 100
# A verb that can be done to several requests, and the reasons against it; both take the same values.
VERBS: dict[str, tuple[Callable[..., None], Callable[..., list[str]]]] = {
    BulkVerb.ASSIGN: (desk.assign, desk.reasons_against_assigning),
    BulkVerb.TOPIC: (details.set_topic, details.reasons_against_setting_topic),
    BulkVerb.CLOSE: (desk.close, desk.reasons_against_closing),
}


@dataclass
class Outcome:
    """What came of it: how many it was done to, and to which not, with the reasons."""

    done: int = 0
    left: list[tuple[SupportRequest, list[str]]] = field(default_factory=list)
    action: BulkAction | None = None


def do(verb: str, requests: Iterable[tuple[SupportRequest, int]], *, by: User, **values: Any) -> Outcome:
    """Do a verb to each request that stands in the version given beside it.

    `values` are the verb's own: `to` for assigning, `topic` for the topic. No request
    stands in the way of another. Raises Refused when there are more than MOST.
    """
    requests = list(requests)
    if len(requests) > MOST:
        raise Refused([_("At most %(count)s requests can be changed at once.") % {"count": MOST}])
    outcome = Outcome()
    action = BulkAction(verb=verb, by=by)
    for request, version in requests:
        try:
            _do_one(action, request, version, by, values)
        except Refused as refusal:
            outcome.left.append((request, refusal.reasons))
        except Conflict:
            outcome.left.append((request, [_("Somebody else has changed it meanwhile.")]))
        else:
            outcome.done += 1
            outcome.action = action
    return outcome


def _do_one(
    action: BulkAction, request: SupportRequest, version: int, by: User, values: dict[str, Any]
) -> None:
    check_seen(request, version)
    before = _columns(request)
    with transaction.atomic():
        verb, _reasons = VERBS[action.verb]
        verb(request, by=by, **values)
        after = _columns(request)
        changed = {name: value for name, value in before.items() if after[name] != value}
        action.rows.append({"id": request.pk, "version": request.version, "before": changed})
        action.save()


def reasons_against_undoing(action: BulkAction, *, by: User) -> list[str]:
    """Return why `by` cannot undo it; empty when nothing stands against it."""
    if action.by_id != by.pk:
        return [_("Only who did it can undo it at once.")]
    if action.undone_at:
        return [_("It is undone already.")]
    return [] if action.is_recent else [_("This can be undone until the next day only.")]


@verb(against=reasons_against_undoing)
def undo(action: BulkAction, *, by: User) -> Outcome:
    """Put each request back as it was, but for those that somebody has changed since."""
    now = timezone.now()
    if not BulkAction.objects.filter(pk=action.pk, undone_at=None).update(undone_at=now, undone_by=by):
        raise Refused([_("It is undone already.")])
    action.undone_at, action.undone_by = now, by
    outcome = Outcome(action=action)
    requests = SupportRequest.objects.visible_to(by).with_names().in_bulk([row["id"] for row in action.rows])
    for row in action.rows:
        if row["id"] in requests:
            _put_back(action, requests[row["id"]], row, outcome, by)
    return outcome


def _put_back(
    action: BulkAction, request: SupportRequest, row: dict[str, Any], outcome: Outcome, by: User
) -> None:
    try:
        check_seen(request, row["version"])
        update(request, also=columns_before(row["before"]))
    except Conflict:
        outcome.left.append((request, [_("Somebody has changed it since.")]))
    else:
        audit.record("request.undo_bulk", request, by=by, bulk=action.pk)
        outcome.done += 1


def _columns(request: SupportRequest) -> dict[str, Any]:
    """Return each column that was fetched, but for the version, and for what nobody wants to have back."""
    left_out = request.get_deferred_fields() | {"id", "version", *AWAKE}
    columns = [column for column in SupportRequest._meta.concrete_fields if not column.generated]
    return as_it_stands(
        request, [one.attname for one in columns if left_out.isdisjoint({one.name, one.attname})]
    )
