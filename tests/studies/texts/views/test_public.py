"""What readers have: each edition and each chapter at an address that stays, and files of what is public."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from core.documents.choices import State
from studies.models import MaterialReads
from tests.factories.accounts import UserFactory
from tests.factories.material_texts import (
    ChapterFactory,
    MaterialEditionFactory,
    MaterialFigureFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return MaterialEditionFactory(published=True, whole=True)


def get(client, name, edition, *more, **options):
    return client.get(reverse(name, args=[edition.document.slug, edition.number, *more]), **options)


def read(client, name, edition, *more):
    response = get(client, name, edition, *more)
    assert response.status_code == 200
    return response.content.decode()


def superseded(edition):
    """Publish the next edition in place of this one; return it."""
    type(edition).objects.filter(pk=edition.pk).update(state=State.SUPERSEDED)
    return MaterialEditionFactory(published=True, whole=True, document=edition.document, number=2)


def withdraw(edition):
    rows = type(edition).objects.filter(pk=edition.pk)
    rows.update(
        state=State.WITHDRAWN,
        withdrawn_at=timezone.now(),
        withdrawn_by=UserFactory(),
        withdrawal_reason_cs="Spočítali jsme to špatně.",
    )


def test_an_edition_says_for_whom_it_is_and_how_long_it_takes(client, edition):
    page = read(client, "material-edition", edition)
    assert "1 minuta čtení" in page
    assert edition.document.material.audience.get().name in page
    assert "Provede prací s nájemcem." in page
    assert reverse("material-chapter", args=[edition.document.slug, 1, "uvod"]) in page
    assert "Co ověřit před smlouvou" in page


def test_a_chapter_has_its_contents_neighbours_and_numbers(client, edition):
    page = read(client, "material-chapter", edition, "jak-zacit")
    there = reverse("material-chapter", args=[edition.document.slug, 1, "uvod"])

    assert "kapitola 2 z 2" in page
    assert f'<a href="{there}#table-ceny">Tabulka 1</a>' in page
    assert "<strong>Obrázek 1</strong> Jak to jde za sebou" in page
    assert f'rel="prev" href="{there}"' in page
    assert 'rel="next"' not in page
    assert 'aria-current="page">Jak začít</a>' in page


def test_words_of_references_are_czech_as_the_chapter_is(client, edition):
    address = reverse("material-chapter", args=[edition.document.slug, 1, "jak-zacit"])
    assert ">Tabulka 1</a>" in client.get(address.replace("/cs/", "/en/")).content.decode()


def test_the_whole_text_has_ids_of_its_own_on_one_page(client, edition):
    ChapterFactory(
        edition=edition, heading="Ceny", slug="ceny", text="## Nájem {#najem}\n\nSlovo.[^1]\n\n[^1]: Ano."
    )
    page = read(client, "material-edition-whole", edition)
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]

    assert len(ids) == len(set(ids))
    assert '<h3 id="uvod-najem">' in page
    assert '<h3 id="ceny-najem">' in page
    assert '<a href="#uvod-table-ceny">Tabulka 1</a>' in page
    assert 'id="uvod-table-ceny"' in page
    assert 'href="#ceny-note-1"' in page
    assert 'id="ceny-note-1"' in page


def test_an_old_edition_stays_and_says_that_there_is_a_newer_one(client, edition):
    newer = superseded(edition)
    for page in (
        read(client, "material-edition", edition),
        read(client, "material-chapter", edition, "uvod"),
        read(client, "material-edition-whole", edition),
    ):
        assert "Existuje novější vydání" in page
        assert newer.get_absolute_url() in page
    assert "Existuje novější vydání" not in read(client, "material-edition", newer)


def test_a_withdrawn_text_says_why_at_each_of_its_addresses(client, edition):
    newer = superseded(edition)
    withdraw(newer)
    for one in (edition, newer):
        for name, more in (
            ("material-edition", []),
            ("material-chapter", ["uvod"]),
            ("material-edition-whole", []),
        ):
            response = get(client, name, one, *more)
            assert response.status_code == 410
            assert "Spočítali jsme to špatně." in response.content.decode()
        assert get(client, "material-edition-figure", one, "plan").status_code == 404


def test_drafts_and_what_is_not_there_are_nowhere(client, edition):
    draft = MaterialEditionFactory(whole=True, document=edition.document, number=2)
    file = draft.files.get()

    assert get(client, "material-edition", draft).status_code == 404
    assert get(client, "material-chapter", draft, "uvod").status_code == 404
    assert get(client, "material-edition-file", draft, file.pk).status_code == 404
    assert get(client, "material-edition-file", edition, file.pk).status_code == 404
    assert get(client, "material-edition-figure", draft, "plan").status_code == 404
    assert get(client, "material-chapter", edition, "neni").status_code == 404
    assert get(client, "material-edition-pdf", edition).status_code == 404


def test_files_and_figures_of_a_published_edition_are_served(client, edition):
    picture = get(client, "material-edition-figure", edition, "plan")
    assert (picture["Content-Type"], picture.getvalue()[:4]) == ("image/png", b"\x89PNG")
    row = edition.files.get()
    file = get(client, "material-edition-file", edition, row.pk)
    assert "attachment" in file["Content-Disposition"]
    assert file.getvalue().decode() == "ověřit příjem"


def test_a_search_leads_to_a_chapter_of_the_published_edition(client, edition):
    chapter = edition.chapters.first()
    response = client.get(reverse("material-found", args=[chapter.pk]))
    assert response["Location"] == reverse("material-chapter", args=[edition.document.slug, 1, chapter.slug])
    superseded(edition)
    assert client.get(reverse("material-found", args=[chapter.pk])).status_code == 404


def test_reads_are_counted_by_post_alone(client, edition):
    address = reverse("material-text-reads", args=[edition.document.slug])
    assert client.get(address).status_code == 405
    assert client.post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post(address).status_code == 204
    assert MaterialReads.objects.get().count == 1


def test_readers_say_whether_it_helped_and_what_is_wrong(client, edition):
    slug = edition.document.slug
    helped = client.post(reverse("material-text-helpful", args=[slug]), {"helpful": "yes"}, follow=True)
    assert "Děkujeme" in helped.content.decode()
    address = reverse("material-text-mistake", args=[slug])
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"mistake": "V tabulce je chyba."}, follow=True)

    assert "Děkujeme" in wrong.content.decode()
    assert edition.document.feedback.count() == 2


@pytest.mark.parametrize("size", [1, 12])
def test_a_page_costs_the_same_however_long_the_text_is(client, django_assert_num_queries, size):
    edition = MaterialEditionFactory(published=True, whole=True)
    for number in range(size):
        table = "\n\n".join(
            f"Tabulka: T {one}\n\n|A|\n|-|\n|1|\n\nSlovo.[^{one}]\n\n[^{one}]: Ano." for one in range(size)
        )
        ChapterFactory(edition=edition, text=table)
        MaterialFigureFactory(edition=edition, key=f"obr-{number}")
    for name, more, cost in (
        ("material-edition", [], 6),
        ("material-chapter", ["uvod"], 4),
        ("material-edition-whole", [], 3),
    ):
        get(client, name, edition, *more)
        with django_assert_num_queries(cost):
            get(client, name, edition, *more)


def test_why_a_file_is_there_that_not_everybody_can_read_stands_beside_it(client, edition):
    edition.files.update(faults=["tags"], reason="Originál nemáme.")
    assert "Originál nemáme." in read(client, "material-edition", edition)


def test_an_edition_says_how_it_is_cited_to_people_and_to_machines(client, edition):
    page = read(client, "material-edition", edition)
    assert "Jak materiál citovat" in page
    assert '<meta name="DC.title"' in page
    record = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert record["@type"] == "Report"
    assert record["name"] == edition.title_cs


@pytest.mark.parametrize(
    ("form", "sign"), [("bib", "@techreport{"), ("ris", "TY  - RPRT"), ("json", '"type"')]
)
def test_a_citation_is_taken_away(client, edition, form, sign):
    answer = get(client, "material-edition-cite", edition, form)
    assert sign in answer.content.decode()
    assert f"{edition.document.slug}-1.{form}" in answer["Content-Disposition"]


def test_a_citation_is_of_what_is_public(client, edition):
    assert get(client, "material-edition-cite", edition, "xml").status_code == 404
    draft = MaterialEditionFactory(whole=True)
    assert get(client, "material-edition-cite", draft, "bib").status_code == 404


def test_nothing_in_a_title_ends_the_element_for_machines(client):
    edition = MaterialEditionFactory(
        published=True, whole=True, title_cs="</script><script>alert(1)</script>"
    )
    page = read(client, "material-edition", edition)
    assert "<script>alert" not in page
