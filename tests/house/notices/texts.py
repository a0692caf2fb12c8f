"""Whom texts tell on their way to the public."""

from typing import Any

from core.documents import actions as documents
from tests.factories.consultations import (
    SummaryEditionFactory,
    SummaryFactory,
)
from tests.house.notices import tells
from tests.worlds.notices import World

# Texts --------------------------------------------------------------------------------------

TEXTS = "core.documents.actions"


def a_text(world: World, **fields: Any) -> Any:
    summary = SummaryFactory(created_by=world.colleague)
    return SummaryEditionFactory(document=summary, author=world.colleague, **fields)


@tells(f"{TEXTS}.submit", **dict.fromkeys(("me", "watcher", "topical", "reader"), "summary/in_review"))
def _(world):
    text = a_text(world)
    documents.submit(text, version=text.version, by=world.colleague)


@tells(f"{TEXTS}.send_back", colleague="summary/sent_back")
def _(world):
    text = a_text(world, in_review=True)
    documents.send_back(text, remark="Zdroj?", version=text.version, by=world.me)


@tells(f"{TEXTS}.publish", colleague="summary/published")
def _(world):
    text = a_text(world, in_review=True)
    documents.publish(text, version=text.version, by=world.me)
