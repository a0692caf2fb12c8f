"""Signs by which a reply is known: in the address it is sent to, and in Message-IDs of ours.

A sign holds the number of what the mail is about and a keyed hash of that number and of the address the mail
went to. So it cannot be guessed, and it tells nothing when it comes from somebody it was never sent to.
"""

import re
import secrets
from dataclasses import dataclass
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

# 100 bits, in letters that nobody takes for each other when retyping.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 20
_RETYPED = str.maketrans("iloILO", "110110")
_SIGN = re.compile(rf"(?<![0-9a-z])(\d{{1,15}})[-.]([0-9a-z]{{{_LENGTH}}})(?![0-9a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Claim:
    """What a message says it is about; not to be believed before is_for() says so."""

    about_id: int
    sign: str

    def is_for(self, address: str) -> bool:
        """Tell whether this sign was made for mail to `address` (under a key that still counts)."""
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        signs = (_sign(self.about_id, address, secret=key) for key in keys)
        return any(constant_time_compare(self.sign, sign) for sign in signs)


def reply_address(about_id: int, to: str) -> str:
    """Return the address to which a reply of `to` goes, or "" where the portal reads no mailbox."""
    if not settings.MAIL_INBOX:
        return ""
    local, _at, domain = settings.MAIL_INBOX.partition("@")
    return f"{local}+{about_id}-{_sign(about_id, to)}@{domain}"


def message_id(about_id: int, to: str) -> str:
    """Return a new Message-ID for mail to `to`; no two are the same."""
    domain = urlsplit(settings.BASE_URL).hostname
    return f"<{about_id}.{_sign(about_id, to)}.{secrets.token_hex(6)}@{domain}>"


def plain_message_id() -> str:
    """Return a new Message-ID for mail that is about nothing one could reply to."""
    return make_msgid(domain=urlsplit(settings.BASE_URL).hostname)


def claims(text: str) -> list[Claim]:
    """Return all signs in a header's text, in their order; retyped letters are forgiven."""
    found = [Claim(int(match[1]), match[2].translate(_RETYPED).lower()) for match in _SIGN.finditer(text)]
    return list(dict.fromkeys(found))


def _sign(about_id: int, to: str, *, secret: str | None = None) -> str:
    about = f"{about_id}:{to.strip().lower()}"
    digest = salted_hmac("core.outbox.tokens", about, secret=secret, algorithm="sha256").digest()
    number = int.from_bytes(digest, "big")
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH))
