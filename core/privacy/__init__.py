"""Every field knows what it is.

Each model carries `PRIVACY = Tags(…)`, which names every one of its fields.
Export, erasure, retention and redaction read these tags, so a field that is
missing there would be forgotten by all of them; tests/house fails on it.
"""

from dataclasses import dataclass, field
from enum import Enum

from django.db import models


class Erase(Enum):
    """What an erasure of the person does to the field."""

    KEEP = "keep"
    BLANK = "blank"
    REPLACE = "replace"
    DELETE_ROW = "delete the row"


class Retention(Enum):
    """When the field's content goes by itself."""

    WITH_RECORD = "as long as the record"
    CASE_TEXT = "24 months after 1 January following the closing"
    FILES = "12 months after the closing"
    UNSENT_DRAFT = "7 days after the last change"
    MAIL_BODY = "30 days after delivery"
    ACCOUNT = "24 months after the last login"
    SECURITY_LOG = "12 months"


@dataclass(frozen=True)
class About:
    """Whose a personal field is, and what export, erasure and retention do to it.

    `of` is the path from the row to the person ("self", "request__requester").
    """

    of: str
    erase: Erase = Erase.BLANK
    retention: Retention = Retention.WITH_RECORD
    export: bool = True


@dataclass(frozen=True)
class Tags:
    """The privacy level of each field of one model: how far it may travel."""

    public: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()
    personal: dict[str, About] = field(default_factory=dict)
    sensitive: dict[str, About] = field(default_factory=dict)

    def names(self) -> list[str]:
        """Return all field names that are tagged, in order of level."""
        return [*self.public, *self.internal, *self.personal, *self.sensitive]


# Tables of packages that we use but did not write: label -> tags of their fields.
EXTERNAL: dict[str, Tags] = {}


def tags_of(model: type[models.Model]) -> Tags | None:
    """Return the tags of a model, our own or a registered one of a package."""
    return model.__dict__.get("PRIVACY") or EXTERNAL.get(model._meta.label)
