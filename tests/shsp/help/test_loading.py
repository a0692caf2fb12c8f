"""The guided page as a document: written by one, published by another, and safe from the next release."""

import pytest

from core import search
from shsp.help import loading, queries
from shsp.help.content import shipped, shipped_texts
from tests.factories.accounts import UserFactory
from tests.factories.pages import own_edition, publish, the_help

pytestmark = pytest.mark.django_db


def test_before_the_first_loading_the_shipped_texts_are_read():
    assert queries.content() is shipped()


def test_published_texts_are_read_by_one_query_and_only_once_by_a_second(django_assert_num_queries):
    the_help()
    assert queries.content() == shipped()
    with django_assert_num_queries(1):
        queries.content()


def test_an_administrator_changes_it_and_an_editor_publishes_it(client, log_in):
    """Seen in public in every reading; the old words are in the history; a new release leaves it alone."""
    document, (administrator, _me), (editor, _them) = the_help(), log_in("administrator"), log_in("editor")
    address = f"/cs/desk/help-pages/{document.pk}/"
    administrator.post(f"{address}new-edition/")
    draft = document.editions.get(number=2)
    line = administrator.get(f"{address}edit/lines.emergency/").content.decode()
    assert '<input type="text" name="lines.emergency.number" value="112"' in line
    assert (
        administrator.get(f"{address}edit/").content.decode().count("Kam se obrátit: Úřad vaší obce (") == 3
    )
    new = {
        "words.lead.cs": "Nová česká věta.", "words.lead.en": "A new English sentence.",
        "words.lead.uk": "Нове речення.", "words.lead.easy": "Nová snadná věta.",
        "lines.emergency.name": "Záchranka a hasiči", "facts.checked_on": "2026-11-28",
        "change_note_cs": "Nový úvod", "version": str(draft.version), "review_on": "2027-11-29",
    }  # fmt: skip
    for part in ("said", "lines.emergency", "facts", ""):
        page = f"{address}edit/{part and f'{part}/'}"
        form = administrator.get(page).context["form"]
        sent = {name: form[name].value() or "" for name in form.fields}
        assert administrator.post(page, sent | new | {"version": draft.version}).status_code == 302
        draft.refresh_from_db()
    administrator.post(f"{address}submit/", {"version": draft.version})
    draft.refresh_from_db()
    assert administrator.post(f"{address}publish/", {"version": draft.version}).status_code == 422
    assert "Nová česká věta." not in client.get("/cs/help/").content.decode()
    assert editor.post(f"{address}publish/", {"version": draft.version}).status_code == 302

    def is_read() -> None:
        for page, words in {
            "/cs/help/": "Nová česká věta.", "/en/help/": "A new English sentence.",
            "/cs/help/ukrainian/": "Нове речення.", "/cs/help/easy/": "Nová snadná věta.",
        }.items():  # fmt: skip
            shown = client.get(page).content.decode()
            assert words in shown
            assert "Záchranka a hasiči" in shown

    is_read()
    assert "tísňové volání" in editor.get(f"{address}?edition=1").content.decode()
    assert "tísňové" in editor.get(f"{address}compare/2/").content.decode()
    loading.load()
    is_read()
    assert document.editions.count() == 2


def test_a_release_that_says_more_is_read_while_nobody_has_begun(monkeypatch):
    document = the_help()
    texts = {**shipped_texts(), "words.lead.cs": "Novější věta."}
    monkeypatch.setattr(loading, "shipped_texts", lambda: texts)
    assert loading.load().updated == 1
    assert queries.content()["words"]["lead"]["cs"] == "Novější věta."
    own_edition(document, by=UserFactory(editor=True))
    texts["words.lead.cs"] = "Ještě novější věta."
    assert loading.load().unchanged == 1


def test_it_is_found_by_the_published_words_in_every_reading():
    draft = own_edition(the_help(), by=UserFactory(editor=True), **{"words.safe.cs": "Otevřete kryptoměnu."})
    assert search.find("kryptoměnu", scope=search.PUBLIC).count == 0
    publish(draft, by=UserFactory(administrator=True))
    for words in ("kryptoměnu", "housing at risk", "житло"):
        assert "/cs/help/" in [hit.url for hit in search.find(words, scope=search.PUBLIC).hits]


def test_only_what_was_changed_is_looked_through():
    from shsp.help.kind import finds

    draft = own_edition(the_help(), by=UserFactory(editor=True), **{"words.safe.cs": "Volejte 777 123 456."})
    assert [(one.kind, one.field) for one in finds(draft)] == [("phone", "words.safe.cs")]
