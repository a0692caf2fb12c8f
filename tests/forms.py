"""The forms of pages, as somebody fills them in."""

from collections.abc import Iterator
from typing import Any

import lxml.html
from django.test import Client

from accounts.models import User
from tests.world import VISITOR, World

TYPED = "Řekl: „dluh < 5 000 Kč“ & šel"
# What a test does not type over: a choice is made among what is offered.
BUTTONS = ("send", "save", "add", "answer", "ask", "continue", "decline", "end", "example", "hide", "invite")
KEPT_AS_THEY_ARE = ("hidden", "submit", "file", "search")


def forms_of_those_signed_in(built: World) -> Iterator[tuple[User, str, Any]]:
    """Yield each form with a box to type in of the desk, of officials and of the exchange.

    With it go an account that may open its page, and the page's address.
    """
    for _name, reader, path in built.pages():
        if reader == VISITOR or not path.startswith(("/desk/", "/my/", "/exchange/")):
            continue
        user, page, client = built.accounts[reader], f"/en{path}", Client()
        client.force_login(user)
        for form in lxml.html.fromstring(client.get(page).content).xpath("//main//form[@method='post']"):
            if TYPED in str(typed_over(form)):
                yield user, page, form


def typed_over(form: Any) -> dict[str, Any]:
    """Return what the form sends when each text box got another text, and each choice another choice."""
    data: dict[str, Any] = {}
    for number, box in enumerate(form.iter("input", "select", "textarea")):
        kind = box.get("type", "text")
        if box.tag == "select" and box.name:
            data[box.name] = box.value_options[-1]
        elif kind == "checkbox" and box.name:
            data.setdefault(box.name, []).append(box.get("value", "on"))
        elif kind == "radio":
            data[box.name] = box.get("value")
        elif kind in ("hidden", "submit") and box.name and box.name != "csrfmiddlewaretoken":
            data[box.name] = box.get("value", "")
        elif box.name and kind not in KEPT_AS_THEY_ARE:
            data.setdefault(box.name, f"{TYPED} {number}")
    return data


def values_of(form: Any) -> set[tuple[str, str]]:
    """Return what the form sends as it stands, without its button."""
    return {(name, value.removeprefix("\n")) for name, value in form.form_values()}


def said(typed: dict[str, Any]) -> set[tuple[str, str]]:
    """Return what was typed or chosen of what a browser sends."""
    several = ((name, value if isinstance(value, list) else [value]) for name, value in typed.items())
    return {(name, value) for name, values in several for value in values if name not in BUTTONS}
