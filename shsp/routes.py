"""The map of addresses: what there is, by which methods, for whom."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from accounts.access import PUBLIC, SIGNED_IN, mark_of
from core.views.methods import methods_of


@dataclass(frozen=True)
class Route:
    """One address: its name, its pattern, the methods it answers, and its access mark."""

    name: str
    address: str
    methods: tuple[str, ...]
    who: str
    view: Callable[..., Any]


def routes() -> list[Route]:
    """Return every address of the portal, in the order of the address map."""
    return list(_walk(get_resolver(), "/", ""))


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        part = "<language>/" if isinstance(entry.pattern, LocalePrefixPattern) else str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, prefix + part, inner)
        else:
            view = entry.callback
            yield Route(f"{namespace}{entry.name}", prefix + part, methods_of(view), who_may(view), view)


def who_may(view: Callable[..., Any]) -> str:
    """Return a view's access mark; views of packages carry Django's own."""
    return mark_of(view) or (PUBLIC if not getattr(view, "login_required", True) else SIGNED_IN)
