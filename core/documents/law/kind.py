"""Law as the documents' engine knows it: which kinds rest on it, who keeps it, of what owners are told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.documents.kind import Kind, kinds
from core.notices import kinds as notices
from core.notices.kinds import How

CHANGED = "law/changed"
_keeps: list[str] = []


def register(*, view: str, keep: str) -> None:
    """Say which permissions it takes to see what is to be checked, and to keep law; in an app's `ready()`."""
    _keeps[:] = [keep]
    notices.add(
        notices.Kind(
            key=CHANGED,
            label=_("A provision changes on which a text of mine rests"),
            sentence=_("%(who)s marked a change of law: %(provision)s. Texts of yours are to be checked."),
            permission=view,
            usual=How.DIGEST,
        ),
        under=_("Texts that I look after"),
    )


def may_keep(user: Any) -> bool:
    """Tell whether somebody keeps law, and says of a text that it is still right."""
    return user.has(_keeps[0])


def citing_kinds() -> list[Kind]:
    """Return the kinds whose editions rest on provisions."""
    return [kind for kind in kinds() if kind.citation]


def kind_named(name: str) -> Kind | None:
    """Return a kind by the name that rows keep; None for one that is there no more."""
    return next((kind for kind in kinds() if kind.name == name), None)
