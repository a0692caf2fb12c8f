"""The two search boxes."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from consultations.requests.search import index_request, reindex_all
from core import search
from shsp.pages.search import PAGES, index_pages
from tests.conftest import LogIn
from tests.factories.consultations import ContactFactory, PersonFactory, SupportRequestFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.pages import a_page, the_help

pytestmark = pytest.mark.django_db


def page(client: Client, words: str, **fields: str) -> str:
    response = client.get("/cs/search/", {"q": words, **fields})
    assert response.status_code == 200
    return response.content.decode()


def put_summary(number: int, title: str = "Kdo dostane lůžko v ubytovně?") -> None:
    search.put("summary", number, scope="public", url_name="summary", url_arg=f"s{number}", title_cs=title)


def put_municipality(number: int, title: str) -> None:
    search.put(
        "municipality", number, scope="public", url_name="municipality", url_arg=f"m{number}", title_cs=title
    )


def test_the_public_finds_by_any_ending(client: Client) -> None:
    put_summary(1)
    assert 'href="/cs/summaries/s1/"' in page(client, "ubytovnach")


def test_the_box_keeps_what_was_asked(client: Client) -> None:
    assert 'value="&quot;&lt;b&gt;"' in page(client, '"<b>')


def test_nothing_found_says_what_to_do(client: Client) -> None:
    text = page(client, "xyzzy")
    assert all(
        f'href="{reverse(name)}"' in text for name in ("help-now", "summaries", "municipalities", "ask")
    )


def test_facets_narrow_to_a_kind(client: Client) -> None:
    put_summary(1, "Ubytovna Most")
    put_municipality(2, "Most")
    text = page(client, "most")
    assert "?q=most&amp;kind=summary" in text
    assert "?q=most&amp;kind=municipality" in text
    narrowed = page(client, "most", kind="municipality")
    assert "/cs/municipalities/m2/" in narrowed
    assert "/cs/summaries/s1/" not in narrowed


def test_one_kind_alone_has_no_facets(client: Client) -> None:
    put_summary(1)
    assert "kind=" not in page(client, "ubytovna")


def test_a_title_in_the_other_language_carries_its_language(client: Client) -> None:
    put_summary(1)
    response = client.get("/en/search/", {"q": "ubytovna"})
    assert '<h2 class="list-item-title" lang="cs">' in response.content.decode()


def test_pages_of_results_keep_the_question(client: Client) -> None:
    for number in range(1, 31):
        put_summary(number)
    assert "?q=ubytovna&amp;page=2" in page(client, "ubytovna")
    assert "/cs/summaries/s5/" in page(client, "ubytovna", page="2")


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999", "1e3", "²"])
def test_a_page_that_makes_no_sense_is_answered(client: Client, number: str) -> None:
    put_summary(1)
    page(client, "ubytovna", page=number)


@pytest.mark.parametrize("words", ["\x00", "'\"*&|!():", "x" * 3000, "AND OR NOT"])
def test_any_question_is_answered(client: Client, words: str) -> None:
    page(client, words)


def test_the_cost_does_not_grow_with_what_is_found(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 3):
        put_summary(count)
        with django_assert_num_queries(4):
            page(client, "ubytovna")


def test_the_portals_own_pages_are_found_in_both_languages(client: Client) -> None:
    index_pages()
    index_pages()
    a_page()
    the_help()
    assert search.PublicEntry.objects.count() == len(PAGES)
    assert f'href="{reverse("help-now")}"' in page(client, "výpověď")
    with translation.override("en"):
        hits = search.find("accessibility", scope="public").hits
        assert [hit.title for hit in hits] == ["Accessibility statement"]


def desk_page(log_in: LogIn, words: str, **fields: str) -> str:
    client, _user = log_in("consultant")
    response = client.get("/cs/desk/search/", {"q": words, **fields})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def jana() -> PersonFactory:
    return PersonFactory(
        name="Jana Nováková",
        email="jana@example.org",
        phone="+420605123456",
        organisation="Azylový dům Naděje",
    )


@pytest.mark.parametrize(
    "words",
    ["exekucí", "novakova", "jana@example.org", "605 123 456", "Nadeje", "jesenik", "kde mohu pozadat"],
)
def test_the_desk_finds_a_request_by_its_words_and_people(
    log_in: LogIn, jana: PersonFactory, words: str
) -> None:
    request = SupportRequestFactory(
        subject="Hrozí exekuce", requester=jana, municipality=MunicipalityFactory(name="Jeseník")
    )
    index_request(request)
    assert request.get_desk_url() in desk_page(log_in, words)


def test_the_desk_shows_a_person_who_was_named_and_only_then(log_in: LogIn, jana: PersonFactory) -> None:
    index_request(SupportRequestFactory(subject="Hrozí exekuce", requester=jana))
    assert "jana@example.org" in desk_page(log_in, "Jana Novak")
    assert "jana@example.org" not in desk_page(log_in, "exekuce")


def test_a_reference_leads_straight_to_its_request(log_in: LogIn) -> None:
    request = SupportRequestFactory()
    client, _user = log_in("editor")
    response = client.get("/cs/desk/search/", {"q": f" {request.reference.lower()} "})
    assert (response.status_code, response.url) == (302, request.get_desk_url())


def test_the_sensitive_note_is_not_in_the_index(log_in: LogIn) -> None:
    request = SupportRequestFactory(sensitive_note="psychiatrie")
    index_request(request)
    assert search.ids("psychiatrie", kind="request") == []
    reindex_all()
    assert search.ids("psychiatrie", kind="request") == []


def test_indexing_anew_follows_changed_texts() -> None:
    request = SupportRequestFactory(subject="Exekuce")
    index_request(request)
    ContactFactory(request=request, text="Doplňuji, že mám dluh.")
    request.subject = "Kauce"
    request.save()
    index_request(request)
    found = [search.ids(words, kind="request", scope="desk") for words in ("exekuce", "kauce", "dluhy")]
    assert found == [[], [request.pk], [request.pk]]


def test_indexing_all_finds_every_request_newest_first() -> None:
    rows = [SupportRequestFactory(subject="Exekuce") for _ in range(3)]
    assert reindex_all() == 3
    assert search.ids("exekuce", kind="request", scope="desk") == [row.pk for row in reversed(rows)]


def test_officials_have_no_desk_search(log_in: LogIn) -> None:
    client, _user = log_in("official")
    assert client.get("/cs/desk/search/", {"q": "exekuce"}).status_code == 403


def test_the_desks_cost_does_not_grow(
    log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, _user = log_in("consultant")
    client.get("/cs/desk/search/", {"q": "exekuce"})
    for _count in (1, 3):
        index_request(SupportRequestFactory(subject="Exekuce", municipality=MunicipalityFactory()))
        with django_assert_num_queries(9):
            client.get("/cs/desk/search/", {"q": "exekuce"})


def test_the_desk_says_what_to_do_when_nothing_is_found(log_in: LogIn) -> None:
    assert f'href="{reverse("desk-requests")}"' in desk_page(log_in, "xyzzy")
