"""Shipped texts: the first edition, newer ones, and what somebody here has begun, shown on site pages."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core.documents.choices import State
from core.documents.loading import ship
from shsp.models import SitePage
from tests.factories.accounts import UserFactory
from tests.factories.pages import own_edition, publish

pytestmark = pytest.mark.django_db
FIRST, LATER = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
def page() -> SitePage:
    return SitePage.objects.create(slug="about")


def words(text: str) -> dict[str, Any]:
    return {"title_cs": "O centru", "title_en": "", "text_cs": text, "text_en": ""}


def editions(page: SitePage) -> list[tuple[int, str, str]]:
    rows = page.editions.order_by("number")
    return [(row.number, row.state, row.text_cs) for row in rows]


def test_a_newer_shipped_text_becomes_the_next_edition(page):
    assert ship(page, words=words("Jedna"), at=FIRST).created == 1
    assert ship(page, words=words("Jedna"), at=FIRST).unchanged == 1
    assert ship(page, words=words("Dvě"), at=LATER).updated == 1
    assert editions(page) == [(1, State.SUPERSEDED, "Jedna"), (2, State.PUBLISHED, "Dvě")]
    newest = page.editions.get(number=2)
    assert (newest.author, newest.published_by, newest.published_at) == (None, None, LATER)
    assert newest.text_html_cs == "<p>Dvě</p>\n"


def test_once_somebody_has_begun_an_edition_a_release_leaves_the_page_alone(page):
    ship(page, words=words("Jedna"), at=FIRST)
    draft = own_edition(page, by=UserFactory(editor=True), text_cs="Naše")
    assert ship(page, words=words("Dvě"), at=LATER).unchanged == 1
    publish(draft, by=UserFactory(administrator=True))
    assert ship(page, words=words("Dvě"), at=LATER).unchanged == 1
    assert editions(page) == [(1, State.SUPERSEDED, "Jedna"), (2, State.PUBLISHED, "Naše")]
