"""Addresses of the parts of a kind of document, each with its mark; `requires` is that of accounts."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from core.documents.kind import Kind
from core.documents.parts.views import held, parts
from core.documents.urls import View, of_kind

PART = "<slug:part>/<int:row>/"
# Each verb: its address below that of the document, its view, and which permission it takes.
VERBS: dict[str, tuple[str, View, str]] = {
    "part-new": ("<slug:part>/new/", parts.new, "write"),
    "part": (PART, parts.edit, "write"),
    "part-remove": (f"{PART}remove/", parts.remove, "write"),
    "part-move": (f"{PART}move/", parts.shift, "write"),
    "part-file": (f"{PART}file/", parts.file, "view"),
    "part-hold": (f"{PART}hold/", held.hold, "write"),
    "part-let-go": (f"{PART}let-go/", held.let_go, "write"),
    "part-versions": (f"{PART}versions/", held.versions, "view"),
    "part-put-back": (f"{PART}versions/<int:number>/put-back/", held.put_back, "write"),
}


def part_urls(kind: Kind, requires: Callable[[Any], Callable[[View], View]]) -> list[URLPattern]:
    """Return the addresses on which people work on the parts of documents of a kind."""
    base = f"{kind.area}/{kind.plural}/<int:pk>/"
    found = []
    for verb, (address, view, permission) in VERBS.items():
        marked = requires(getattr(kind.may, permission))(of_kind(kind, view))
        found.append(path(base + address, marked, name=kind.url_name(verb)))
    return found
