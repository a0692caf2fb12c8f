"""Addresses of law at the desk."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from core.documents.law.views import provisions, to_check
from core.views.own_words import Kind, bound_to, own_words_urls

View = Callable[..., Any]


def law_urls(kind: Kind, requires: Callable[[Any], Callable[[View], View]], *, view: Any) -> list[URLPattern]:
    """Return the addresses of provisions, kept as words of a kind, and of what is to be checked."""
    see, keep, mark = requires(view), requires(kind.permission), bound_to(kind, provisions.mark)
    return [
        path("desk/law/", see(bound_to(kind, provisions.listed)), name="desk-law"),
        path("desk/law/<int:pk>/", see(bound_to(kind, provisions.page)), name="desk-provision"),
        path("desk/law/<int:pk>/changes/", keep(mark), name="desk-provision-change"),
        *own_words_urls(kind, requires),
        path("desk/to-check/", see(to_check.listed), name="desk-to-check"),
        path("desk/to-check/put-off/", see(to_check.put_off), name="desk-to-check-put-off"),
        path("desk/to-check/<int:pk>/", keep(to_check.settle), name="desk-to-check-settle"),
        path("desk/to-check/<int:pk>/reopen/", keep(to_check.reopen), name="desk-to-check-reopen"),
    ]
