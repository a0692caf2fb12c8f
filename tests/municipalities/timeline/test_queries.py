from datetime import UTC, datetime, timedelta

import pytest

from municipalities import hooks
from municipalities.hooks import Entry
from municipalities.models import Municipality
from municipalities.timeline import queries

PLACE = Municipality(name="Obec")
START = datetime(2026, 6, 1, 12, tzinfo=UTC)
LATER = START + timedelta(days=400)


@pytest.fixture
def told(monkeypatch):
    """A kind of entries whose list the test fills; kinds that a test adds go with it."""
    monkeypatch.setattr(hooks, "_timeline", dict(hooks._timeline))
    moments: list[datetime] = []

    def source(_municipality, _reader, before, limit):
        entries = [
            Entry(at, "fake", f"{at:%d.%m.%Y %H}") for at in sorted(moments, reverse=True) if at < before
        ]
        return entries[:limit]

    hooks.add_timeline("fake", source, label="Fake")
    return moments


def page(**options):
    return queries.page(PLACE, reader=None, kind="fake", **{"before": LATER, **options})


def test_kinds_have_names(told):
    assert hooks.timeline_kinds()["fake"] == "Fake"
    assert "memberships" in hooks.timeline_kinds()


def test_sources_are_merged_newest_first(told):
    told.extend(START + timedelta(days=day) for day in (1, 3))
    hooks.add_timeline("second", lambda *_: [Entry(START + timedelta(days=2), "second", "between")])
    hooks.add_timeline("memberships-off", lambda *_: [])
    merged = [
        source(PLACE, None, LATER, 9)
        for kind in ("fake", "second")
        for source in hooks.timeline_sources(kind)
    ]
    assert [len(entries) for entries in merged] == [2, 1]
    only = queries.entries(PLACE, reader=None, before=LATER, limit=9, kind="second")
    assert [entry.title for entry in only] == ["between"]


def test_older_pages_go_on_where_the_last_ended(told):
    told.extend(START + timedelta(days=day) for day in range(5))
    seen, before = [], LATER
    while before:
        part = page(before=before, per_page=2)
        seen += part.entries
        before = part.older
    assert [entry.at for entry in seen] == sorted(told, reverse=True)


def test_what_happened_at_one_moment_is_never_cut_in_two(told):
    told.extend([START] * 3 + [START - timedelta(days=1)] * 2)
    first = page(per_page=2)
    assert [entry.at for entry in first.entries] == [START] * 3
    rest = page(before=first.older, per_page=2)
    assert (len(rest.entries), rest.older) == (2, None)


def test_a_year_holds_its_own_entries_only(told):
    told.extend(datetime(year, 7, 1, tzinfo=UTC) for year in (2024, 2025, 2026))
    assert [entry.at.year for entry in page(year=2025).entries] == [2025]
    assert page(year=2025).older is None


def test_an_unknown_kind_has_no_entries(told):
    assert queries.page(PLACE, reader=None, before=LATER, kind="nothing").entries == []


def test_an_entry_with_words_for_its_date_shows_no_moment():
    assert Entry(START, "fake", "x", when="June 2026").moment is None
    assert Entry(START, "fake", "x").moment == START
