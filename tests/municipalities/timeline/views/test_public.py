import pytest
from django.urls import reverse
from django.utils import translation

from municipalities.models import Municipality
from municipalities.places import loading
from tests.factories.figures import IndicatorValueFactory
from tests.factories.municipalities import (
    MembershipFactory,
    MunicipalityFactory,
    OfficeFactory,
    ProgrammeFactFactory,
    ProgrammeFactory,
    RegionFactory,
)
from tests.factories.practices import AdoptionStepFactory, PracticeEditionFactory
from tests.municipalities.places.test_loading import few

pytestmark = pytest.mark.django_db


def page(client, name="municipalities", *args, language="en", **query):
    with translation.override(language):
        address = reverse(name, args=args)
    response = client.get(address, query)
    assert response.status_code == 200
    return response


def names(response):
    return [row.name for row in response.context["page"].object_list]


@pytest.fixture
def places():
    south = RegionFactory(
        nuts3="CZ031", slug="jihocesky-kraj", name_cs="Jihočeský kraj", name_en="South Bohemian Region"
    )
    MunicipalityFactory(name="Veselá", population=300)
    MunicipalityFactory(name="Veselí", population=11000, region=south)
    MunicipalityFactory(name="Žďár", population=21000)
    MunicipalityFactory(name="Veselíčko", population=900, pilot=True)


def test_pilots_come_first_then_the_biggest(client, places):
    assert names(page(client)) == ["Veselíčko", "Žďár", "Veselí", "Veselá"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "vesel"}, ["Veselíčko", "Veselí", "Veselá"]),
        ({"q": "ŽĎ"}, ["Žďár"]),
        ({"q": "zd"}, ["Žďár"]),
        ({"region": "jihocesky-kraj"}, ["Veselí"]),
        ({"size": "to-999"}, ["Veselíčko", "Veselá"]),
        ({"size": "to-999", "q": "veseli"}, ["Veselíčko"]),
        ({"q": "Lhota"}, []),
        ({"region": "nikde", "size": "?", "page": "x"}, ["Veselíčko", "Žďár", "Veselí", "Veselá"]),
        ({"page": "99"}, ["Veselíčko", "Žďár", "Veselí", "Veselá"]),
    ],
)
def test_filters_are_kept_in_the_address(client, places, query, expected):
    assert names(page(client, **query)) == expected


def test_an_empty_list_says_what_to_do(client):
    assert "No municipality fits" in page(client, q="zzz").content.decode()


def test_the_list_goes_on_to_its_last_page(client):
    MunicipalityFactory.create_batch(27)
    assert len(names(page(client, page="2"))) == 2
    assert 'rel="next"' not in page(client, page="2").content.decode()


@pytest.mark.parametrize("language", ["cs", "en"])
def test_every_fact_of_every_pilot_is_on_its_page(client, language):
    loading.load(few())
    for pilot in loading.read().pilots:
        html = page(client, "municipality", pilot["slug"], language=language).context
        (programme,) = html["programmes"]
        shown = [(one["text"].text, one["text"].language) for one in programme["sentences"]]
        texts = [fact["text"] for fact in pilot["programme"]["facts"]]
        assert shown == [(text if language == "en" else loading.SHIPPED.texts[text], "") for text in texts]


def test_a_pilot_shows_sources_and_what_nobody_knows(client):
    loading.load(few())
    html = page(client, "municipality", "brno").content.decode()
    assert "SozialMarie award in 2018." in html
    assert 'href="https://www.ukoncovani-bezdomovectvi.cz/zahranici"' in html
    assert "<summary>What we do not know yet</summary>" in html
    assert "Which of the Brno projects counted as the SHSP pilot" in html
    assert "380,681" in html
    assert html.count("<h1") == 1


def test_a_namesake_is_told_apart(client):
    loading.load(few())
    assert (
        "A second municipality of the same name" in page(client, "municipality", "veselicko").content.decode()
    )
    assert "Písek" in page(client, "municipality", "veselicko-pisek").content.decode()


def test_czech_words_on_an_english_page_are_marked(client):
    loading.load(few())
    html = page(client, "municipality", "plzen").content.decode()
    assert '<span lang="cs">Pilotní testování koncepce sociálního bydlení v Plzni</span>' in html
    assert "Pilsen" in html


def test_another_municipality_is_led_to_asking(client):
    place = MunicipalityFactory(name="Obec")
    html = page(client, "municipality", place.slug).content.decode()
    with translation.override("en"):
        assert f'href="{reverse("ask")}"' in html
    assert "What we can do for you" in html


def test_an_unknown_address_is_not_found(client):
    assert client.get("/en/municipalities/nikde/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_profile_costs_the_same_for_one_and_three_facts(client, django_assert_num_queries, rows):
    programme = ProgrammeFactory()
    ProgrammeFactFactory.create_batch(rows, programme=programme)
    slug = Municipality.objects.get().slug
    with django_assert_num_queries(19):
        page(client, "municipality", slug)


def test_what_is_no_address_is_shown_as_it_was_typed(client):
    value = IndicatorValueFactory(source_cs="https://[bad")
    ProgrammeFactory(municipality=value.municipality, source="https://[bad")
    AdoptionStepFactory(adoption__municipality=value.municipality, source_cs="https://[bad")
    for address in ("", "figures/"):
        response = client.get(f"{value.municipality.get_absolute_url()}{address}")
        assert "https://[bad" in response.content.decode()
    edition = PracticeEditionFactory(published=True)
    AdoptionStepFactory(adoption__practice=edition.document, source_cs="https://[bad")
    assert "https://[bad" in client.get(edition.document.get_absolute_url()).content.decode()


def test_who_may_read_the_timeline_is_led_there_from_the_public_page(client, log_in):
    place = MunicipalityFactory(slug="vir")
    official, user = log_in("official")
    MembershipFactory(user=user, municipality=place)
    assert page(client, "municipality", "vir").context["timeline_url"] == ""
    assert page(log_in("official")[0], "municipality", "vir").context["timeline_url"] == ""
    for reader, address in (
        (official, "/en/my/timeline/?municipality=vir"),
        (log_in("editor")[0], "/en/desk/municipalities/vir/"),
    ):
        assert f'href="{address}"' in page(reader, "municipality", "vir").content.decode()


def test_the_contact_point_is_shown_with_its_source_and_one_click_to_report_it(client):
    point = OfficeFactory(phone="+420566590311")
    doubtful = OfficeFactory(municipality=point.municipality, doubt="připravuje se")
    text = page(client, "municipality", point.municipality.slug).text
    assert point.name in text
    assert "example.org" in text
    assert f'name="office" value="{point.pk}"' in text
    assert doubtful.name not in text
