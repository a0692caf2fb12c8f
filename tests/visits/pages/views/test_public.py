from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from tests.factories.municipalities import MunicipalityFactory
from tests.factories.reports import ReportEditionFactory
from tests.factories.visits import HostFactory, ProgrammeItemFactory, StudyVisitFactory, ThemeFactory
from tests.reading import not_known
from visits.choices import VisitState
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
    with django_assert_num_queries(6):
        client.get("/cs/visits/")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_host_costs_the_same_with_one_and_with_three_visits(client, django_assert_num_queries, rows):
    host = HostFactory()
    StudyVisitFactory.create_batch(rows, host=host)
    with django_assert_num_queries(4):
        client.get(f"/cs/visits/hosts/{host.slug}/")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_visit_costs_the_same_with_one_and_with_three_municipalities(
    client, django_assert_num_queries, rows
):
    visit = StudyVisitFactory(municipalities=MunicipalityFactory.create_batch(rows))
    with django_assert_num_queries(10):
        client.get(f"/cs/visits/{visit.slug}/")


def test_visits_to_come_stand_first_the_soonest_first(client):
    over = StudyVisitFactory()
    later = StudyVisitFactory(open=True, starts_on=timezone.localdate() + timedelta(days=90))
    soon = StudyVisitFactory(open=True)
    StudyVisitFactory(planned=True, slug="secret")
    page = html(client, "/en/visits/")
    places = [page.index(f"/en/visits/{visit.slug}/") for visit in (soon, later, over)]
    assert places == sorted(places)
    assert "secret" not in page


def test_the_list_says_until_when_in_czech_time_people_sign_up(client):
    until = datetime(2027, 7, 1, 12, tzinfo=ZoneInfo("UTC"))
    StudyVisitFactory(open=True, starts_on=date(2027, 9, 1), sign_up_until=until)
    page = " ".join(html(client, "/en/visits/").split())
    assert "Sign-up is open until" in page
    assert "14:00</time> Czech time" in page


def test_the_list_is_narrowed_by_country_theme_time_and_words(client):
    theme = ThemeFactory(slug="advice")
    norway = HostFactory(country_code="NO", country_cs="Norsko", country_en="Norway", name="Bergen")
    here = StudyVisitFactory(host=norway, country_cs="Norsko", country_en="Norway")
    here.themes.add(theme)
    of_others = StudyVisitFactory(host=None, host_names_cs=["Oslo"], country_cs="Norsko", country_en="Norway")
    coming, austria = StudyVisitFactory(open=True), StudyVisitFactory()

    def shown(query):
        page = client.get(f"/en/visits/{query}")
        return {*page.context["to_come"], *page.context["page"].items}

    assert shown("?country=NO") == {here, of_others}
    assert shown("?theme=advice") == {here}
    assert shown("?when=coming") == {coming}
    assert shown("?when=over") == {here, of_others, austria}
    assert shown("?q=bergen") == {here}
    assert shown("?report=on") == set()
    assert shown("?country=nonsense&theme=nothing&when=x&page=99") == {here, of_others, coming, austria}
    assert "There is no such visit" in html(client, "/en/visits/?q=nowhere")


def test_hosts_stand_by_country(client):
    for code, name in (("AT", "Austria"), ("FI", "Finland"), ("AT", "Austria")):
        HostFactory(country_code=code, country_en=name)
    countries = client.get("/en/visits/").context["countries"]
    assert [(name, len(hosts)) for name, hosts in countries] == [("Austria", 2), ("Finland", 1)]


def test_a_visit_to_come_tells_goals_and_programme_and_no_row_of_what_is_not_yet(client):
    visit = StudyVisitFactory(open=True, goals_cs="Poznat domy.", source="")
    day = visit.starts_on
    ProgrammeItemFactory(visit=visit, on=day, starts_at=time(9), place="Radnice", title_cs="Dům", title_en="")
    page = html(client, f"/en/visits/{visit.slug}/")
    assert '<div lang="cs"><p>Poznat domy.</p></div>' in page
    assert '<span lang="cs">Dům</span>' in page
    assert "09:00" in page
    assert "Sign-up is open until" in page
    assert "Who took part" not in page
    assert "in our own words" not in page


def test_once_the_moment_has_passed_nobody_is_told_that_sign_up_is_open(client):
    visit = StudyVisitFactory(open=True, sign_up_until=timezone.now() - timedelta(minutes=1))
    page = html(client, f"/en/visits/{visit.slug}/")
    assert "Sign-up is open until" not in page
    assert "Sign-up is closed." in page


def test_a_visit_that_was_called_off_says_why(client):
    visit = StudyVisitFactory(open=True, state=VisitState.CANCELLED, cancel_reason_en="The host is busy.")
    page = html(client, f"/en/visits/{visit.slug}/")
    assert "The visit is called off" in page
    assert "The host is busy." in page
    assert "Sign-up is open" not in page


def test_a_visit_called_off_before_anybody_saw_it_stays_unseen(client):
    visit = StudyVisitFactory(planned=True, state=VisitState.CANCELLED)
    assert client.get(f"/en/visits/{visit.slug}/").status_code == 404


def test_what_is_for_those_who_go_and_for_the_desk_is_not_public(client):
    visit = StudyVisitFactory(open=True, instructions="Sraz v šest.")
    visit.host.contact = "anna@wohnen.example"
    visit.host.save()
    for url in (f"/cs/visits/{visit.slug}/", f"/cs/visits/hosts/{visit.host.slug}/"):
        page = html(client, url)
        assert "Sraz" not in page
        assert "anna@" not in page


def test_lists_show_which_visits_have_a_report_that_everybody_can_read(client):
    reported = ReportEditionFactory(published=True).document.visit
    draft = ReportEditionFactory().document.visit
    page = client.get("/en/visits/")
    assert {visit.pk: visit.has_report for visit in page.context["page"].items} == {
        reported.pk: True,
        draft.pk: False,
    }
    assert page.content.decode().count("The report of the visit") == 1
    assert f'href="/en/visits/{reported.slug}/report/"' in page.content.decode()
    narrowed = client.get("/en/visits/?report=on")
    assert [visit.pk for visit in narrowed.context["page"].items] == [reported.pk]
    assert "With a report" in narrowed.content.decode()
    of_host = html(client, f"/en/visits/hosts/{reported.host.slug}/")
    assert f'href="/en/visits/{reported.slug}/report/"' in of_host


def test_a_host_tells_of_a_visit_that_has_only_its_day(client):
    visit = StudyVisitFactory(open=True)
    page = html(client, f"/en/visits/hosts/{visit.host.slug}/")
    assert str(visit.starts_on.year) in page.split('<h2 id="visits">')[1].split("</section>")[0]


def test_topics_and_themes_are_called_by_words_of_their_own(client):
    visit = StudyVisitFactory(topics_cs=["nájmy"], municipalities=[MunicipalityFactory()])
    visit.themes.add(ThemeFactory())
    page = html(client, f"/cs/visits/{visit.slug}/")
    assert ">Témata<" in page
    assert ">O čem je<" in page
    assert ">Obce, které jely<" in page
    host = HostFactory(topics_cs=["nájmy"])
    assert ">Čemu se věnuje<" in html(client, f"/cs/visits/hosts/{host.slug}/")


@pytest.mark.parametrize("state", [VisitState.UNDER_WAY, VisitState.REPORTING])
def test_readers_learn_that_a_visit_goes_on_or_that_its_report_is_being_written(client, state):
    visit = StudyVisitFactory(state=state)
    for page in (visit.get_absolute_url(), reverse("visits")):
        assert str(state.label) in client.get(page).content.decode()
