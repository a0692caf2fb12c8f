"""The secret part of a personal link's address, and what is kept of it."""

import hashlib
import secrets


def new_token() -> str:
    """Return a new secret of 256 bits; no two are the same, and none can be guessed."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what a link is looked up by: enough to know its token again, not to make it."""
    return hashlib.sha256(token.encode()).hexdigest()
