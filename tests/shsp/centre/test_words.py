from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.utils import timezone, translation

from shsp.centre import words
from shsp.centre.loading import load
from shsp.models import Banner, Centre, FooterLine, Period
from shsp.models.banner import Place

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _cold():
    load()
    cache.delete(words.KEY)


def test_they_are_read_once(django_assert_num_queries):
    with django_assert_num_queries(4):
        assert words.fact("email") == "socialni.bydleni@mpsv.cz"
    with django_assert_num_queries(0):
        words.fact("phone")
        words.footer_lines()
        words.banners_at(Place.DESK, NOW)


def test_what_was_changed_is_read_anew(django_capture_on_commit_callbacks):
    words.fact("phone")
    with django_capture_on_commit_callbacks(execute=True):
        Centre.objects.update(phone="+420234567890")
        words.forget()
    assert words.fact("phone") == "+420234567890"
    assert {"+420234567890", "+420778455761", "socialni.bydleni@mpsv.cz"} <= set(words.contacts())


def test_what_is_shipped_stands_in_where_nothing_can_be_read(monkeypatch):
    def away(*_given):
        raise OperationalError("database is away")

    monkeypatch.setattr(words, "_read", away)
    assert words.fact("email") == "socialni.bydleni@mpsv.cz"
    monkeypatch.undo()
    Centre.objects.all().delete()
    assert words.fact("name") == "Kontaktní centrum sociálního bydlení"


def test_a_source_is_told_of_what_nobody_changed():
    assert words.source_of("email").startswith("https://www.mpsv.cz/")
    assert words.source_of("phone") == ""
    Centre.objects.update(email="jiny@mpsv.cz")
    cache.delete(words.KEY)
    assert words.source_of("email") == ""


def test_banners_stand_where_and_when_they_are_meant_to():
    hour = timedelta(hours=1)
    for name, place, start, end in [
        ("now", Place.EVERYWHERE, NOW - hour, NOW + hour),
        ("open", Place.DESK, NOW, None),
        ("later", Place.EVERYWHERE, NOW + hour, None),
        ("over", Place.EVERYWHERE, NOW - 2 * hour, NOW),
    ]:
        Banner.objects.create(text_cs=name, text_en=name, place=place, starts_at=start, ends_at=end)
    with translation.override("en"):
        shown = {place: {row["text"] for row in words.banners_at(place, NOW)} for place in Place}
    assert (shown[Place.PUBLIC], shown[Place.DESK], shown[Place.MY]) == ({"now"}, {"now", "open"}, {"now"})


def test_a_line_leads_to_a_page_in_the_readers_language():
    FooterLine.objects.create(slug="x", text_cs="Web", text_en="", address="https://a.cz", position=99)
    with translation.override("en"):
        lines = words.footer_lines()
    assert lines[2] == {"text": "About the Centre", "url": "/en/about/"}
    assert lines[-1] == {"text": "Web", "url": "https://a.cz"}


def test_who_goes_on_is_told_after_another_has_ended():
    [successor] = words.successors(NOW)
    assert (successor["phone"], successor["site"]) == ("+420778455761", "socialnibydleni.mpsv.cz")
    Period.objects.filter(slug="successor").update(retired_at=timezone.now())
    cache.delete(words.KEY)
    assert words.successors(NOW) == []
