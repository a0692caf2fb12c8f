"""What a row has by which a person without an account opens it: a personal link.

Whose the link is, for what and until when stands in the columns of the row; `is_link_dead` tells
when it is over.
"""

import hashlib
import secrets
from typing import Any, Self, TypeVar

from django.db import models
from django.urls import reverse

from core.privacy.encryption import SealedField

Row = TypeVar("Row", bound=models.Model)


def new_token() -> str:
    """Return a new secret of 256 bits; no two are the same, and none can be guessed."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what a link is looked up by: enough to know its token again, not to make it."""
    return hashlib.sha256(token.encode()).hexdigest()


class LinkQuerySet(models.QuerySet[Row]):
    """Rows that personal links open."""

    def behind_link(self, token: str) -> Self:
        """Return the row that a link opens, none or one."""
        return self.filter(link_digest=digest_of(token))


class PersonalLink(models.Model):
    """A link that is in one message only: the token itself is nowhere else."""

    link_digest = models.CharField(max_length=64, unique=True)

    class Meta:
        abstract = True

    @property
    def is_link_dead(self) -> bool:
        """Whether the link, which opened something once, is used up, revoked or has expired."""
        return False

    def give_link(self) -> str:
        """Set a new link and return its token; the old one stops working when this is saved."""
        token = new_token()
        self.link_digest = digest_of(token)
        return token


class KeptLink(PersonalLink):
    """A link that every message and reminder repeats, so that its token is kept, too."""

    link_token = SealedField()

    # The name of the page that the link leads to.
    LINK_PAGE = ""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new row its link."""
        if not self.link_token:
            self.give_link()
        super().save(*args, **kwargs)

    def give_link(self) -> str:
        """Set a new link and return its token; the old one stops working when this is saved."""
        self.link_token = super().give_link()
        return self.link_token

    def get_link(self) -> str:
        """The page behind the link, in the language of the page that asks."""
        return reverse(self.LINK_PAGE, args=[self.link_token])


def new_link() -> dict[str, str]:
    """Return the columns of a new link, for an update of a row that has a KeptLink."""
    token = new_token()
    return {"link_token": token, "link_digest": digest_of(token)}
