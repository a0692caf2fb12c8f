import pytest

from tests.factories.studies import CategoryFactory, DocumentFactory

pytestmark = pytest.mark.django_db


def html(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_document_without_a_czech_title_is_marked_as_english(client):
    row = DocumentFactory(title_cs="", title_en="A Mid-Term Analysis")
    for page in (html(client, "/cs/library/"), html(client, f"/cs/library/{row.pk}/")):
        assert "A Mid-Term Analysis" in page
    assert 'lang="en">A Mid-Term Analysis</a>' in html(client, "/cs/library/")


def test_the_library_stands_apart_from_the_plan_and_old_anchors_lead_there(client):
    held = DocumentFactory(category=CategoryFactory(name_en="Strategies"))
    other = DocumentFactory(in_library=False, category=None)
    page = html(client, "/en/library/")
    assert page.index("Strategies") < page.index(held.title_en) < page.index("elsewhere")
    assert page.index("elsewhere") < page.index(other.title_en)
    plan = html(client, "/en/materials/")
    assert held.title_en not in plan
    assert ('id="library"' in plan, 'id="elsewhere"' in plan, "/en/library/" in plan) == (True, True, True)


def test_an_empty_library_and_an_unknown_document(client):
    html(client, "/cs/library/")
    assert client.get("/cs/library/1/").status_code == 404


def test_the_library_is_narrowed_by_words_shelf_kind_and_whose_it_is(client):
    row = DocumentFactory(
        title_cs="Analýza dluhů", kind="analysis", is_own=True, category=CategoryFactory(slug="analyses")
    )
    other = DocumentFactory(is_own=False, author_cs="Housing Europe")
    for query in ({"q": "analýza"}, {"shelf": "analyses"}, {"kind": "analysis"}, {"by": "own"}):
        page = html(client, "/cs/library/", **query)
        assert (row.title_cs in page, other.title_cs in page) == (True, False), query
    assert other.title_cs in html(client, "/cs/library/", q="housing europe")
    assert row.title_cs in html(client, "/cs/library/", q="\x00", shelf="poem", by="poem", page="x")
    assert "Show the whole library" in html(client, "/en/library/", q="poem")
