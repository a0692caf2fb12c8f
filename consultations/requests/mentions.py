"""Colleagues whom a note names: "@Jana Nová", or by one of the names, with or without diacritics."""

import re
from collections.abc import Mapping
from itertools import takewhile

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import Permission
from core.search.text import fold

# Not what stands in an e-mail address.
_MENTION = re.compile(r"(?<![\w.@-])@(?=\w)")
_WORD = re.compile(r"\w+")
# So much of a text can be a name.
LONGEST = 200


def mentionable() -> QuerySet[User]:
    """Return who can be asked to look at a request, since they may read it, by name."""
    return User.objects.who_may(Permission.VIEW_REQUESTS)


def mentioned_in(text: str) -> list[User]:
    """Return whom a text mentions, by name: at each @ whoever most of the words after it fit.

    So "@Nová" means everybody of that name, "@Jana Nová" one of them.
    """
    # Each place once: a text may be full of them.
    places = {tuple(_words(text[match.end() :][:LONGEST])) for match in _MENTION.finditer(text)}
    if not places:
        return []
    names = {user: set(_words(user.name)) for user in mentionable()}
    meant = set[User]().union(*(_meant(place, names) for place in places))
    return [user for user in names if user in meant]


def _meant(words: tuple[str, ...], names: Mapping[User, set[str]]) -> list[User]:
    fitting = {user: len(list(takewhile(name.__contains__, words))) for user, name in names.items()}
    most = max(fitting.values(), default=0)
    return [user for user, count in fitting.items() if count == most > 0]


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
