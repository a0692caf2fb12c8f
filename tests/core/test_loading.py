from datetime import date

import pytest

from core.loading import Shipped, Source, partial, sources_of
from core.templatetags import ui
from visits.models import Host


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (None, (None, "")),
        (2018, (date(2018, 1, 1), "year")),
        ("2022-06", (date(2022, 6, 1), "month")),
        ("2021-09-02", (date(2021, 9, 2), "day")),
    ],
)
def test_a_date_is_kept_as_far_as_it_is_known(found, expected):
    assert partial(found) == expected


def test_what_is_no_date_is_refused():
    with pytest.raises(ValueError, match="spring"):
        partial("spring")


def test_each_source_stands_alone():
    assert sources_of("http://www.a.cz/x ; see https://b.eu/y?z=1 ; reference knowledge") == [
        Source("a.cz", "http://www.a.cz/x"),
        Source("see b.eu", "https://b.eu/y?z=1"),
        Source("reference knowledge"),
    ]


@pytest.mark.parametrize(
    ("typed", "source"),
    [
        ("Zápis, viz https://b.eu/y.", Source("Zápis, viz b.eu.", "https://b.eu/y")),
        ("https://www.a.cz/b;c, s. 5", Source("a.cz, s. 5", "https://www.a.cz/b;c")),
        ("https://", Source("https://")),
        ("https://[bad", Source("https://[bad")),
        ("http://?", Source("http://?")),
    ],
)
def test_whatever_people_type_is_told(typed: str, source: Source):
    assert sources_of(typed) == [source]


def test_sources_are_links_where_they_are_on_the_web():
    assert ui.source_links("https://b.eu/?a=1&b=2 ; <reference>") == (
        '<a href="https://b.eu/?a=1&amp;b=2" rel="noreferrer">b.eu</a>, &lt;reference&gt;'
    )


@pytest.fixture
def shipped(tmp_path):
    (tmp_path / "records.yaml").write_text("rows: [{slug: a, text: Home}]", encoding="utf-8")
    (tmp_path / "czech.yaml").write_text("texts: {Home: Domov}", encoding="utf-8")
    return Shipped(tmp_path / "records.yaml", tmp_path / "czech.yaml")


def test_a_text_comes_in_both_languages(shipped):
    assert shipped.both("text", "Home") == {"text_cs": "Domov", "text_en": "Home"}
    assert shipped.both("text", None) == {"text_cs": "", "text_en": ""}
    assert shipped.both_lists("texts", ["Home"]) == {"texts_cs": ["Domov"], "texts_en": ["Home"]}
    assert shipped.both_lists("texts", None) == {"texts_cs": [], "texts_en": []}


def test_a_text_without_its_czech_is_refused(shipped):
    with pytest.raises(ValueError, match=r"czech.yaml has no Czech for 'House'"):
        shipped.both("text", "House")


def test_a_value_that_nobody_loads_is_refused(shipped):
    with pytest.raises(ValueError, match=r"a: nobody loads \['text'\]"):
        shipped.refuse_unknown(shipped.records["rows"][0], {"slug"})


def test_a_row_is_told_by_the_names_of_its_columns(shipped):
    shipped.texts.update({"NL": "Nizozemsko"})
    row = shipped.columns(
        Host, {"slug": "a", "country": "NL", "homes": "3", "stray": 1}, taken=("stray",), position=1
    )
    assert (row["slug"], row["position"], row["homes"], row["founded"]) == ("a", 1, 3, None)
    assert (row["country_cs"], row["country_en"], row["kind_cs"]) == ("Nizozemsko", "NL", "")
    assert (row["topics_cs"], row["website"]) == ([], "")
    with pytest.raises(ValueError, match=r"nobody loads \['stray'\]"):
        shipped.columns(Host, {"stray": 1})
    assert shipped.columns(Host, {"homes": 3}, names=("homes",)) == {"homes": 3}
