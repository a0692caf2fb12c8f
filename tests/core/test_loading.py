from datetime import date

import pytest
from django.utils import timezone

from core.loading import Report, Shipped, Source, bring, partial, remember_shipped, sources_of
from core.templatetags import ui
from shsp.models import FooterLine
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


@pytest.mark.django_db
class TestWhatPeopleChange:
    """A row that is kept here follows a release only where it stands as it was shipped."""

    FIRST = {"slug": "mail", "text_cs": "Pište", "text_en": "Write", "position": 1}

    def newer(self, **changed):
        row = FooterLine.objects.get(slug="mail")
        report = bring(row, {**self.FIRST, **changed})
        return FooterLine.objects.get(slug="mail"), report

    @pytest.fixture(autouse=True)
    def _first(self):
        assert bring(FooterLine(), self.FIRST) == Report(created=1)

    def test_loading_again_changes_nothing(self):
        assert self.newer()[1] == Report(unchanged=1)

    def test_unchanged_words_follow(self):
        row, report = self.newer(text_cs="Napište")
        assert (row.text_cs, report) == ("Napište", Report(updated=1))

    def test_changed_words_stay_while_the_others_follow(self):
        FooterLine.objects.update(text_cs="Naše slova", retired_at=timezone.now())
        row, _report = self.newer(text_cs="Napište", text_en="Do write")
        assert (row.text_cs, row.text_en) == ("Naše slova", "Do write")
        assert row.retired_at is not None
        # Also when the release after it ships the same.
        assert self.newer(text_cs="Napište", text_en="Do write")[0].text_cs == "Naše slova"

    def test_a_row_made_here_under_a_shipped_name_stays(self):
        FooterLine.objects.update(shipped={}, text_cs="Naše slova")
        assert self.newer(text_cs="Napište")[0].text_cs == "Naše slova"

    def test_a_table_that_remembered_nothing_takes_what_stands_as_shipped(self):
        FooterLine.objects.update(shipped={})
        remember_shipped(FooterLine, ("text_cs", "text_en", "slug", "position"))
        assert self.newer(text_cs="Napište")[0].text_cs == "Napište"
