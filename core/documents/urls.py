"""Addresses of a kind of document, each with its mark; `requires` and `public` are those of accounts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from core.documents.kind import Kind
from core.documents.views import desk, public, texts

View = Callable[..., Any]

# Each verb: its address below that of the list, its view, and which permission it takes.
VERBS: dict[str, tuple[str, View, str]] = {
    "new": ("new/", texts.start, "write"),
    "edit": ("<int:pk>/edit/", texts.edit, "write"),
    "edit-part": ("<int:pk>/edit/<str:part>/", texts.edit, "write"),
    "justify": ("<int:pk>/justify/", desk.justify, "write"),
    "submit": ("<int:pk>/submit/", desk.submit, "write"),
    "publish": ("<int:pk>/publish/", desk.publish, "approve"),
    "plan": ("<int:pk>/plan/", desk.plan, "approve"),
    "send-back": ("<int:pk>/send-back/", desk.send_back, "approve"),
    "withdraw": ("<int:pk>/withdraw/", desk.withdraw, "withdraw"),
    "new-edition": ("<int:pk>/new-edition/", desk.new_edition, "write"),
    "compare": ("<int:pk>/compare/<int:number>/", desk.compare, "view"),
    "look-after": ("<int:pk>/look-after/", desk.look_after, "write"),
    "settle": ("<int:pk>/feedback/<int:feedback>/", desk.settle, "write"),
}


def document_urls(kind: Kind, requires: Callable[[Any], Callable[[View], View]]) -> list[URLPattern]:
    """Return the addresses on which people work on documents of a kind, in its area."""
    base = f"{kind.area}/{kind.plural}/"
    missing = {"justify": not kind.check, "settle": not kind.has_feedback}
    found = [
        path(base, requires(kind.may.view)(of_kind(kind, desk.listed)), name=kind.list_url_name),
        path(f"{base}<int:pk>/", requires(kind.may.view)(of_kind(kind, desk.page)), name=kind.url_name()),
    ]
    for verb in kind.verbs:
        address, view, permission = VERBS[verb]
        if not missing.get(verb):
            marked = requires(getattr(kind.may, permission))(of_kind(kind, view))
            found.append(path(base + kind.addresses.get(verb, address), marked, name=kind.url_name(verb)))
    return found


def reader_urls(kind: Kind, everybody: Callable[[View], View]) -> list[URLPattern]:
    """Return the addresses of published documents of a kind: their list, each text, what readers say."""
    base = f"{kind.plural}/<slug:slug>/"
    found = [
        path(f"{kind.plural}/", everybody(of_kind(kind, public.listed)), name=kind.plural),
        path(base, everybody(of_kind(kind, public.page)), name=kind.name),
    ]
    if kind.has_feedback:
        # No cookie is needed for it: it counts once an hour for a network, and changes nothing else.
        helpful = csrf_exempt(everybody(of_kind(kind, public.helpful)))
        mistake = everybody(of_kind(kind, public.mistake))
        found += [
            path(f"{base}helpful/", helpful, name=f"{kind.name}-helpful"),
            path(f"{base}mistake/", mistake, name=f"{kind.name}-mistake"),
        ]
    return found


def of_kind(kind: Kind, view: View) -> View:
    """Return a view of documents of every kind for those of one."""

    @wraps(view)
    def bound(request: Any, **arguments: Any) -> Any:
        return view(request, kind, **arguments)

    return bound
