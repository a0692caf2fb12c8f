"""Who is told of a text on its way to the public: a second person that it waits, its writers how it ended."""

from typing import Any

from core.documents.kind import kind_of
from core.notices.actions import mark_done, tell


def submitted(edition: Any, *, by: Any) -> None:
    """Tell those who may publish and have no part in the text that it waits for one of them."""
    kind, writers = kind_of(edition), set(edition.writers.values_list("pk", flat=True))
    others = [person for person in kind.approvers() if person.pk not in writers]
    tell(edition, {_key(edition, "in_review"): others}, link=edition.document.get_desk_url, by=by)


def decided(edition: Any, matter: str, *, sender: Any, by: Any) -> None:
    """Tell whoever sent the text, and its author, that it is "published" or "sent_back"."""
    mark_done(edition, _key(edition, "in_review"))
    writers = [person for person in (sender, edition.author) if person]
    tell(edition, {_key(edition, matter): writers}, link=edition.document.get_desk_url, by=by)


def _key(edition: Any, matter: str) -> str:
    return f"{kind_of(edition).name}/{matter}"
