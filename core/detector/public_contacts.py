"""Numbers and addresses that the portal itself shows to everybody: offices' own, nobody's personal data."""

from collections.abc import Callable, Iterable

_sources: list[Callable[[], Iterable[str]]] = []


def add(source: Callable[[], Iterable[str]]) -> None:
    """Let an app tell, in its ready(), which e-mail addresses and telephone numbers its pages show."""
    _sources.append(source)


def public_contacts() -> set[str]:
    """Return what all apps show, as contact_key() writes it."""
    return {contact_key(contact) for source in _sources for contact in source()} - {""}


def contact_key(contact: str) -> str:
    """Return an address in lower case, or the last nine digits of a number."""
    if "@" in contact:
        return contact.lower().strip()
    return "".join(sign for sign in contact if sign.isdecimal())[-9:]
