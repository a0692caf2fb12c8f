"""What the palette finds for whom, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.requests.search import index_request
from tests.conftest import LogIn
from tests.factories.consultations import PersonFactory, SupportRequestFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db

PALETTE = "/en/desk/palette/"
SCRIPT = {"X-Requested-With": "fetch"}
QUERIES = 12


def found(log_in: LogIn, words: str, role: str = "consultant") -> str:
    client, _user = log_in(role)
    response = client.get(PALETTE, {"q": words}, headers=SCRIPT)
    assert response.status_code == 200
    return response.content.decode()


def test_without_words_one_may_go_wherever_the_role_leads(log_in):
    offered = found(log_in, "")
    assert 'data-value="/en/desk/requests/new/"' in offered
    assert 'data-value="/en/desk/keys/"' in offered
    assert 'data-value="/en/people/"' not in offered
    assert 'data-value="/en/desk/requests/new/"' not in found(log_in, "", role="editor")


@pytest.mark.parametrize("words", ["log", "LOG a c", "contact"])
def test_a_command_by_the_beginnings_of_its_words(log_in, words):
    offered = found(log_in, words)
    assert 'data-value="/en/desk/requests/new/"' in offered
    assert 'data-value="/en/desk/time/"' not in offered


def test_a_request_by_reference_number_and_words(log_in):
    case = SupportRequestFactory(subject="Dluh na nájemném")
    index_request(case)
    page = f"/en/desk/requests/{case.reference}/"
    for words in (case.reference, case.reference.lower(), str(case.pk), "najemne dluh"):
        assert f'data-value="{page}"' in found(log_in, words)
    assert "data-value" not in found(log_in, "SH-2020-000999")


def test_a_municipality_of_exactly_this_name_comes_before_requests(log_in):
    index_request(SupportRequestFactory(subject="Bydlení ve městě Most"))
    for name in ("Most", "Mostek"):
        MunicipalityFactory(name=name, search_name=name.lower(), slug=name.lower())
    offered = found(log_in, " most ")
    places = [f"/en/desk/municipalities/{slug}/" for slug in ("most", "mostek")]
    at = [offered.index(url) for url in (places[0], "/en/desk/requests/SH-", places[1])]
    assert at == sorted(at)


def test_a_command_that_begins_with_the_words_comes_before_requests(log_in):
    case = SupportRequestFactory(subject="A log of flats, and contact with owners")
    index_request(case)
    page, command = f'"/en/desk/requests/{case.reference}/"', '"/en/desk/requests/new/"'
    offered = found(log_in, "log")
    assert offered.index(command) < offered.index(page)
    offered = found(log_in, "contact")
    assert offered.index(page) < offered.index(command)


def test_people_and_municipalities_by_name_without_how_to_reach_them(log_in):
    who = PersonFactory(name="Božena Tichá", email="bozena@example.org", phone="+420601000111")
    case = SupportRequestFactory(requester=who, subject="Byt")
    index_request(case)
    place = MunicipalityFactory(name="Tichov", search_name="tichov", slug="tichov")
    offered = found(log_in, "tich")
    assert f'data-value="/en/desk/persons/{who.pk}/"' in offered
    assert f'data-value="/en/desk/municipalities/{place.slug}/"' in offered
    assert "example.org" not in offered
    assert "601000111" not in offered


def test_the_page_says_the_same_without_a_script(log_in):
    client, _user = log_in("consultant")
    case = SupportRequestFactory(subject="Dluh na nájemném")
    index_request(case)
    page = client.get(PALETTE, {"q": "dluh"}).content.decode()
    assert f'href="/en/desk/requests/{case.reference}/"' in page
    assert "Nothing was found" in client.get(PALETTE, {"q": "xyzzy\x00"}).content.decode()
    assert f'href="{PALETTE}"' in client.get("/en/desk/").content.decode()


def test_officials_have_none(log_in):
    client, _user = log_in("official")
    assert client.get(PALETTE).status_code in (403, 404)
    assert PALETTE not in client.get("/en/my/").content.decode()


@pytest.mark.parametrize("rows", [1, 6])
def test_it_costs_the_same_however_much_is_found(log_in, rows):
    client, _user = log_in("consultant")
    for number in range(rows):
        who = PersonFactory(name=f"Tichá {number}", email=f"t{number}@example.org")
        index_request(SupportRequestFactory(requester=who, subject="Tichá voda"))
        MunicipalityFactory(name=f"Tichá {number}", search_name=f"ticha {number}")
    client.get(PALETTE, {"q": "tich"}, headers=SCRIPT)
    with CaptureQueriesContext(connection) as queries:
        client.get(PALETTE, {"q": "tich"}, headers=SCRIPT)
    assert len(queries) <= QUERIES, [query["sql"] for query in queries]
