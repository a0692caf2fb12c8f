"""Site pages: written by one, published by another, read by everybody."""

import re

import pytest

from core import search
from shsp.pages import loading
from tests.factories.accounts import UserFactory
from tests.factories.pages import a_page, own_edition, publish

pytestmark = pytest.mark.django_db


def read(client, address: str) -> str:
    return client.get(address).content.decode()


def test_before_the_first_loading_the_shipped_text_is_read(client):
    assert "Pověřenci" not in read(client, "/cs/privacy/")
    assert "mailto:socialni.bydleni@mpsv.cz" in read(client, "/cs/privacy/")


@pytest.mark.parametrize("slug", loading.SLUGS)
def test_a_page_costs_one_query_of_its_own(client, slug, django_assert_max_num_queries):
    a_page()
    # The first edition of the one, the partners that the other names.
    with django_assert_max_num_queries(1 if slug == "privacy" else 2):
        read(client, f"/cs/{slug}/")


def test_an_editor_writes_and_an_administrator_publishes(client, log_in):
    page = a_page("privacy")
    editor, _me = log_in("editor")
    editor.post(f"/cs/desk/site-pages/{page.pk}/new-edition/")
    draft = page.editions.get(number=2)
    words = {name: value for name, value in draft.words().items() if isinstance(value, str)}
    sent = {
        **words, "version": draft.version, "review_on": "2027-11-29", "change_note_cs": "Nový nadpis",
        "title_cs": "Co děláme s údaji", "text_cs": "Pište na {email}.\n\nVolejte {phone}.",
    }  # fmt: skip
    wrong = editor.post(f"/cs/desk/site-pages/{page.pk}/edit/", {**sent, "text_cs": "Pište na {fax}."})
    assert wrong.status_code == 422
    assert "{fax}" in wrong.content.decode()
    assert editor.post(f"/cs/desk/site-pages/{page.pk}/edit/", sent).status_code == 302
    draft.refresh_from_db()
    editor.post(f"/cs/desk/site-pages/{page.pk}/submit/", {"version": draft.version})
    draft.refresh_from_db()
    assert "Co děláme s údaji" not in read(client, "/cs/privacy/")
    administrator, _them = log_in("administrator")
    waits = '<a href="/cs/desk/site-pages/?to_review=on">Stránky portálu ke kontrole</a>'
    assert (waits in read(administrator, "/cs/desk/"), waits in read(editor, "/cs/desk/")) == (True, False)
    assert "Co děláme s údaji" in read(administrator, "/cs/desk/site-pages/?to_review=on")
    administrator.post(f"/cs/desk/site-pages/{page.pk}/publish/", {"version": draft.version})
    shown = read(client, "/cs/privacy/")
    assert "<h1>Co děláme s\xa0údaji</h1>" in shown
    assert "Volejte" not in shown
    assert "Úřadu pro ochranu" in read(administrator, f"/cs/desk/site-pages/{page.pk}/?edition=1")
    loading.load()
    assert "Co děláme s\xa0údaji" in read(client, "/cs/privacy/")
    assert [hit.url for hit in search.find("děláme údaji", scope=search.PUBLIC).hits] == ["/cs/privacy/"]


def test_a_page_is_not_withdrawn(log_in):
    page, (client, _user) = a_page(), log_in("administrator")
    address = f"/cs/desk/site-pages/{page.pk}/"
    assert "/withdraw/" not in read(client, address)
    refused = client.post(f"{address}withdraw/", {"reason": "Pryč", "version": 1})
    assert refused.status_code == 422
    assert page.editions.published().count() == 1


def test_the_statement_says_when_it_was_stated_and_last_reviewed(client):
    page = a_page("accessibility")
    assert "naposledy přezkoumáno" not in read(client, "/cs/accessibility/")
    publish(own_edition(page, by=UserFactory(editor=True)), by=UserFactory(administrator=True))
    shown = re.sub(r"<[^>]+>", "", read(client, "/cs/accessibility/"))
    assert "Vydáno 29.\xa0listopadu\xa02026" in shown
    assert "naposledy přezkoumáno" in shown


def test_a_page_without_english_says_so_by_its_language(client):
    page = a_page()
    english = {"title_en": "", "lead_en": "", "text_en": ""}
    publish(own_edition(page, by=UserFactory(editor=True), **english), by=UserFactory(administrator=True))
    assert '<article lang="cs">' in read(client, "/en/about/")


def test_the_page_about_the_centre_numbers_its_sources(client):
    a_page()
    shown = read(client, "/cs/about/")
    assert 'href="#source-1"' in shown
    assert "Zdroje" in shown
