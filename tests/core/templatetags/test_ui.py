"""How the portal writes values, states and addresses."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.utils import translation

from core.templatetags import ui

MOMENT = datetime(2026, 12, 3, 13, 5, tzinfo=UTC)


def draw(source, path="/cs/", **context):
    """Render a piece of template as a page at `path` would."""
    request = RequestFactory().get(path)
    return engines["django"].from_string(source).render(context, request).strip()


@pytest.fixture(autouse=True)
def czech():
    with translation.override("cs"):
        yield


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Rada k nájmu", "Rada k\u00a0nájmu"),
        ("V obci a s obcí", "V\u00a0obci a\u00a0s\u00a0obcí"),
        ("Dotaz o bytu", "Dotaz o\u00a0bytu"),
        ("bez předložek", "bez předložek"),
        ("byli a", "byli a"),
    ],
)
def test_nbsp_binds_one_letter_words_only(text, bound):
    assert ui.nbsp(text) == bound


def test_number_sets_thousands_apart_and_shows_unknown_as_a_dash():
    assert ui.number(1234567) == "1\u00a0234\u00a0567"
    assert ui.number(0) == "0"
    assert ui.number(None) == "–"
    assert [ui.number(text) for text in ("0:57", "12:05", "1000:00")] == ["0:57", "12:05", "1000:00"]


def test_dates_are_in_words_in_both_languages():
    assert ui.day(date(2026, 12, 3)) == "3.\u00a0prosince\u00a02026"
    with translation.override("en"):
        assert ui.day(date(2026, 12, 3)) == "3\u00a0December\u00a02026"
    assert ui.day(None) == ""


def test_when_shows_local_time_in_24_hours():
    assert (
        ui.when(MOMENT) == '<time datetime="2026-12-03T14:05+01:00">3.\u00a0prosince\u00a02026 14:05</time>'
    )
    assert (
        ui.when(MOMENT, "date") == '<time datetime="2026-12-03T14:05+01:00">3.\u00a0prosince\u00a02026</time>'
    )
    assert ui.when(date(2026, 12, 3)) == '<time datetime="2026-12-03">3.\u00a0prosince\u00a02026</time>'
    assert ui.when(None) == "–"


@pytest.mark.parametrize(
    ("precision", "shown"),
    [
        ("year", '<time datetime="2017">2017</time>'),
        ("month", '<time datetime="2017-10">říjen 2017</time>'),
        ("day", '<time datetime="2017-10-01">1.\u00a0října\u00a02017</time>'),
    ],
)
def test_partial_date_shows_what_is_known(precision, shown):
    assert ui.partial_date(date(2017, 10, 1), precision) == shown


def test_filesize_and_masked_address():
    assert [ui.filesize(size) for size in (999, 184_320, 2_400_000)] == [
        "999\u00a0B",
        "184\u00a0kB",
        "2,4\u00a0MB",
    ]
    assert ui.mask_email("jana.novakova@example.cz") == "ja…@example.cz"


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/cs/help/", "/en/help/"),
        ("/cs/summaries/?q=byt", "/en/summaries/?q=byt"),
        ("/cs/nothing-here/", "/en/"),
        ("//evil.example/cs/", "/en/"),
    ],
)
def test_other_language_url_is_the_same_page_or_the_front_page(path, there):
    request = RequestFactory().get("/")
    request.path = request.path_info = path
    request.get_full_path = lambda: path
    with suppress(Resolver404):
        request.resolver_match = resolve(path.partition("?")[0])
    found = engines["django"].from_string('{% other_language_url "en" %}').render({}, request)
    assert found == there


def test_status_is_a_word_and_a_shape_and_escapes_the_word():
    shown = draw('{% status label "answered" %}', label="<b>")
    assert "#check" in shown
    assert "status-done" in shown
    assert "&lt;b&gt;</span>" in shown
    assert "#dot" in draw('{% status "neznámý" "no-such-state" %}')
