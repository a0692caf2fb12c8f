import pytest
from django.utils import translation

from tests.factories.municipalities import MunicipalityFactory
from tests.factories.visits import HostFactory, StudyVisitFactory
from tests.reading import not_known
from visits.hosts import loading, queries
from visits.models import Host, StudyVisit

pytestmark = pytest.mark.django_db


def html(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["cs", "en"])
def test_every_shipped_host_and_visit_has_its_page(client, language):
    loading.load()
    with translation.override(language):
        for host in Host.objects.for_list():
            page = html(client, host.get_absolute_url())
            assert host.description in page
            told = [url for url in host.source.split(" ; ") if "/wp-json/" not in url]
            assert all(f'href="{url}"' in page for url in told)
        for visit in StudyVisit.objects.for_list():
            page = html(client, visit.get_absolute_url())
            assert visit.date_text in page
            assert all(figure["text"] in page for figure in visit.figures)
            assert all(item.title in page for item in visit.programme.all())
            assert all(f'href="{url}"' in page for url in visit.source.split(" ; "))


@pytest.mark.parametrize("language", ["cs", "en"])
def test_the_list_shows_all_that_is_shipped_and_no_guess(client, language):
    loading.load()
    page = html(client, f"/{language}/visits/")
    with translation.override(language):
        assert [host.name for host in Host.objects.for_list() if host.get_absolute_url() not in page] == []
        places = [page.index(visit.get_absolute_url()) for visit in StudyVisit.objects.for_list()]
    assert len(places) == 6
    assert places == sorted(places)
    assert "Ireland" not in page
    assert "Irsk" not in page


def test_the_list_says_how_many_partners_are_known(client):
    HostFactory.create_batch(2)
    page = html(client, "/en/visits/")
    assert "The project spoke of 7 European partners. We know 2 of them by name." in page
    number, names = queries.partners()["sources"]
    assert f'href="{number.url}"' in page
    # The names were read at an address for machines.
    assert names.url not in page
    assert '<a href="/en/credits/#addresses">Housing Evolutions</a>' in page


def test_what_is_not_known_of_a_visit_is_said_once(client):
    visit = StudyVisitFactory()
    page = html(client, f"/en/visits/{visit.slug}/")
    # When, places, who took part, municipalities, number, topics, what was published.
    assert len(not_known(page)) == 7, not_known(page)
    assert "spring, year not known" in page


@pytest.mark.parametrize(
    ("is_published", "what", "shown"),
    [(True, "an article", "an article"), (False, "", "nothing")],
)
def test_what_was_published_is_told(client, is_published, what, shown):
    visit = StudyVisitFactory(is_published=is_published, published_what_en=what)
    page = html(client, f"/en/visits/{visit.slug}/")
    assert shown in page.split("What was published")[1].split("</dd>")[0]


def test_what_is_not_known_of_a_host_is_said_once(client):
    host = HostFactory(kind_en="")
    page = html(client, f"/en/visits/hosts/{host.slug}/")
    # Region, what it is, founded, homes, website, topics.
    assert len(not_known(page)) == 6, not_known(page)
    assert '<h2 id="visits">' not in page


def test_known_values_of_a_host_are_shown(client):
    host = HostFactory(founded=1919, homes=1860, website="https://wohnen.example", name_english="Living")
    visit = StudyVisitFactory(host=host)
    page = html(client, f"/en/visits/hosts/{host.slug}/")
    assert "1919" in page
    assert "1,860" in page
    assert 'href="https://wohnen.example"' in page
    assert "Living" in page
    assert f'href="/en/visits/{visit.slug}/"' in page


def test_a_visit_links_its_host_and_its_municipalities(client):
    town = MunicipalityFactory(name="Ostrava", slug="ostrava")
    visit = StudyVisitFactory(municipalities=[town])
    page = html(client, f"/en/visits/{visit.slug}/")
    assert '<a href="/en/municipalities/ostrava/">Ostrava</a>' in page
    assert f'href="/en/visits/hosts/{visit.host.slug}/"' in page


def test_a_visit_of_somebody_else_says_who_ran_it(client):
    visit = StudyVisitFactory(
        host=None, host_names_en=["City of Rijswijk"], organiser="MEPCO", title_en="Trip"
    )
    page = html(client, f"/en/visits/{visit.slug}/")
    assert "MEPCO" in page
    assert "City of Rijswijk" in page
    assert "<h1>Trip</h1>" in page


@pytest.mark.parametrize("url", ["/cs/visits/nothing/", "/cs/visits/hosts/nobody/"])
def test_what_is_unknown_is_not_there(client, url):
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, rows):
    for _ in range(rows):
        StudyVisitFactory(municipalities=MunicipalityFactory.create_batch(rows))
    with django_assert_num_queries(3):
        client.get("/cs/visits/")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_host_costs_the_same_with_one_and_with_three_visits(client, django_assert_num_queries, rows):
    host = HostFactory()
    StudyVisitFactory.create_batch(rows, host=host)
    with django_assert_num_queries(3):
        client.get(f"/cs/visits/hosts/{host.slug}/")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_visit_costs_the_same_with_one_and_with_three_municipalities(
    client, django_assert_num_queries, rows
):
    visit = StudyVisitFactory(municipalities=MunicipalityFactory.create_batch(rows))
    with django_assert_num_queries(9):
        client.get(f"/cs/visits/{visit.slug}/")
