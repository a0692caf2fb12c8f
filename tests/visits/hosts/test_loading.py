from datetime import date

import pytest
from django.utils import translation

from core import search
from core.audit import words
from core.loading import Report, Shipped
from municipalities.models import Municipality
from tests.factories.municipalities import MunicipalityFactory
from visits.hosts import loading
from visits.models import Host, StudyVisit

RECORDS = loading.SHIPPED.records
CZECH = loading.SHIPPED.texts
NAMED = [pytest.param(record, id=record["slug"]) for record in RECORDS["hosts"] if record["name"]]
VISITS = [
    pytest.param(record, id=record["slug"])
    for record in [*RECORDS["study_visits"], *RECORDS["related_visits"]]
]


@pytest.fixture
def towns(db):
    for slug in loading.FROM_MUNICIPALITIES.values():
        MunicipalityFactory(slug=slug, name=slug.title())


@pytest.fixture
def report(towns):
    return loading.load()


def assert_both(row, name, text):
    assert getattr(row, f"{name}_en") == (text or "")
    assert getattr(row, f"{name}_cs") == (CZECH[text] if text else "")


def assert_both_lists(row, name, texts):
    assert getattr(row, f"{name}_en") == list(texts)
    assert getattr(row, f"{name}_cs") == [CZECH[text] for text in texts]


def test_hosts_known_by_name_and_all_visits_are_there(report):
    assert Host.objects.known().count() == RECORDS["meta"]["partners_found"] == 5
    assert Host.objects.count() == RECORDS["meta"]["partners_claimed"] == 7
    assert StudyVisit.objects.count() == 6


def test_of_a_partner_that_nobody_has_found_no_guess_is_kept(report):
    for row in Host.objects.filter(name=""):
        assert (row.country_cs, row.country_en, row.country_code, row.description_en) == ("", "", "", "")
    assert not search.find("Irsko", scope=search.PUBLIC).count


def test_a_partner_that_was_named_here_is_not_brought_again(report):
    row = Host.objects.get(slug="partner-6-unknown")
    words.change(row, {"name": "Bergen kommune"}, by=None, also={"slug": "bergen-kommune"})
    assert loading.load().created == 0
    row.refresh_from_db()
    assert (row.name, row.slug) == ("Bergen kommune", "bergen-kommune")


def test_a_release_leaves_alone_what_was_changed_here(report):
    row = Host.objects.get(slug="y-saatio")
    words.change(row, {"city_cs": "Espoo", "homes": 17000}, by=None)
    loading.load()
    row.refresh_from_db()
    assert (row.city_cs, row.homes, row.city_en) == ("Espoo", 17000, "Helsinki")


def test_a_release_leaves_alone_what_was_corrected_of_a_visit(report):
    row = StudyVisit.objects.get(slug="austria-2018")
    words.change(row, {"participants_count": 14, "organiser": "Obec"}, by=None)
    row.programme.first().delete()
    row.municipalities.set(Municipality.objects.filter(slug="most"))
    loading.load()
    row.refresh_from_db()
    assert (row.participants_count, row.organiser, row.places_cs[0]) == (14, "Obec", "Sankt Pölten")
    assert [place.slug for place in row.municipalities.all()] == ["most"]
    assert row.programme.count() == 5


def test_the_programme_is_loaded_once_in_both_languages(report):
    row = StudyVisit.objects.get(slug="austria-2018")
    [record] = [one for one in RECORDS["study_visits"] if one["slug"] == "austria-2018"]
    assert list(row.programme.values_list("title_en", flat=True)) == record["programme"]
    assert list(row.programme.values_list("title_cs", flat=True)) == [
        CZECH[text] for text in record["programme"]
    ]


@pytest.mark.parametrize("record", NAMED)
def test_every_value_of_a_host_is_loaded(report, record):
    row = Host.objects.get(slug=record["slug"])
    assert row.name == record["name"]
    assert row.name_english == record.get("name_english", "")
    for name in ("country", "city", "region", "kind", "website_source", "topics_note"):
        assert_both(row, name, record.get(name))
    assert_both(row, "description", record["description"])
    assert (row.country_code, row.founded, row.homes) == (
        record["country_code"],
        record["founded"],
        record["homes"],
    )
    assert row.website == (record["website"] or "")
    assert_both_lists(row, "topics", record["topics"])
    assert row.source == record["source"]


def test_homes_that_are_let_are_flats_and_houses_in_czech(report):
    told = Host.objects.get(slug="jutphaas-wonen").description_cs.replace("\xa0", " ")
    assert "1 860 nájemních bytů a domů, asi 60 % bytů a 40 % domů" in told


@pytest.mark.parametrize("record", VISITS)
def test_every_value_of_a_visit_is_loaded(report, record):
    row = StudyVisit.objects.get(slug=record["slug"])
    assert (row.host and row.host.slug) == record.get("host")
    assert_both(row, "title", record.get("title"))
    assert row.organiser == record.get("organiser", "")
    for name in ("country", "date_text", "published_what", "note"):
        assert_both(row, name, record.get(name))
    for name in ("places", "participants", "topics"):
        assert_both_lists(row, name, record.get(name, []))
    assert_both_lists(row, "host_names", record.get("host_names", []))
    assert row.ends_on == record.get("date_to")
    assert row.participants_count == record.get("participants_count")
    assert row.figures_en == record.get("figures", [])
    assert row.figures_cs == [
        {"text": CZECH[figure["text"]], "source": figure["source"]} for figure in record.get("figures", [])
    ]
    assert row.is_published == record.get("is_published")
    assert row.source == record["source"]


def test_dates_are_kept_as_far_as_they_are_known(report):
    assert set(StudyVisit.objects.values_list("slug", "starts_on", "starts_precision")) == {
        ("nl-2017", date(2017, 1, 1), "year"),
        ("fi-2017", date(2017, 1, 1), "year"),
        ("scotland", None, ""),
        ("belgium", None, ""),
        ("austria-2018", date(2018, 1, 1), "year"),
        ("nl-2017-mepco", date(2017, 6, 1), "month"),
    }


def test_visits_name_the_municipalities_that_the_records_name(report):
    found = {
        visit.slug: {row.slug for row in visit.municipalities.all()}
        for visit in StudyVisit.objects.for_list()
    }
    assert found == {
        "nl-2017": {"ostrava"},
        "fi-2017": {"ostrava"},
        "scotland": set(),
        "belgium": set(),
        "austria-2018": set(),
        "nl-2017-mepco": {"kadan", "most", "chomutov"},
    }


def test_the_municipalities_meant_are_in_the_shipped_register():
    from municipalities.places.loading import read

    assert set(loading.FROM_MUNICIPALITIES.values()) <= {pilot["slug"] for pilot in read().pilots}


def test_the_guess_about_a_nameless_partner_is_loaded_nowhere(report):
    guess = next(record["probable_country"] for record in RECORDS["hosts"] if "probable_country" in record)
    stored = [*Host.objects.values(), *StudyVisit.objects.values(), *search.PublicEntry.objects.values()]
    assert guess == "Ireland"
    assert [row for row in stored if "Ireland" in str(row) or "Irsk" in str(row)] == []


def test_loading_again_changes_nothing(report):
    assert report == Report(created=13)
    before = list(StudyVisit.objects.order_by("pk").values())
    assert loading.load() == Report(unchanged=13)
    assert list(StudyVisit.objects.order_by("pk").values()) == before
    assert search.PublicEntry.objects.filter(kind__in=["host", "visit"]).count() == 11


def test_what_changed_in_the_file_is_written(report):
    shipped = Shipped(loading.DATA / "hosts.yaml", loading.DATA / "hosts_cs.yaml")
    shipped.records["study_visits"][0].update(participants_count=12, participants=["ministry staff"])
    assert loading.load(shipped) == Report(updated=1, unchanged=12)
    visit = StudyVisit.objects.get(slug="nl-2017")
    assert visit.participants_count == 12
    # Which municipalities joined is kept at the desk from the first loading on.
    assert [row.slug for row in visit.municipalities.all()] == ["ostrava"]


def test_a_value_that_nobody_loads_is_refused(towns):
    shipped = Shipped(loading.DATA / "hosts.yaml", loading.DATA / "hosts_cs.yaml")
    shipped.records["hosts"][0]["phone"] = "1"
    with pytest.raises(ValueError, match=r"jutphaas-wonen: nobody loads \['phone'\]"):
        loading.load(shipped)
    assert Host.objects.count() == 0


def test_without_municipalities_visits_are_loaded_without_them(db):
    loading.load()
    assert Municipality.objects.count() == 0
    assert StudyVisit.objects.count() == 6


@pytest.mark.parametrize(
    ("words", "kind", "url"),
    [
        ("Jutphaas", "host", "/cs/visits/hosts/jutphaas-wonen/"),
        ("Y-Foundation", "host", "/cs/visits/hosts/y-saatio/"),
        ("Haunoldstein", "visit", "/cs/visits/austria-2018/"),
        ("Rijswijk", "visit", "/cs/visits/nl-2017-mepco/"),
    ],
)
def test_hosts_and_visits_are_found(report, words, kind, url):
    with translation.override("cs"):
        assert [hit.url for hit in search.find(words, scope="public", kinds=[kind]).hits] == [url]


def texts_in(value):
    """Yield every text in a record."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts_in(part)


def test_every_czech_text_belongs_to_a_record():
    assert set(CZECH) - set(texts_in(RECORDS)) == set()
