"""Secrets that have to be read again are kept encrypted: whoever has only the database has none of them.

The key is made of settings.SECRET_KEY; what was sealed under one of settings.SECRET_KEY_FALLBACKS opens, too.
What need only be known again is kept as a digest instead.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models, transaction
from django.utils.crypto import salted_hmac

# How many rows are written at once.
BATCH = 500


def seal(text: str) -> str:
    """Return a text encrypted, each time another way."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed. Raises CannotUnseal where no key of ours has sealed it."""
    try:
        return _keys().decrypt(sealed).decode()
    # The other one comes for letters that no seal has.
    except (InvalidToken, ValueError) as error:
        raise CannotUnseal("Sealed under a key that is not in SECRET_KEY or SECRET_KEY_FALLBACKS.") from error


class CannotUnseal(Exception):
    """The key that something was sealed under is gone."""


def rewrite(rows: models.QuerySet[Any], names: list[str], change: Callable[[Any], None]) -> None:
    """Write some columns of every row anew after `change(row)`, some hundred rows a transaction."""
    last = 0
    while True:
        with transaction.atomic():
            batch = list(rows.filter(pk__gt=last).order_by("pk").only(*names).select_for_update()[:BATCH])
            for row in batch:
                change(row)
            rows.model._base_manager.bulk_update(batch, names)
        if not batch:
            return
        last = batch[-1].pk


class SealedField(models.TextField):
    """A text that is encrypted in the database and clear in Python; nothing can be looked up by it.

    An empty one is empty in the database, too.
    """

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return seal(value) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return unseal(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every comparison: two seals of one text differ, so that nothing would be found."""
        return None


def _keys() -> MultiFernet:
    return _made_of((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _made_of(secrets: tuple[str, ...]) -> MultiFernet:
    keys = [salted_hmac("core.encryption", "", secret, algorithm="sha256").digest() for secret in secrets]
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])
