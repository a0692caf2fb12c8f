"""The hidden key of a form that may be sent only once.

The key is random and signed together with the time at which the form was
shown: the random part makes a repeat recognisable, the time tells how long
somebody had the form before them, and nobody can make up either.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner, b62_decode
from django.utils import timezone
from django.utils.crypto import salted_hmac

_RANDOM = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True)
class Key:
    """What a form's key says: its random part, and how old it is in seconds."""

    value: str
    age: float

    @property
    def is_too_fresh(self) -> bool:
        """Whether the form came back faster than a person can fill it in."""
        return self.age < settings.ASK_MIN_SECONDS

    @property
    def is_too_old(self) -> bool:
        """Whether the form was shown so long ago that it has to be sent anew."""
        return self.age > settings.ASK_KEY_HOURS * 3600


def new_key() -> str:
    """Return a signed key for a form that is shown now."""
    return _signer().sign(secrets.token_urlsafe(24))


def read_key(signed: str) -> Key | None:
    """Return what a form's key says, or None when it is not one of ours."""
    try:
        value = _signer().unsign(signed)
    except BadSignature:
        return None
    if not _RANDOM.fullmatch(value):
        return None
    shown_at = datetime.fromtimestamp(b62_decode(signed.rsplit(":", 2)[1]), tz=UTC)
    return Key(value, (timezone.now() - shown_at).total_seconds())


def key_of_changed(key: str, text: str) -> str:
    """Return the key under which a `text` counts once that came with the key of something else."""
    return salted_hmac("consultations.requests.form_keys", f"{key} {text}").hexdigest()


def sent_key(data: Mapping[str, str]) -> str | None:
    """Return the random part of the key with which a form was sent, or None when it is not one of ours."""
    key = read_key(data.get("idempotency_key", ""))
    return key.value if key else None


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="consultations.requests.form_keys")
