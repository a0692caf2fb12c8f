"""The one address of personal links, /links/<token>/: behind it each kind of row is shown by its own view.

An app names its rows and their view in its `ready()`. Pages and steps behind a link lie beneath its
address, and the view is told their name: /links/<token>/<page>/.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from core.links.models import LinkQuerySet
from core.links.views import View, answer

NOWHERE = "links/over.html"


@dataclass(frozen=True)
class Door:
    """One kind of row, the view of it, and the page that says that its link is over."""

    rows: Callable[[], LinkQuerySet[Any]]
    view: View
    over: str
    # What one click of a mail program does, where there is such a thing (RFC 8058).
    one_click: Callable[[Any], object] | None = None


_doors: list[Door] = []


def add(
    rows: Callable[[], LinkQuerySet[Any]],
    view: View,
    *,
    over: str = NOWHERE,
    one_click: Callable[[Any], object] | None = None,
) -> None:
    """Let `view(request, row, page="")` open personal links of `rows()`; called in an app's ready()."""
    _doors.append(Door(rows, view, over, one_click))


def one_click(request: HttpRequest, token: str) -> HttpResponseBase:
    """Do what a mail program's own button asks for (RFC 8058): it sends no cookie and no token of a form.

    Whoever has the token may do the same by the page's button, so there is nothing to be forged. Sent once
    more, or late, it is done already.
    """
    for door in _doors:
        if door.one_click and (row := door.rows().behind_link(token).first()):
            if not row.is_link_dead:
                door.one_click(row)
            return HttpResponse(gettext("It is done."), content_type="text/plain; charset=utf-8")
    return answer(request, None, open_door, over=NOWHERE)


def open_door(request: HttpRequest, token: str, page: str = "") -> HttpResponseBase:
    """Show what the token opens, under the rules of core.links.views; each token opens a single row."""
    for door in _doors:
        if row := door.rows().behind_link(token).first():
            return answer(request, row, door.view, over=door.over, page=page)
    return answer(request, None, open_door, over=NOWHERE)


def open_door_to(request: HttpRequest, token: str, page: str) -> HttpResponseBase:
    """Show a page, or take a step, behind a link."""
    return open_door(request, token, page)
