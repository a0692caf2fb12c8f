"""How the parts of an edition are written by several people at once.

A held part is written by whoever holds it. What all the other parts say is guarded by their versions alone.
Whoever writes a word in any of them is a writer of the edition, and cannot publish it.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.documents import actions as documents
from core.documents.choices import State
from core.documents.kind import kind_of
from core.documents.parts.models import HeldPart
from core.documents.parts.pages import PartPage
from core.files import attachments
from core.files.pending import PendingFile
from core.states import Conflict, Refused, check_seen, refuse_for, update, verb
from core.templatetags.ui import clock

# So long a part waits for whoever writes in it and says nothing more.
LEASE = timedelta(minutes=15)
NOBODY = {"holder": None, "held_since": None, "held_until": None}


def open_draft(edition: Any, *, by: Any) -> Any:
    """Lock an edition that is still written, and make `by` one of its writers; return it.

    Raises Refused for any other, so that nothing is written into what is being reviewed.
    """
    row = type(edition)._base_manager.select_for_update().get(pk=edition.pk)
    refuse_for(documents.reasons_against_editing(row))
    type(row)._base_manager.filter(pk=row.pk).update(saved_at=timezone.now(), saved_by=by)
    row.writers.add(by)
    return row


def _record(what: str, edition: Any, *, by: Any, row: Any, **details: Any) -> None:
    name = f"{kind_of(edition).name}.{what}_{row._meta.model_name}"
    audit.record(name, edition, by=by, row=row.pk, **details)


def _page_of(row: Any) -> PartPage:
    """Return the page of a part, which says what its capability adds."""
    return next(page for page in kind_of(row.edition).part_pages if page.name == row.page)


# Held parts -----------------------------------------------------------------------


def who_writes(row: HeldPart) -> str:
    """Return who writes in a part, and until when they have it."""
    words = {"who": row.holder.name, "heading": row.heading, "time": clock(row.held_until)}
    return _("%(who)s is writing in “%(heading)s”, at the latest until %(time)s.") % words


@transaction.atomic
def hold(row: HeldPart, *, by: Any) -> None:
    """Keep a part for `by` for a while; raises Refused, naming who writes in it now."""
    refuse_for(documents.reasons_against_editing(row.edition))
    now = timezone.now()
    free = Q(holder=None) | Q(holder=by) | Q(held_until__lte=now)
    rows = type(row)._base_manager.filter(free, pk=row.pk)
    taken = rows.update(holder=by, held_since=now, held_until=now + LEASE)
    row.refresh_from_db(fields=[*NOBODY, "version"])
    if not taken:
        raise Refused([who_writes(row)])
    _record("hold", row.edition, by=by, row=row)


def keep_holding(row: HeldPart, *, by: Any) -> bool:
    """Keep a part for a while more, as long as nobody else has taken it; tell whether it is kept."""
    rows: Any = type(row)._base_manager.filter(pk=row.pk, holder=by)
    return bool(rows.filter(edition__state=State.DRAFT).update(held_until=timezone.now() + LEASE))


def let_go(row: HeldPart, *, by: Any) -> None:
    """Leave a part to others, unless somebody else has taken it meanwhile."""
    type(row)._base_manager.filter(pk=row.pk, holder=by).update(**NOBODY)


def place_of(row: HeldPart) -> str:
    """Return where what somebody has typed into a part is kept."""
    return f"{kind_of(row.edition).name}/{row._meta.model_name}/{row.pk}"


@transaction.atomic
def save_held(row: HeldPart, *, words: Mapping[str, Any], version: int, by: Any) -> None:
    """Write over a held part seen as `version`, keep the version, and leave it to others.

    Raises Refused when the edition is no draft; Conflict when somebody else writes in it, or has saved it.
    """
    edition = open_draft(row.edition, by=by)
    now: Any = type(row)._base_manager.select_related("holder").get(pk=row.pk)
    now.edition = row.edition
    check_seen(now, version)
    if now.is_held_from(by):
        raise Conflict(now)
    words = {**words, **_page_of(now).following(now, words)}
    update(now, also={**now.columns_of(words), **NOBODY})
    now.keep_version(by)
    documents.drop_unsaved(place_of(now), by=by)
    _record("save", edition, by=by, row=now, version=now.version)


@transaction.atomic
def put_back(row: HeldPart, *, number: int, version: int, by: Any) -> None:
    """Let a held part say again what it said as version `number`; raises what save_held() does."""
    before = row.versions.get(number=number)  # type: ignore[attr-defined]
    save_held(row, words={"heading": before.heading, "text": before.text}, version=version, by=by)


# All parts --------------------------------------------------------------------------


def reasons_against_adding(edition: Any, *, page: PartPage) -> list[str]:
    """Return why one more of a part cannot be added; empty when it can."""
    reasons = documents.reasons_against_editing(edition)
    if getattr(edition, page.rows).count() >= page.most:
        reasons.append(_("There are %(count)s of them already. Remove one first.") % {"count": page.most})
    return reasons


@verb(against=reasons_against_adding)
def add(edition: Any, *, page: PartPage, words: Mapping[str, Any], by: Any) -> Any:
    """Add a part behind the others; return it."""
    draft = open_draft(edition, by=by)
    rows = getattr(draft, page.rows)
    row = rows.model(edition=draft)
    last = rows.aggregate(last=Max("position"))["last"] or 0
    row.take_over({**words, **page.following(row, words), "position": last + 1})
    row.save()
    row.keep_version(by)
    _record("add", draft, by=by, row=row)
    return row


def add_file(
    edition: Any, *, page: PartPage, uploads: Collection[UploadedFile], words: Mapping[str, Any], by: Any
) -> Any:
    """Add a file; raises what add() does, and ValidationError for the file."""
    with (
        attachments.kept([page.prepared(upload) for upload in uploads]) as [file],
        transaction.atomic(),
    ):
        stored = attachments.record(file, by=by)
        row = add(edition, page=page, words={**words, "attachment_id": stored.pk}, by=by)
        for upload in uploads:
            if isinstance(upload, PendingFile):
                transaction.on_commit(upload.forget)
        return row


@transaction.atomic
def save(row: Any, *, words: Mapping[str, Any], version: int, by: Any) -> None:
    """Write over a part that is not held, seen as `version`; raises Refused, or Conflict."""
    edition = open_draft(row.edition, by=by)
    check_seen(row, version)
    words = {**words, **_page_of(row).following(row, words)}
    update(row, also=row.columns_of(words))
    _record("save", edition, by=by, row=row, version=row.version)


def reasons_against_removing(row: Any, *, by: Any) -> list[str]:
    """Return why a part cannot be removed now; empty when it can."""
    reasons = documents.reasons_against_editing(row.edition)
    if isinstance(row, HeldPart) and row.is_held_from(by):
        reasons.append(who_writes(row))
    return reasons


@verb(against=reasons_against_removing)
def remove(row: Any, *, by: Any) -> None:
    """Take a part out of the edition; other editions keep theirs."""
    page, edition = _page_of(row), open_draft(row.edition, by=by)
    _record("remove", edition, by=by, row=row)
    row.delete()
    page.when_removed(row)
    # A file that no other edition has is nothing that anybody knows of.
    file = getattr(row, "attachment", None)
    if file and not type(row)._base_manager.filter(attachment=file).exists():
        attachments.remove(file)


@transaction.atomic
def shift(row: Any, *, to: int, by: Any) -> None:
    """Move a part to a place among its neighbours, the first one is 0; raises Refused for what is no draft.

    A place before the first or behind the last means these.
    """
    edition, page = open_draft(row.edition, by=by), _page_of(row)
    rows = list(getattr(edition, page.rows).filter(**page.narrower).only("pk", "position"))
    others = [one.pk for one in rows if one.pk != row.pk]
    others.insert(max(to, 0), row.pk)
    places = {one.pk: one.position for one in rows}
    for position, pk in enumerate(others, 1):
        if places.get(pk) != position:
            type(row)._base_manager.filter(pk=pk).update(position=position)
    _record("shift", edition, by=by, row=row)
