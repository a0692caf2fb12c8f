"""Unsent texts: kept as one types, shared, taken over, put away, fetched back.

Saving what is typed is no decision, so it leaves no audit entry; who shares,
takes over and puts away does.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from consultations.models import Draft, SupportRequest
from consultations.requests import salutation
from consultations.requests.roles import reasons_of_role
from core import audit
from core.states import Conflict, Refused, refuse_for, verb

LONGEST_TEXT = 20_000


def own_draft(request: SupportRequest, *, kind: str, by: User) -> Draft | None:
    """Return the draft that a person has on a request, put away or not, or None."""
    return Draft.objects.filter(request=request, author=by, kind=kind).first()


@transaction.atomic
def save_draft(
    request: SupportRequest, *, kind: str, text: str, by: User, version: int, before: str = ""
) -> Draft | None:
    """Keep a text as it stands now. `version` is that of the draft which the writer saw, 0 for none.

    Nothing but greeting and signature is no text yet.
    A draft that holds `before`, the writer's own last text, counts as seen whatever its version.
    Returns the draft, or None where there is nothing to keep.
    Raises Refused when the role of `by` does not work on requests or the text is too long, Conflict when
    the draft was changed, taken over or sent elsewhere: nothing is written over what was not seen.
    """
    refuse_for(reasons_of_role(by) + _reasons_of_length(text))
    text = salutation.written(text, request, by=by)
    try:
        return _save(request, kind, text, by, version)
    except Conflict as late:
        # Both may even arrive at the same moment.
        if not (before and late.current and (late.current.author, late.current.text) == (by, before)):
            raise
        _change(late.current, text=text, updated_by=by, discarded_at=None)
        return late.current


def _save(request: SupportRequest, kind: str, text: str, by: User, version: int) -> Draft | None:
    draft = own_draft(request, kind=kind, by=by)
    if draft is None:
        return _begin(request, kind, text, by, version)
    if draft.text == text and draft.discarded_at is None:
        return draft
    is_empty = not draft.text or draft.discarded_at
    if version != draft.version and not (version == 0 and is_empty):
        raise Conflict(draft)
    _change(draft, text=text, updated_by=by, discarded_at=None)
    return draft


def keep_text(request: SupportRequest, *, kind: str, text: str, by: User, version: int) -> Draft | None:
    """Keep a text that could not be sent, below what the draft holds where somebody changed it meanwhile.

    Returns None when it cannot be kept, because both together are too long.
    """
    try:
        with transaction.atomic():
            return save_draft(request, kind=kind, text=text, by=by, version=version)
    except Refused:
        return None
    except Conflict:
        draft = own_draft(request, kind=kind, by=by)
    if draft is None:
        return save_draft(request, kind=kind, text=text, by=by, version=0)
    both = draft.text if text in draft.text else below(draft.text, text)
    if _reasons_of_length(both):
        return None
    return save_draft(request, kind=kind, text=both, by=by, version=draft.version)


def below(first: str, second: str) -> str:
    """Return two texts as one, with an empty line between them."""
    return "\n\n".join(part for part in (first.rstrip(), second.strip()) if part)


def _reasons_of_author(draft: Draft, by: User) -> list[str]:
    return [] if draft.author_id == by.pk else [_("This draft is somebody else's.")]


@verb(against=_reasons_of_author)
def share_draft(draft: Draft, *, by: User) -> None:
    """Let colleagues read a draft and take it over; its author alone can do this and what follows."""
    Draft.objects.filter(pk=draft.pk).update(is_shared=True)
    audit.record("request.share_draft", draft.request, by=by, kind=draft.kind)


@verb(against=_reasons_of_author)
def unshare_draft(draft: Draft, *, by: User) -> None:
    """Keep a draft to oneself again."""
    Draft.objects.filter(pk=draft.pk).update(is_shared=False)
    audit.record("request.unshare_draft", draft.request, by=by, kind=draft.kind)


@verb(against=_reasons_of_author)
def discard_draft(draft: Draft, *, by: User) -> None:
    """Put a draft away; restore_draft fetches it back."""
    _change(draft, discarded_at=timezone.now(), is_shared=False)
    audit.record("request.discard_draft", draft.request, by=by, kind=draft.kind)


@verb(against=_reasons_of_author)
def restore_draft(draft: Draft, *, by: User) -> None:
    """Fetch a draft back that was put away."""
    _change(draft, discarded_at=None)
    audit.record("request.restore_draft", draft.request, by=by, kind=draft.kind)


def _reasons_against_taking_over(draft: Draft, by: User) -> list[str]:
    if draft.author_id == by.pk:
        return [*reasons_of_role(by), _("This draft is yours already.")]
    return reasons_of_role(by) + ([] if draft.is_shared else [_("Its author does not share this draft.")])


@verb(against=_reasons_against_taking_over)
def take_over(draft: Draft, *, by: User) -> None:
    """Finish a colleague's shared draft: it becomes one's own, below what one has written already.

    Raises Refused, too, when both together are too long, Conflict when its author has changed it or
    taken it back meanwhile.
    """
    author, mine, text = draft.author_id, own_draft(draft.request, kind=draft.kind, by=by), draft.text
    if mine:
        text = below("" if mine.discarded_at else mine.text, draft.text)
        refuse_for(_reasons_of_length(text))
        mine.delete()
    _change(draft, text=text, author=by, taken_from_id=author, is_shared=False, when=draft.updated_at)
    audit.record("request.take_over_draft", draft.request, by=by, kind=draft.kind, author=author)


def drop_sent(request: SupportRequest, *, kind: str, text: str, by: User, version: int) -> None:
    """Delete the draft of what has just been sent, in the transaction of the sending.

    A draft that another tab has changed meanwhile stays: it is something that was not sent.
    """
    seen = Q(text=text) | Q(kind=kind, version=version)
    Draft.objects.filter(seen, request=request, author=by).delete()


def _begin(request: SupportRequest, kind: str, text: str, by: User, version: int) -> Draft | None:
    if not text:
        return None
    if version:
        # Sent, or taken over by a colleague: a late save must not bring it back.
        raise Conflict(Draft.objects.filter(request=request, kind=kind, taken_from=by).first())
    if request.contacts.filter(logged_by=by, text=text).exists():
        return None
    try:
        with transaction.atomic():
            return Draft.objects.create(request=request, author=by, kind=kind, text=text, updated_by=by)
    except IntegrityError:
        raise Conflict(own_draft(request, kind=kind, by=by)) from None


def _change(draft: Draft, *, when: Any = None, **changes: Any) -> None:
    """Write, guarded on the version that was seen; raises Conflict when it changed meanwhile."""
    changes |= {"version": draft.version + 1, "updated_at": when or timezone.now()}
    seen = Draft.objects.filter(pk=draft.pk, version=draft.version, author=draft.author_id)
    if not seen.update(**changes):
        raise Conflict(Draft.objects.filter(pk=draft.pk).first())
    for name, value in changes.items():
        setattr(draft, name, value)


def _reasons_of_length(text: str) -> list[str]:
    over = len(text) - LONGEST_TEXT
    if over <= 0:
        return []
    words = ngettext(
        "Shorten the text by %(count)s character.", "Shorten the text by %(count)s characters.", over
    )
    return [words % {"count": over}]
