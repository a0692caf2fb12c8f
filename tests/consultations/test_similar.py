"""Published answers beside the question that is being typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.similar import answers_like
from core import search
from tests.factories.consultations import SummaryEditionFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/cs/requests/new/similar/"


def an_answer(question, **fields):
    edition = SummaryEditionFactory(published=True, question_cs=question, **fields)
    search.put(
        "summary",
        edition.document_id,
        scope=search.PUBLIC,
        title_cs=question,
        url_name="summary",
        url_arg=edition.document.slug,
    )
    return edition


def test_the_nearest_comes_first_and_one_word_in_common_is_not_enough():
    near = an_answer("Co dělat při výpovědi z nájmu bytu")
    nearest = an_answer("Hrozí mi výpověď z nájmu, jak se bránit výpovědi")
    an_answer("Jak získat příspěvek na nájem")
    assert answers_like("Hrozí výpověď z mého nájmu") == [nearest, near]


def test_what_is_not_published_is_not_offered():
    edition = an_answer("Výpověď z nájmu bytu")
    type(edition).objects.filter(pk=edition.pk).update(state="superseded")
    assert answers_like("Výpověď z nájmu") == []


@pytest.mark.parametrize("text", ["", "a b c", "\x00", "%", "1234 5678"])
def test_too_little_finds_nothing(text):
    an_answer("Výpověď z nájmu bytu")
    assert answers_like(text) == []


def test_more_answers_cost_no_more_queries(django_assert_num_queries):
    an_answer("Výpověď z nájmu bytu")
    with CaptureQueriesContext(connection) as one:
        answers_like("Výpověď z nájmu")
    an_answer("Nájem a výpověď")
    an_answer("Výpověď nájmu domu")
    with django_assert_num_queries(len(one)):
        assert len(answers_like("Výpověď z nájmu")) == 3


def test_the_page_asks_by_post_only_and_links_to_the_answers(client):
    edition = an_answer("Výpověď z nájmu bytu")
    assert client.get(ADDRESS, {"subject": "Výpověď z nájmu"}).status_code == 405
    html = client.post(ADDRESS, {"subject": "Výpověď z nájmu"}).content.decode()
    assert f'href="/cs/summaries/{edition.document.slug}/"' in html
    assert "<html" not in html
    assert client.post(ADDRESS, {"subject": "nic takového"}).content.decode().strip() == ""


def test_materials_that_share_words_are_offered_too(client):
    for number in (1, 2, 3):
        title = {"url_name": "material", "url_arg": f"m-{number}", "title_cs": "Příručka o výpovědi z nájmu"}
        search.put("material", number, scope=search.PUBLIC, **title)
    html = client.post(ADDRESS, {"subject": "Výpověď z nájmu"}).content.decode()
    assert [f"/cs/materials/m-{number}/" in html for number in (1, 2, 3)] == [False, True, True]
