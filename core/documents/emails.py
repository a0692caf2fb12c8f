"""Who is told of a text on its way to the public: a second person that it waits, its writers how it ended."""

from textwrap import shorten
from typing import Any

from core.documents.kind import kind_of
from core.notices.actions import mark_done, tell

# So much of a title stands in a notice.
LONGEST_TITLE = 120


def submitted(edition: Any, *, by: Any) -> None:
    """Tell those who may publish and have no part in the text that it waits for one of them."""
    kind, writers = kind_of(edition), set(edition.writers.values_list("pk", flat=True))
    others = [person for person in kind.approvers() if person.pk not in writers]
    told = {_key(edition, "in_review"): others}
    tell(edition, told, link=edition.document.get_desk_url, by=by, **title_of(edition))


def decided(edition: Any, matter: str, *, sender: Any, by: Any) -> None:
    """Tell whoever sent the text, and its author, that it is "published" or "sent_back"."""
    mark_done(edition, _key(edition, "in_review"))
    told = {_key(edition, matter): [person for person in (sender, edition.author) if person]}
    tell(edition, told, link=edition.document.get_desk_url, by=by, **title_of(edition))


def title_of(edition: Any) -> dict[str, Any]:
    """Return which text a notice is about, by language: its title, which was checked for personal data."""
    titles = {code: edition.in_language(edition.TITLE, code) for code in ("cs", "en")}
    cut = {code: shorten(title, LONGEST_TITLE, placeholder=" …") for code, title in titles.items()}
    return {"title": cut["cs"], **({"title_en": cut["en"]} if cut["en"] else {})}


def _key(edition: Any, matter: str) -> str:
    return f"{kind_of(edition).name}/{matter}"
