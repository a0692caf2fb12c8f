"""Practices as everybody reads them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from core.documents.choices import State
from municipalities.choices import AdoptionState
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.practices import AdoptionFactory, AdoptionStepFactory, PracticeEditionFactory
from tests.reading import not_known

pytestmark = pytest.mark.django_db

LIST = "/cs/practices/"


def dropped(edition, **municipality):
    """A municipality that has dropped the practice."""
    place = MunicipalityFactory(**municipality)
    adoption = AdoptionFactory(practice=edition.document, municipality=place, state=AdoptionState.DROPPED)
    AdoptionStepFactory(adoption=adoption, reason_cs="Došly byty.")
    return adoption


def text(response):
    """Return what a page says."""
    return response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_the_same_for_one_place_and_for_three(client, django_assert_num_queries, rows):
    edition = PracticeEditionFactory(published=True)
    for _row in range(rows):
        dropped(edition)
    with django_assert_num_queries(6):
        client.get(f"{LIST}{edition.document.slug}/")
    with django_assert_num_queries(5):
        client.get(f"{LIST}{edition.document.slug}/ledger/")


def took_up(edition, count, state=AdoptionState.RUNNING):
    """Municipalities that have marked the practice one after the other."""
    steps = [AdoptionStepFactory(adoption__practice=edition.document, adoption__state=state,
                                 adoption__municipality__name=f"{state.capitalize()}-{number}-")
             for number in range(count)]  # fmt: skip
    return [step.adoption.municipality.name for step in steps]


def test_the_page_shows_the_newest_of_each_stage_and_leads_to_all(client, django_assert_num_queries):
    edition = PracticeEditionFactory(published=True)
    running = took_up(edition, 30)
    studied, planned = took_up(edition, 3, AdoptionState.STUDIED), took_up(edition, 4, AdoptionState.PLANNED)
    took_up(edition, 2, AdoptionState.DROPPED)
    address = f"{LIST}{edition.document.slug}/"

    with django_assert_num_queries(6):
        page = text(client.get(address))

    shown = re.findall(r">(\w+-\d+-)</a></h4>", page)
    assert shown == [*running[:-6:-1], *planned[::-1], studied[-1], "Dropped-1-", "Dropped-0-"]
    assert f'href="{address}ledger/?state=running">30 obcí' in page
    assert f'href="{address}ledger/?state=planned">4 obce' in page
    assert f'href="{address}ledger/?state=running">Zobrazit vše (30)' in page
    assert f'href="{address}ledger/?state=under-way">' in page
    assert f'href="{address}ledger/?state=dropped">Zobrazit' not in page


def test_the_whole_ledger_is_filtered_and_comes_in_pages(client, django_assert_num_queries):
    edition = PracticeEditionFactory(published=True)
    running, planned = took_up(edition, 30), took_up(edition, 2, AdoptionState.PLANNED)
    took_up(PracticeEditionFactory(published=True), 1, AdoptionState.PILOTED)
    dropped(edition, name="Nechalov", population=50_000)

    def shown(query):
        page = text(client.get(f"{LIST}{edition.document.slug}/ledger/{query}"))
        return re.findall(r">([\w-]+)</a></h2>", page)

    with django_assert_num_queries(5):
        first = shown("")
    assert first == running[:-26:-1]
    assert shown("?page=2") == [*running[4::-1], *planned[::-1], "Nechalov"]
    assert shown("?page=9") == shown("?page=2")
    assert shown("?state=planned") == shown("?state=under-way") == planned[::-1]
    assert shown("?state=dropped") == ["Nechalov"]
    assert shown("?size=20000-99999") == ["Nechalov"]
    assert shown("?state=piloted") == []
    page = text(client.get(f"{LIST}{edition.document.slug}/ledger/?state=running"))
    assert 'href="?state=running&amp;page=2"' in page


def test_the_list_is_filtered(client):
    labelled = PracticeEditionFactory(published=True, labelled=True, document__municipality__population=50)
    plain = PracticeEditionFactory(published=True, document__municipality__population=200_000)
    place = AdoptionFactory(practice=plain.document, municipality__population=10_000).municipality
    PracticeEditionFactory(title_cs="Koncept")

    def found(query):
        page = text(client.get(f"{LIST}?{query}"))
        assert "Koncept" not in page
        return [edition for edition in (labelled, plain) if edition.title_cs in page]

    assert found("") == [labelled, plain]
    assert found("label=yes") == [labelled]
    assert found("label=no") == [plain]
    assert found("size=to-999") == [labelled]
    assert found("size=5000-19999") == [plain]
    assert found(f"runs={place.slug}") == [plain]
    assert found("approach=housing_first") == []


def test_the_page_shows_where_it_runs_and_where_it_was_dropped_and_why(client):
    edition = PracticeEditionFactory(published=True, labelled=True)
    AdoptionStepFactory(adoption__practice=edition.document, adoption__municipality__name="Běžnov")
    dropped(edition, name="Nechalov")
    page = text(client.get(f"{LIST}{edition.document.slug}/"))
    assert page.index("Běžnov") < page.index("Nechalov") < page.index("Došly byty.")
    assert "Posouzená dobrá praxe" in page
    assert not_known(page)[:2] == ["Místní podmínky", "Kroky"]
    assert 'href="#source-1"' in page
    assert 'id="source-1"' in page


def test_the_ledger_says_whose_own_practice_it_is(client):
    edition = PracticeEditionFactory(published=True)
    AdoptionStepFactory(adoption__practice=edition.document)
    address = f"{LIST}{edition.document.slug}/"
    assert "praxe pochází odtud" not in text(client.get(address))
    AdoptionStepFactory(
        adoption__practice=edition.document, adoption__municipality=edition.document.municipality
    )
    assert text(client.get(address)).count("praxe pochází odtud") == 1


def test_what_is_not_assessed_says_so_and_bears_no_label(client):
    edition = PracticeEditionFactory(published=True, review_on=timezone.localdate() - timedelta(days=1))
    page = text(client.get(f"{LIST}{edition.document.slug}/"))
    assert "Posouzená dobrá praxe" not in page
    assert "zatím neposoudilo" in page
    assert "měl projít kontrolou" in page


def test_a_withdrawn_one_says_why_and_nothing_else(client):
    edition = PracticeEditionFactory(
        published=True,
        state=State.WITHDRAWN,
        withdrawn_at=timezone.now(),
        withdrawn_by=UserFactory(editor=True),
        withdrawal_reason_cs="Údaje neplatí.",
    )
    response = client.get(f"{LIST}{edition.document.slug}/")
    assert response.status_code == 410
    assert "Údaje neplatí." in text(response)
    assert edition.title_cs not in text(response)
    assert client.get(f"{LIST}{edition.document.slug}/ledger/").status_code == 410


def test_a_draft_is_not_there(client):
    address = f"{LIST}{PracticeEditionFactory().document.slug}/"
    assert [client.get(url).status_code for url in (address, f"{address}ledger/")] == [404, 404]


def test_lessons_are_filtered(client):
    published = PracticeEditionFactory(published=True)
    dropped(published, name="Nechalov", population=50)
    dropped(PracticeEditionFactory(), name="Tajnov")
    published.index()
    page = text(client.get(f"{LIST}lessons/"))
    assert "Nechalov" in page
    assert "Tajnov" not in page
    assert "Nechalov" not in text(client.get(f"{LIST}lessons/?size=from-100000"))
    assert "Nechalov" not in text(client.get(f"{LIST}lessons/?approach=housing_first"))
    assert "Nechalov" in text(client.get(f"{LIST}lessons/?q=bytech"))
    assert "Nechalov" not in text(client.get(f"{LIST}lessons/?q=dluhy"))


def test_the_municipality_tells_of_it(client):
    adoption = dropped(PracticeEditionFactory(published=True))
    own = PracticeEditionFactory(published=True, document__municipality=adoption.municipality)
    page = text(client.get(f"/cs/municipalities/{adoption.municipality.slug}/"))
    assert "Co si odtud mohou vzít jiní" in page
    assert own.title_cs in page
    assert "Praxe, kterou převzala" in page


def test_a_municipality_s_page_shows_its_own_practice_once_and_how_far_it_is(client):
    place = MunicipalityFactory()
    own = PracticeEditionFactory(published=True, title_cs="Vlastní praxe", document__municipality=place)
    other = PracticeEditionFactory(published=True, title_cs="Cizí praxe")
    AdoptionFactory(practice=own.document, municipality=place, state=AdoptionState.DROPPED)
    AdoptionFactory(practice=other.document, municipality=place)
    html = text(client.get(f"/cs/municipalities/{place.slug}/"))
    assert html.count("Vlastní praxe") == 1
    first, second = html.split('id="practice-taken"')
    assert "opustila" in first.split('id="practice-own"')[1]
    assert "Cizí praxe" in second
