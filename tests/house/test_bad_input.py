"""Whatever is sent, by whomever, to any address: an answer, never a fault of ours (SAFETY A14, A35, A36)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count, cycle
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import translation

from shsp.routes import routes
from tests.world import VISITOR, World, build

FORM = "application/x-www-form-urlencoded"

# Percent-encoded, since some of it is no text at all.
BAD_VALUES = {
    "nul": "a%00b",
    "no UTF-8": "%ff%fe%ed%a0%80",
    "long": "x" * 10_000,
    "huge number": "9" * 31,
    "just over 64 bits": str(2**63),
    "negative": "-1",
    "float": "1e400",
    "not a number": "NaN",
    "other digits": quote("٣²"),
    "day zero": "0000-00-00",
    "last day": "9999-12-31T23:59",
    "first day": "0001-01-01",
    "no such day": "31.2.2026",
    "turned around": quote("\u202egpj.exe\u2066\ufeff👩‍👩‍👧"),
    "template": quote("{{7*7}}{% debug %}${7*7}%s%n%(x)s"),
    "markup": quote("\"'><svg onload=alert(1)>&#0;--"),
    "search operators": quote("\"AND OR* NEAR( ^ : - ) & | ! <-> \\ '"),
    "spaces": quote(" \t\r\n\u00a0\u2003"),
}

BAD_CHOICES = ["nul", "huge number", "float", "other digits", "first day"]
BAD_TEXTS = ["nul", "no UTF-8", "long"]

BAD_ALONE = {
    "q": ["nul", "long", "search operators"],
    "before": ["just over 64 bits"],
    "municipality": ["nul"],
}

# What lists are narrowed and turned by, and what nobody should be able to ask.
QUERY_NAMES = [
    "q",
    "page",
    "before",
    "state",
    "assignee",
    "topic",
    "municipality",
    "pilot",
    "kind",
    "channel",
    "since",
    "until",
    "order",
    "mine",
    "to_review",
    "audience",
    "region",
    "size",
    "people",
    "place",
    "indicator",
    "known",
    "per",
    "sort",
    "approach",
    "add",
    "edition",
    "request",
    "done",
    "thanks",
    "again",
    "sent",
    "next",
    "download",
    "answer",
    "bulk",
    "exchange",
    "former",
    "from",
    "label",
    "question",
    "rated",
    "received",
    "removed",
    "retired",
    "runs",
    "to",
    "with",
    "year",
    "owner__password__startswith",
    "requester__email__startswith",
    "id__in",
]
LISTS = [
    "search",
    "desk-search",
    "desk-palette",
    "summaries",
    "municipalities",
    "municipality-options",
    "comparison",
    "comparison-xlsx",
    "materials",
    "library",
    "desk-materials",
    "desk-library",
    "visits",
    "my-requests",
    "my-timeline",
    "desk-requests",
    "desk-summaries",
    "desk-municipalities",
    "desk-log-people",
    "outbox",
    "practices",
    "practice-lessons",
    "practice-ledger",
    "desk-practices",
    "desk-visit-reports",
    "desk-material-texts",
    "desk-site-pages",
    "desk-help-pages",
    "my-practices",
    "my-adoptions",
    "exchange",
    "desk-exchange-reports",
    "desk-returns",
    "my-returns",
    "desk-figures",
    "desk-peers",
    "my-help",
    "municipalities-like-mine",
    "ask",
]

ARGUMENT = re.compile(r"<\w+:\w+>|\(\?P<\w+>(\[[^]]*\]|[^()\[])*\)")
PATH_VALUES = [
    "%00",
    "a%00b",
    "%ff%fe",
    "x" * 3000,
    "9" * 31,
    str(2**63),
    "-1",
    "0",
    "..%2f..%2fetc",
    quote("‮😀{{7*7}}"),
    "SH-2026-" + "9" * 25,
    "SH-99999-1",
    "SH-2026-%00",
]


# One for each request, so that no limit of how often stands before what is tried.
NETWORKS = count()

READY = {"textarea": "text", "text": "text", "password": "text", "email": "a@example.org"}


@dataclass
class Form:
    """A form of a page: where it goes, and what it would send if nothing in it were touched."""

    action: str
    good: dict[str, str] = field(default_factory=dict)
    free: set[str] = field(default_factory=set)

    def bodies(self) -> Iterator[str]:
        """Yield bodies: every field bad; then only the free texts, so that they come through to the rows."""
        for kind in BAD_CHOICES:
            yield "&".join(f"{name}={BAD_VALUES[kind]}" for name in self.good)
        for kind in BAD_TEXTS if self.free else []:
            yield "&".join(
                f"{name}={BAD_VALUES[kind] if name in self.free else quote(good)}"
                for name, good in self.good.items()
            )


class Forms(HTMLParser):
    """The forms of a page that are sent by POST."""

    def __init__(self, page: str, html: str) -> None:
        super().__init__()
        self.page, self.found, self._select = page, [], ""
        self.form: Form | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note a form, or a field of the form that is open."""
        attrs = dict(attributes)
        if tag == "form":
            self.form = Form(attrs.get("action") or self.page)
            if (attrs.get("method") or "").lower() == "post":
                self.found.append(self.form)
        elif self.form and tag in ("input", "textarea", "select", "button") and attrs.get("name"):
            self._field(tag, attrs)
        elif self.form and tag == "option" and self._select and attrs.get("value"):
            self.form.good[self._select] = self.form.good[self._select] or attrs["value"]

    def _field(self, tag: str, attrs: dict[str, str | None]) -> None:
        kind, name = attrs.get("type", "text") if tag == "input" else tag, attrs["name"]
        self._select = name if tag == "select" else ""
        if kind == "file":
            return
        if kind in ("text", "search", "textarea", "password"):
            self.form.free.add(name)
        self.form.good[name] = self.form.good.get(name) or attrs.get("value") or READY.get(kind, "")

    def handle_endtag(self, tag: str) -> None:
        """Note where a form or a list of choices ends."""
        if tag == "form":
            self.form = None
        elif tag == "select":
            self._select = ""


class Attacker:
    """One reader's browser. What a request does to the database is taken back at once."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.client.raise_request_exception = False
        self._cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        self.faults: list[str] = []

    def send(self, what: str, method: str, path: str, body: str = "", **options: Any) -> Any:
        """Send one request as if it were the first of its network; note an answer of 500 or more."""
        options["REMOTE_ADDR"] = f"10.{'.'.join(map(str, next(NETWORKS).to_bytes(3)))}"
        self.client.cookies.clear()
        for name, value in self._cookies.items():
            self.client.cookies[name] = value
        with transaction.atomic():
            response = self.client.generic(method, path, body, content_type=FORM, **options)
            if response.status_code >= 500:
                error = getattr(response, "exc_info", None) or ("", "")
                self.faults.append(f"{what}: {response.status_code} {error[0]} {str(error[1])[:150]}")
            transaction.set_rollback(True)
        return response


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.ASK_MIN_SECONDS = 0
    settings.ACCOUNT_RATE_LIMITS = False
    return build()


@pytest.fixture
def attackers(world: World, log_in: Callable[..., Any]) -> dict[str, Attacker]:
    """Return a browser for each reader."""
    clients = {role: log_in(role, user=user)[0] for role, user in world.accounts.items()}
    return {who: Attacker(client) for who, client in {VISITOR: Client(), **clients}.items()}


def faults_of(attackers: dict[str, Attacker]) -> list[str]:
    return [fault for attacker in attackers.values() for fault in attacker.faults]


def queries(name: str) -> Iterator[str]:
    """Yield query strings: everything bad at once; on lists also name by name, so that none hides another."""
    values = list(BAD_VALUES.values())
    yield "&".join(f"{key}={value}" for key, value in zip(QUERY_NAMES, cycle(values)))
    yield "&".join(f"{key}=1&{key}={value}&{key}[]=2" for key, value in zip(QUERY_NAMES, cycle(values[::-1])))
    if name not in LISTS:
        return
    for kind in BAD_CHOICES:
        yield "&".join(f"{key}={BAD_VALUES[kind]}" for key in QUERY_NAMES)
    for key, kinds in BAD_ALONE.items():
        yield from (f"{key}={BAD_VALUES[kind]}" for kind in kinds)


def test_no_query_string_breaks_a_page(world, attackers):
    reachable = [(route, world.reader_of(route.name, route.who)) for route in routes()]
    for route, reader in reachable:
        path = address_of(world, route.name)
        if path and "GET" in route.methods:
            for query in queries(route.name):
                attackers[reader].send(f"{route.name}?{query[:60]}", "GET", f"{path}?{query}")

    assert faults_of(attackers) == []


def address_of(world: World, name: str) -> str:
    """Return the address of a route in the world, or "" when the world has nothing for it."""
    try:
        with translation.override("cs"):
            return reverse(name, kwargs=world.arguments.get(name, {}))
    except NoReverseMatch:
        return ""


def test_no_form_breaks_by_what_it_is_sent(world, attackers):
    for form, reader in forms_of(world, attackers):
        for body in dict.fromkeys(form.bodies()):
            attackers[reader].send(f"{form.action} {body[:60]}", "POST", form.action, body)

    assert faults_of(attackers) == []


def forms_of(world: World, attackers: dict[str, Attacker]) -> list[tuple[Form, str]]:
    """Return each form of every page once, with a reader who sees it."""
    found: dict[str, tuple[Form, str]] = {}
    for _name, reader, path in world.pages():
        response = attackers[reader].send(path, "GET", f"/cs{path}")
        for form in Forms(f"/cs{path}", response.content.decode()).found:
            found.setdefault(form.action, (form, reader))
    return list(found.values())


def test_no_address_breaks_by_what_stands_in_it(attackers):
    sent: set[Any] = set()
    for route in routes():
        pattern = route.address.replace("<language>", "cs")
        if not ARGUMENT.search(pattern):
            continue
        reader = World().reader_of(route.name, route.who)
        for value in PATH_VALUES:
            path = ARGUMENT.sub(lambda _match, value=value: value, pattern)
            # Where no view is reached, the page is the same whatever the address.
            what = (reader, value) if leads_nowhere(path) else path
            if what in sent:
                continue
            sent.add(what)
            for method in route.methods[:1] if "GET" in route.methods else ("POST",):
                attackers[reader].send(f"{route.name} {path[:80]}", method, path.strip("^$"))

    assert faults_of(attackers) == []


def leads_nowhere(path: str) -> bool:
    """Tell whether no view is reached by an address, as percent-encoded."""
    try:
        resolve(unquote(path.strip("^$")))
    except Resolver404:
        return True
    return False
