"""The unsent texts of one request, as its page shows them to one reader: their own, and what is shared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.desk.request_page import RequestPage, ago
from consultations.models import Draft
from consultations.prepared.insertions import Insertion
from core.templatetags.ui import clock


@dataclass(frozen=True)
class Offer:
    """A text that can be put below one's own: a colleague's, or what another tab has kept."""

    pk: int
    who: str
    facts: str
    text: str
    is_mine: bool = False


@dataclass(frozen=True)
class Unsent:
    """What came from the answer box without being sent, to be shown again as it was typed."""

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    # Why it could not be done.
    reasons: tuple[str, ...] = ()
    # The draft was changed elsewhere; `other` is it, or None when it is there no more.
    is_late: bool = False
    other: Draft | None = None
    # What can be put in, where it was asked for, and the words it was looked for by.
    insertions: list[Insertion] | None = None
    words: str = ""


@dataclass
class DraftBox:
    """What stands under the text of an answer, a question or a note."""

    kind: str
    url: str
    prepared_url: str
    said: str = ""
    is_kept: bool = False
    is_shared: bool = False
    is_put_away: bool = False
    offers: list[Offer] = field(default_factory=list)
    unsent: Unsent | None = None
    late: "Late | None" = None
    # Where to ask a colleague to read the text, after it was refused for want of one.
    reading_url: str = ""


@dataclass(frozen=True)
class Late:
    """A save that came too late: what to say, and the other text where one may read it."""

    sentence: str
    other: Offer | None


class Drafts:
    """The drafts on a request that its reader may see, in one query."""

    def __init__(self, page: RequestPage) -> None:
        self.page, self.reader = page, page.reader

    @cached_property
    def _rows(self) -> list[Draft]:
        rows = Draft.objects.visible_to(self.reader).filter(request=self.page.case)
        return list(rows.order_by("updated_at", "pk"))

    def own(self, kind: str) -> Draft | None:
        """The reader's own draft of a kind, put away or not."""
        mine = (row for row in self._rows if row.author_id == self.reader.pk and row.kind == kind)
        return next(mine, None)

    def initial(self, kind: str) -> dict[str, Any]:
        """Return what the box begins with: the reader's own draft, never somebody else's."""
        own = self.own(kind)
        if own is None:
            return {}
        return {"text": "" if own.discarded_at else own.text, "draft_version": own.version}

    def box(self, kind: str, unsent: Unsent | None) -> DraftBox:
        """Return what stands under the text."""
        own, reference = self.own(kind), self.page.case.reference
        is_put_away = bool(own and own.discarded_at and own.text)
        is_kept = bool(own and own.text and not is_put_away)
        return DraftBox(
            kind=kind,
            url=reverse("desk-request-draft", args=[reference, kind]),
            prepared_url=reverse("desk-request-prepared", args=[reference, kind]),
            said=self.said(own) if own and is_kept else "",
            is_kept=is_kept,
            is_shared=bool(own and own.is_shared),
            is_put_away=is_put_away,
            offers=[self.offer(row) for row in self._rows if self._is_offered(row, kind)],
            unsent=unsent,
            late=self.late(unsent.other) if unsent and unsent.is_late else None,
        )

    def said(self, draft: Draft) -> str:
        """Return when a draft was kept last, and whose it was where a colleague began it."""
        words = _("Saved %(time)s.") % {"time": clock(draft.updated_at)}
        if draft.updated_by_id != draft.author_id:
            name = self._name(draft.updated_by_id)
            words = _("Last changed by %(name)s %(ago)s.") % {"name": name, "ago": ago(draft.updated_at)}
        if not draft.taken_from_id:
            return words
        begun = _("Begun by %(name)s.") % {"name": self._name(draft.taken_from_id)}
        return f"{begun} {words}"

    def offer(self, draft: Draft) -> Offer:
        """Return a draft as a text that can be put below one's own."""
        changed = {"name": self._name(draft.updated_by_id), "ago": ago(draft.updated_at)}
        facts = _("Last changed by %(name)s %(ago)s.") % changed
        is_mine = draft.author_id == self.reader.pk
        return Offer(draft.pk, self._name(draft.author_id), facts, draft.text, is_mine)

    def late(self, other: Draft | None) -> Late:
        """Return what to say of a save that came too late."""
        if other is None:
            return Late(
                _("This draft was sent or deleted elsewhere. What you have typed is not saved."), None
            )
        if other.author_id != self.reader.pk:
            words = _("%(name)s has taken your draft over. What you have typed since is not saved.")
            return Late(words % {"name": self._name(other.author_id)}, None)
        words = _("This draft was changed in another window %(ago)s. What you have typed here is not saved.")
        return Late(words % {"ago": ago(other.updated_at)}, self.offer(other))

    def _is_offered(self, draft: Draft, kind: str) -> bool:
        return draft.kind == kind and draft.author_id != self.reader.pk and bool(draft.text)

    def _name(self, pk: int) -> str:
        person = self.page.staff.get(pk)
        return person.name if person else _("A colleague")
