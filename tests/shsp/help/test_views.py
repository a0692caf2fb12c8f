"""The addresses of the guided page: what each shows, leaves in no browser, and costs."""

import re

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.models import Audience
from core.audit.terms import merge
from core.middleware import HEADERS
from municipalities.choices import OfficeKind
from tests.factories.accounts import UserFactory
from tests.factories.consultations import AudienceFactory, SummaryEditionFactory, TopicFactory
from tests.factories.municipalities import MunicipalityFactory, OfficeFactory, RegionFactory

pytestmark = pytest.mark.django_db
READINGS = ["/cs/help/", "/en/help/", "/cs/help/easy/", "/cs/help/ukrainian/", "/en/help/ukrainian/"]
SWITCH = "//nav[contains(@class, 'help-readings')]//a"
ALL = "?municipality=520420&s=4&home=days"


@pytest.fixture(autouse=True)
def place():
    return MunicipalityFactory(code="520420", name="Veselíčko")


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def text(html: str) -> str:
    """Return what the page itself says, without its frame."""
    [main] = lxml.html.document_fromstring(html).xpath("//main")
    return " ".join(main.text_content().split())


@pytest.mark.parametrize("address", READINGS)
@pytest.mark.parametrize("query", ["", ALL, "?s=9&home=x&municipality=Nikde", "?municipality=%00&s=%00"])
def test_every_reading_helps_whatever_was_answered(client, address, query):
    page = read(client, address + query)
    assert 'href="tel:112"' in page
    assert 'href="tel:116123"' in page
    assert "/requests/new/?home=" in page


def test_each_reading_is_in_its_own_language_and_leads_to_the_others(client):
    page = read(client, f"/cs/help/ukrainian/{ALL}")
    tree = lxml.html.document_fromstring(page)
    links = {link.text: link.get("href") for link in tree.xpath(SWITCH)}
    assert links == {
        "Česky": "/cs/help/?municipality=520420&s=4&home=days",
        "Snadné čtení": "/cs/help/easy/?municipality=520420&s=4&home=days",
        "English": "/en/help/?municipality=520420&s=4&home=days",
        "Українська": "/cs/help/ukrainian/?municipality=520420&s=4&home=days",
    }
    assert [link.text for link in tree.xpath(f"{SWITCH}[@aria-current]")] == ["Українська"]
    assert tree.xpath("//div[@class='help']/@lang") == ["uk"]


# Names of places, offices, lines and sources stay Czech, and say so.
def test_nothing_in_the_ukrainian_page_is_left_in_another_language(client):
    tree = lxml.html.document_fromstring(read(client, "/cs/help/ukrainian/?municipality=Nikde&s=1"))
    [page] = tree.xpath("//div[@class='help']")
    for czech in page.xpath(".//*[@lang='cs' or @lang='en'] | .//script"):
        czech.drop_tree()
    labels = page.xpath(".//@aria-label | .//@data-none | .//@data-some")
    assert re.findall(r"[A-Za-zÀ-ž]{3,}", " ".join([page.text_content(), *labels])) == []


@pytest.mark.parametrize(
    "address", ["/cs/help/", "/cs/help/places/", "/cs/help/easy/", "/cs/help/ukrainian/places/"]
)
def test_what_was_answered_stays_in_no_browser_and_goes_to_nobody(client, address):
    assert "Cache-Control" not in client.get(address).headers
    response = client.get(f"{address}?s=4")
    assert response.headers["Cache-Control"] == "no-store, private"
    assert HEADERS["Referrer-Policy"] == "same-origin"
    assert response.cookies == {}
    foreign = lxml.html.document_fromstring(response.content).xpath("//main//a[starts-with(@href, 'http')]")
    assert [link.get("href") for link in foreign if link.get("rel") != "noreferrer"] == []


def test_neither_title_nor_address_says_what_happens_at_home(client):
    page = read(client, f"/cs/help/{ALL}")
    assert re.search(r"<title>Hrozí mi ztráta bydlení –", page)
    assert not re.search(r"(href|action)=\"/[^\"]*(violence|nasili)[^\"]*\"", page)


def test_violence_has_its_lines_first_and_says_how_to_look_safely(client):
    page = text(read(client, "/cs/help/?s=4"))
    order = [page.index(words) for words in ("anonymním okně", "116 006", "Co udělat hned", "Kam se obrátit")]
    assert order == sorted(order)
    assert page.index("116 006 ve dne v noci") < page.index("112 ve dne v noci") < page.index("Linka bezpečí")
    assert "anonymním okně" not in text(read(client, "/cs/help/?s=1"))


def test_published_answers_stand_there_when_there_are_some(client):
    assert "Co jsme k tomu už odpověděli" not in read(client, "/cs/help/")
    topic = TopicFactory(slug="losing-home")
    for audience in ("citizen", "municipality"):
        words = f"Otázka {audience}?"
        SummaryEditionFactory(published=True, topic=topic, question_cs=words, audience=audience)
    page = read(client, "/cs/help/")
    assert "Co jsme k tomu už odpověděli" in page
    assert "Otázka citizen?" in page
    assert "Otázka municipality?" not in page
    people = AudienceFactory(slug="people")
    merge(Audience.objects.get(slug="citizen"), into=people, version=1, by=UserFactory())
    assert "Otázka citizen?" in read(client, "/cs/help/")


def test_a_dissolved_municipality_leads_to_where_help_is_now(client, place):
    place.dissolved_on = "2020-01-01"
    place.save()
    page = text(read(client, "/cs/help/easy/?municipality=520420"))
    assert "Tato obec už není. Napište obec, kde teď bydlíte." in page


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)


def test_the_page_costs_the_same_whatever_there_is(client, place):
    few = queries(client, f"/cs/help/{ALL}")
    topic = TopicFactory(slug="losing-home")
    for number in range(3):
        OfficeFactory(municipality=place, kind=OfficeKind.SOCIAL, name=f"Odbor {number}")
        OfficeFactory(municipality=place, kind=OfficeKind.LABOUR_OFFICE, name=f"Pobočka {number}")
        SummaryEditionFactory(published=True, topic=topic, audience="citizen")
    assert queries(client, f"/cs/help/{ALL}") == few
    assert few <= 6


def test_the_map_and_the_lists_lead_to_a_municipality_with_what_else_was_said(client, place):
    seat = MunicipalityFactory(code="514705", name="Lipník nad Bečvou", region=place.region)
    for row in (place, seat):
        row.served_by = seat
        row.save()
    military = MunicipalityFactory(code="503941", name="Libavá", region=place.region)
    RegionFactory(nuts3="CZ080", slug="moravskoslezsky-kraj", name_cs="Moravskoslezský kraj")

    def links(address: str) -> dict[str, str]:
        tree = lxml.html.document_fromstring(read(client, address))
        found = tree.xpath("//ul[contains(@class, 'help-places')]//a")
        return {link.text: link.get("href") for link in found}

    start = "/cs/help/easy/places/"
    regions = links(f"{start}?s=4&home=days")
    assert regions["Olomoucký kraj"] == "?s=4&home=days&region=olomoucky-kraj"
    assert len(regions) == 2
    towns = links(start + regions["Olomoucký kraj"])
    assert towns["Libavá"] == f"/cs/help/easy/?municipality={military.code}&s=4&home=days"
    here = links(start + towns["Lipník nad Bečvou"])
    assert here["Veselíčko"] == "/cs/help/easy/?municipality=520420&s=4&home=days"
    assert "Libavá" not in here
    drawn = lxml.html.document_fromstring(read(client, start)).xpath("//a[path]/@aria-label")
    assert set(drawn) == set(regions)
