import re

import pytest
from django.utils import translation

from studies.choices import PlanState
from studies.models import Material
from studies.plan import loading
from tests.factories.studies import AudienceFactory, MaterialFactory
from tests.reading import not_known

pytestmark = pytest.mark.django_db


def html(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["cs", "en"])
def test_every_shipped_material_has_its_page(client, language):
    loading.load()
    with translation.override(language):
        for row in Material.objects.for_list():
            page = html(client, row.get_absolute_url())
            assert page.count(row.abstract) == 1
            assert all(part in page for part in row.topics)
            assert all(f'href="{url}"' in page for url in row.source.split(" ; "))


@pytest.mark.parametrize("language", ["cs", "en"])
def test_the_list_shows_all_that_is_shipped(client, language):
    loading.load()
    page = html(client, f"/{language}/materials/")
    with translation.override(language):
        names = [row.name for row in Material.objects.for_list()]
    assert len(names) == 13
    assert [name for name in names if name.split()[-1] not in page] == []
    assert page.count("list-item-title") == 13
    assert re.findall(r'<rect x="(\d+)"', page) == [str(11 * place) for place in range(13)]
    assert 'viewBox="0 0 142 6"' in page


def test_a_place_without_a_text_says_so(client):
    row = MaterialFactory(unknown=True, place=13, kind="", audience=[])
    assert "Announced, title not yet known (place 13)" in html(client, "/en/materials/").replace("\xa0", " ")
    page = html(client, f"/cs/materials/{row.slug}/").replace("\xa0", " ")
    assert "Oznámený, název zatím neznáme (místo 13)" in page
    assert "oznámený</span>" in page


def test_a_late_one_says_since_when_and_why(client):
    late = MaterialFactory(unknown=True, delay_reason_en="The project ended.", delay_reason_cs="Konec.")
    page = html(client, "/en/materials/")
    assert "Promised by" in page
    assert "Why it is late: The project ended." in page
    assert "we do not know why" not in page
    assert "The project ended." in html(client, f"/en/materials/{late.slug}/")
    MaterialFactory(unknown=True)
    assert "1 material is late, and we do not know why." in html(client, "/en/materials/")


def test_what_is_made_beside_the_plan_is_public_once_it_is_out(client):
    row = MaterialFactory(state=PlanState.DRAFTED)
    assert row.slug not in html(client, "/en/materials/")
    assert client.get(f"/en/materials/{row.slug}/").status_code == 404
    Material.objects.update(state=PlanState.PUBLISHED)
    assert row.slug in html(client, "/en/materials/")
    Material.objects.update(retired_at="2026-01-01T00:00Z")
    assert row.slug not in html(client, "/en/materials/")
    assert "This material was put away" in html(client, f"/en/materials/{row.slug}/")


def test_what_is_not_known_is_said_once_and_is_no_row(client):
    row = MaterialFactory(title_note_cs="Přesný název v textu není.", title_note_en="Not in the text.")
    page = html(client, f"/en/materials/{row.slug}/")
    # The exact title, authors, publisher, year, updated, pages, topics.
    assert len(not_known(page)) == 7, not_known(page)
    assert "Exact title (Not in the text)" in page
    assert "not known" not in page
    assert "<dt>Authors" not in page


def test_known_values_are_shown(client):
    row = MaterialFactory(year=2018, pages=1081, authors_en=["A. Author"], publisher_en="MPSV")
    page = html(client, f"/en/materials/{row.slug}/")
    assert "<span>2018</span>" in page
    assert "1,081" in page
    assert "A. Author" in page
    assert f'<span lang="cs">{row.title_cs}</span>' in page


def test_the_tie_to_the_project_is_told_in_words(client):
    sure, unsure = MaterialFactory(), MaterialFactory(probable=True)
    assert "Confirmed: a web page that we know" in html(client, f"/en/materials/{sure.slug}/")
    assert "Probable: it stands on the ministry’s page" in html(client, f"/en/materials/{unsure.slug}/")


def test_filters_hold_together_and_stay_in_the_address(client):
    mayors = AudienceFactory(slug="mayors", name_en="mayors")
    both = MaterialFactory(kind="handbook", audience=[mayors])
    other_kind = MaterialFactory(kind="analysis", audience=[mayors])
    other_audience = MaterialFactory(kind="handbook")
    page = html(client, "/en/materials/", audience="mayors", kind="handbook")
    assert f"/en/materials/{both.slug}/" in page
    assert other_kind.slug not in page
    assert other_audience.slug not in page
    assert 'href="?audience=mayors"' in page
    assert 'href="?kind=handbook"' in page


def test_each_filter_narrows_the_list(client):
    row = MaterialFactory(
        topics_cs=["výběr místa"], topics_en=["choice of site"], year=2018, language="en", kind="analysis"
    )
    other = MaterialFactory(topics_cs=["segregace"], topics_en=[], year=2021, state="superseded")
    for query in ({"topic": "vyber-mista"}, {"year": "2018"}, {"language": "en"}, {"state": "published"}):
        page = html(client, "/en/materials/", **query)
        assert (row.slug in page, other.slug in page) == (True, False), query
    page = html(client, "/en/materials/")
    # In the reader's language where it is told there.
    assert '<option value="vyber-mista">choice of site</option>' in page
    assert '<option value="segregace">segregace</option>' in page


@pytest.mark.parametrize(
    "query",
    [
        {"audience": "nobody"},
        {"kind": "poem"},
        {"page": "x"},
        {"kind": "a\x00b"},
        {"topic": "poem"},
        {"year": "99999999999999"},
    ],
)
def test_a_filter_that_nobody_understands_shows_all(client, query):
    row = MaterialFactory()
    assert row.slug in html(client, "/cs/materials/", **query)


def test_nothing_found_says_what_to_do_next(client):
    MaterialFactory(kind="handbook")
    page = html(client, "/en/materials/", kind="analysis")
    assert "No material is like that" in page
    assert '<a href="/en/materials/">Show all materials</a>' in page


def test_an_empty_library_has_its_pages(client):
    assert "No material is like that" in html(client, "/en/materials/")


def test_an_unknown_material_is_not_there(client):
    assert client.get("/cs/materials/nothing/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_material_costs_the_same_with_one_and_with_three_audiences(client, django_assert_num_queries, rows):
    row = MaterialFactory(audience=AudienceFactory.create_batch(rows))
    with django_assert_num_queries(3):
        client.get(f"/cs/materials/{row.slug}/")
