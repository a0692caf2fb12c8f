"""Where mail belongs: every mail of tests/mails ends where its row says, and what the table does not show."""

from typing import Any

import pytest

from consultations.placing import Decision, decide
from core.letter import read
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
