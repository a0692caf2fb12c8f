"""Where mail belongs: every mail of tests/mails ends where its row says, and what the table does not show."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.mailbox.placement import Decision, Verdict, decide
from core.letters.letter import read
from tests.mails import SETTINGS, World, build_world, load, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any) -> World:
    for name, value in SETTINGS.items():
        setattr(settings, name, value)
    return build_world()


def facts(decision: Decision, world: World) -> dict[str, Any]:
    """Return a decision in the words of the table."""
    names = {request.pk: name for name, request in world.requests.items()}
    return {
        "verdict": decision.verdict,
        "why": decision.why,
        "request": decision.request and names[decision.request.survivor().pk],
        "person": decision.person and decision.person.email,
        "guesses": [names[guess.request.pk] for guess in decision.guesses],
        "forwarded": decision.forwarded,
        "municipality": decision.municipality and decision.municipality.name,
    }


@pytest.mark.parametrize(
    "row", [row for row in rows() if row["end"]["verdict"] != "unreadable"], ids=lambda row: row["file"]
)
def test_mail_ends_where_the_table_says(row, world, settings):
    for name, value in row.get("settings", {}).items():
        setattr(settings, name, value)
    found = facts(decide(read(load(row["file"], world))), world)
    expected = row["end"]
    assert {name: found[name] for name in expected} == expected
    if expected["verdict"] == "new":
        assert found["request"] is None
        assert found["forwarded"] == expected.get("forwarded", False)


def queries_for(raw: bytes) -> int:
    letter = read(raw)
    with CaptureQueriesContext(connection) as queries:
        decide(letter)
    return len(queries)


def test_no_mail_raises_the_number_of_queries(world):
    few = b"From: jana@example.com\r\nTo: centrum+1-%s@centrum.example.org\r\n\r\n" % (b"a" * 20)
    many = b", ".join(b"centrum+%d-%s@centrum.example.org" % (n, b"a" * 20) for n in range(1, 150))
    references = b" ".join(b"<%d.%s.1@portal.example.org>" % (n, b"b" * 20) for n in range(1, 150))
    hostile = b"From: jana@example.com\r\nSubject: SH-2026-000001\r\nTo: %s\r\nReferences: %s\r\n\r\n"
    assert queries_for(hostile % (many, references)) <= 30
    assert queries_for(few) <= 30


def test_merged_requests_that_lead_to_each_other_end(world):
    first, second = world.requests["merged"], world.requests["survivor"]
    type(second).objects.filter(pk=second.pk).update(state="duplicate", duplicate_of=first)
    decision = decide(read(load("reply-token-of-merged", world)))
    assert decision.verdict == Verdict.JOIN


def test_each_guess_says_why(world):
    decision = decide(read(load("stranger-replayed-token", world)))
    assert [guess.reason for guess in decision.guesses] == [
        "Nese znak tohoto dotazu, ale odesílatele u něj neznáme."
    ]
