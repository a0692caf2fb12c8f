"""The unsent texts of one request, as its page shows them to one reader: their own, and what is shared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.choices import DraftKind
from consultations.desk.request_page import RequestPage, ago
from consultations.models import Draft
from consultations.prepared.insertions import Insertion
from consultations.requests import salutation
from core.templatetags.ui import clock


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
    # How the text will read, where that was asked for.
    preview: str = ""


@dataclass(frozen=True)
class Late:
    """A save that came too late: what to say, and the other text where one may read it."""

    sentence: str
    other: Draft | None = None


class Drafts:
    """The drafts on a request that its reader may see."""

    def __init__(self, page: RequestPage) -> None:
        self.page, self.reader = page, page.reader

    @property
    def rows(self) -> list[Draft]:
        return self.page.dossier.drafts

    def own(self, kind: str) -> Draft | None:
        """Return the reader's own draft of a kind, put away or not."""
        mine = (row for row in self.rows if row.author_id == self.reader.pk and row.kind == kind)
        return next(mine, None)

    def initial(self, kind: str) -> dict[str, Any]:
        """Return what the box begins with: the reader's own draft, or their greeting and signature."""
        own, text = self.own(kind), ""
        if own and not own.discarded_at:
            text = own.text
        if not text and kind != DraftKind.NOTE:
            text = salutation.frame(self.page.case, by=self.reader)
        return {"text": text, **({"draft_version": own.version} if own else {})}

    def said(self, draft: Draft | None) -> str:
        """Return when a draft was kept last, and whose it was where a colleague began it; "" without one."""
        if draft is None or not draft.text or draft.discarded_at:
            return ""
        words = _("Saved %(time)s.") % {"time": clock(draft.updated_at)}
        if draft.updated_by_id != draft.author_id:
            words = self.changed(draft)
        if draft.taken_from_id:
            begun = _("Begun by %(name)s.") % {"name": self.name(draft.taken_from_id)}
            return f"{begun} {words}"
        return words

    def changed(self, draft: Draft) -> str:
        words = {"name": self.name(draft.updated_by_id), "ago": ago(draft.updated_at)}
        return _("Last changed by %(name)s %(ago)s.") % words

    def late(self, other: Draft | None) -> Late:
        """Return what to say of a save that came too late."""
        if other is None:
            return Late(_("This draft was sent or deleted elsewhere. What you have typed is not saved."))
        if other.author_id != self.reader.pk:
            words = _("%(name)s has taken your draft over. What you have typed since is not saved.")
            return Late(words % {"name": self.name(other.author_id)})
        words = _("This draft was changed in another window %(ago)s. What you have typed here is not saved.")
        return Late(words % {"ago": ago(other.updated_at)}, other)

    def name(self, pk: int) -> str:
        return self.page.dossier.names.get(pk) or _("A colleague")


class DraftBox:
    """What stands under the text of an answer, a question or a note."""

    # Where to ask a colleague to read the text, after it was refused for want of one.
    reading_url = ""

    def __init__(self, drafts: Drafts, kind: str, unsent: Unsent | None) -> None:
        own, address = drafts.own(kind), [drafts.page.case.reference, kind]
        self.kind, self.unsent = kind, unsent
        self.url = reverse("desk-request-draft", args=address)
        self.prepared_url = reverse("desk-request-prepared", args=address)
        self.preview_url = reverse("desk-request-preview", args=address)
        self.said = drafts.said(own)
        self.is_shared = own is not None and own.is_shared
        self.is_put_away = own is not None and bool(own.discarded_at and own.text)
        # Texts of colleagues that can be put below one's own or taken over.
        self.offers = [
            {"draft": row, "who": drafts.name(row.author_id), "facts": drafts.changed(row)}
            for row in drafts.rows
            if row.kind == kind and row.text and row.author_id != drafts.reader.pk
        ]
        self.late = drafts.late(unsent.other) if unsent and unsent.is_late else None
