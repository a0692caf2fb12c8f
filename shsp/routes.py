"""The map of addresses: what there is, by which methods, for whom."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from accounts.access import PUBLIC, SIGNED_IN, mark_of
from core.middleware import ALLOWED_METHODS


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
            yield _route(entry, prefix + part, namespace)


def _route(entry: URLPattern, address: str, namespace: str) -> Route:
    view = entry.callback
    return Route(f"{namespace}{entry.name}", address, methods_of(view), who_may(view), view)


def who_may(view: Callable[..., Any]) -> str:
    """Return a view's access mark; views of packages carry Django's own."""
    return mark_of(view) or (PUBLIC if not getattr(view, "login_required", True) else SIGNED_IN)


def methods_of(view: Callable[..., Any] | None) -> tuple[str, ...]:
    """Return the HTTP methods a view answers."""
    while view is not None:
        # Django's require_http_methods keeps its list in the closure only.
        code = getattr(view, "__code__", None)
        cells = dict(zip(code.co_freevars, view.__closure__ or (), strict=True)) if code else {}
        if "request_method_list" in cells:
            return tuple(cells["request_method_list"].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return ALLOWED_METHODS
