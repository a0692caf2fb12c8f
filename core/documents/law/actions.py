"""A provision changes, and every text that rests on it is looked at: marked, settled, taken up again."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.documents import care
from core.documents.kind import kind_of
from core.documents.law import queries
from core.documents.law.choices import Settled
from core.documents.law.kind import CHANGED, kind_named
from core.documents.law.models import Provision, ProvisionChange, Recheck
from core.notices.actions import mark_done, tell
from core.states import update, verb

# So much of a title is kept, and so much of a citation stands in a notice.
LONGEST_TITLE, LONGEST_CITATION = 300, 120
# Nobody has looked at the text that stands now.
_ANEW = (Settled.NEW_EDITION, Settled.WITHDRAWN)
_OPEN = {"settled": "", "settled_at": None, "settled_by": None, "note": ""}


def reasons_against_marking(provision: Provision, *, changed_by: str, in_force_on: date) -> list[str]:
    """Return why a provision cannot be marked as changed; empty when it can."""
    if provision.merged_into_id:
        return [_("It is merged into another provision. Mark that one.")]
    if provision.changes.filter(changed_by=changed_by, in_force_on=in_force_on).exists():
        return [_("This change is marked already.")]
    return []


@verb(against=reasons_against_marking)
def mark_change(
    provision: Provision, *, changed_by: str, what: str, in_force_on: date, by: Any
) -> ProvisionChange:
    """Mark a provision as changed: all published texts that rest on its former wording are to be checked.

    Their readers see it from now on, and who looks after them is told. The number of statements is that of
    the kinds of texts.
    """
    change = ProvisionChange.objects.create(
        provision=provision, changed_by=changed_by, what=what, in_force_on=in_force_on, marked_by=by
    )
    rows = _open(change, by=by)
    audit.record("law.mark", provision, by=by, change=change.pk, texts=len(rows))
    return change


@transaction.atomic
def catch_up(provision: Provision) -> None:
    """Let the changes that concern a provision reach all texts that rest on it, once its place was mended."""
    for change in queries.changes_near(provision):
        _open(change, by=None)


def _open(change: ProvisionChange, *, by: Any) -> list[Recheck]:
    """Open what a change concerns and was not opened before; tell who looks after it."""
    known = set(change.rechecks.values_list("kind", "document_id"))
    editions = [row for row in queries.resting_on(change) if _key(row) not in known]
    rows = Recheck.objects.bulk_create(_row(change, edition) for edition in editions)
    people = care.told(person for row in rows for person in (row.owner, row.deputy))
    named = change.provision.citation[:LONGEST_CITATION]
    tell(change, {CHANGED: people}, link=change.get_desk_url, by=by, provision=named)
    return rows


def _key(edition: Any) -> tuple[str, int]:
    return kind_of(edition).name, edition.document_id


def _row(change: ProvisionChange, edition: Any) -> Recheck:
    kind, number = _key(edition)
    return Recheck(
        change=change,
        kind=kind,
        document_id=number,
        title=edition.in_language(edition.TITLE, "cs")[:LONGEST_TITLE],
        owner=edition.document.owner,
        deputy=edition.document.deputy,
    )


# What becomes of a text ---------------------------------------------------------


def follow(edition: Any, *, by: Any) -> None:
    """Settle what the edition that the public reads from now on has dealt with, and open what it brings.

    It has dealt with a change when it rests on the new wording, or on the provision no more. A minor change
    settles nothing.
    """
    kind = kind_of(edition)
    if not kind.citation:
        return
    concern = queries.changes_concerning(edition)
    rows = {row.change_id: row for row in Recheck.objects.of(*_key(edition))}
    if not edition.is_minor:
        _settle(Recheck.objects.of(*_key(edition)).exclude(change__in=concern), Settled.NEW_EDITION, by=by)
    known = [rows[change.pk] for change in concern if change.pk in rows]
    again = [row.pk for row in known if row.settled in _ANEW]
    Recheck.objects.filter(pk__in=again).update(**_OPEN, version=F("version") + 1)
    Recheck.objects.bulk_create(_row(change, edition) for change in concern if change.pk not in rows)


def follow_withdrawal(edition: Any, *, by: Any) -> None:
    """Settle what was to be checked in a text that nobody reads any more."""
    if kind_of(edition).citation:
        _settle(Recheck.objects.of(*_key(edition)), Settled.WITHDRAWN, by=by)


def _settle(rows: Any, how: str, *, by: Any) -> None:
    """Settle those of some rows that are open."""
    found = list(rows.open().select_related("change"))
    now = {"settled": how, "settled_at": timezone.now(), "settled_by": by, "version": F("version") + 1}
    Recheck.objects.open().filter(pk__in=[row.pk for row in found]).update(**now)
    audit.record_all("law.settle", [(row, {"how": how}) for row in found], by=by)
    _end({row.change for row in found})


def _end(changes: Iterable[ProvisionChange]) -> None:
    """Take what was told of changes as done where nothing is left to be checked."""
    for change in changes:
        if not change.rechecks.open().exists():
            mark_done(change, CHANGED)


def reasons_against_settling(row: Recheck) -> list[str]:
    """Return why it cannot be said that a text is still right; empty when it can."""
    return [_("It is settled already.")] if row.settled_at else []


@verb(against=reasons_against_settling, versioned=True)
def settle(row: Recheck, *, note: str, version: int, by: Any) -> None:
    """Say that a text is still right; the public is warned no more."""
    said = {"settled": Settled.STILL_RIGHT, "settled_at": timezone.now(), "settled_by": by, "note": note}
    update(row, also=said)
    audit.record("law.settle", row, by=by, how=Settled.STILL_RIGHT)
    _end([row.change])


def reasons_against_reopening(row: Recheck) -> list[str]:
    """Return why a text cannot be put among those to be checked again; empty when it can."""
    if not row.settled_at:
        return [_("It is to be checked already.")]
    kind = kind_named(row.kind)
    is_public = kind and queries.published(kind).filter(document=row.document_id).exists()
    return [] if is_public else [_("The text is not published any more.")]


@verb(against=reasons_against_reopening, versioned=True)
def reopen(row: Recheck, *, version: int, by: Any) -> None:
    """Let a text be checked again; its readers see it."""
    update(row, also=_OPEN)
    audit.record("law.reopen", row, by=by)
