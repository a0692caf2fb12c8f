"""Whom texts tell on their way to the public."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from core.documents import actions as documents
from core.documents.tasks import remind_of_reviews
from tests.factories.consultations import SummaryEditionFactory, SummaryFactory
from tests.factories.law import cite, marked
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


@tells("core.documents.law.actions.mark_change", colleague="law/changed", watcher="law/changed")
def _(world):
    cite(SummaryEditionFactory(published=True, document=owned_text(world)))
    marked(by=world.me, in_force_on=date(2027, 1, 1))


@tells(
    "core.documents.tasks.remind_of_reviews", colleague="documents/review_due", watcher="documents/review_due"
)
def _(world):
    today = timezone.localdate()
    ago = timezone.now() - timedelta(days=300)
    SummaryEditionFactory(published=True, published_at=ago, review_on=today, document=owned_text(world))
    remind_of_reviews.call()


def owned_text(world: World) -> Any:
    return SummaryFactory(owner=world.colleague, deputy=world.watcher)
