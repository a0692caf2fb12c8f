"""What our own mail server found out about a sender, as it wrote down on top of the mail (RFC 8601).

Anybody can write such a header; only the topmost one that bears our server's
name counts, since the server puts its own above all that came.
"""

import re
from email.message import Message

from django.conf import settings

from core.letters.headers import Mailbox, headers, names_several

PASS, FAIL, NONE = "pass", "fail", "none"

_COMMENT = re.compile(r"\([^()]*\)")
# Method, result, and the domain that was checked.
_RESULT = re.compile(
    r"\s*([a-z0-9-]+)\s*=\s*([a-z]+)"
    r"(?:.*?(?:header\.d|header\.i|smtp\.mailfrom|smtp\.mail)\s*=\s*\"?(?:[^\s;\"@]*@)?([^\s;\"@]+))?"
)


def authentication(message: Message, sender: Mailbox) -> str:
    """Return PASS, FAIL, or NONE where our server says nothing of the sender, or none is set."""
    if names_several(message, "From"):
        # Checks look at one of them, people at another.
        return FAIL
    results = _trusted_results(message)
    domain = sender.email.partition("@")[2]
    dmarc = next((result for method, result, _domain in results if method == "dmarc"), "")
    if dmarc in {PASS, FAIL}:
        return dmarc
    aligned = [(method, result) for method, result, about in results if _is_aligned(domain, about)]
    if ("dkim", PASS) in aligned or ("spf", PASS) in aligned:
        return PASS
    return FAIL if ("spf", FAIL) in aligned else NONE


def _trusted_results(message: Message) -> list[tuple[str, ...]]:
    """Return method, result and domain of each check that our server made."""
    ours = settings.MAIL_AUTHENTICATED_BY.lower()
    for value in headers(message, "Authentication-Results"):
        told = value.lower()
        for _depth in range(5):
            told = _COMMENT.sub(" ", told)
        name, *results = told.split(";")
        if ours and name.strip().partition(" ")[0] == ours:
            return [match.groups("") for result in results if (match := _RESULT.match(result))]
    return []


def _is_aligned(domain: str, about: str) -> bool:
    """Tell whether a check was about the sender's domain, or the one that it belongs to."""
    return bool(about) and "." in about and (domain == about or domain.endswith(f".{about}"))
