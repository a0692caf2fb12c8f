"""One door for everything that can be found."""

import pytest
from django.db import transaction
from django.utils import translation

from core import search
from core.search import DESK, PUBLIC, Document

pytestmark = pytest.mark.django_db


def put_summary(object_id: int = 1, **fields: str) -> None:
    texts = {
        "title_cs": "Kdo dostane lůžko v ubytovně?",
        "lead_cs": "Rozhoduje provozovatel.",
        "text": "",
        **fields,
    }
    search.put(
        "summary", object_id, scope=PUBLIC, url_name="summary", url_arg=f"odpoved-{object_id}", **texts
    )


def put_request(object_id: int = 7, **fields: str) -> None:
    texts = {
        "title_cs": "Exekuce na byt",
        "text": "Jana Nováková jana@example.org +420 605 123 456",
        **fields,
    }
    search.put("request", object_id, scope=DESK, url_name="desk-request", url_arg="SH-2026-000007", **texts)


def found(words: str, scope: str = PUBLIC) -> list[int]:
    return [hit.object_id for hit in search.find(words, scope=scope).hits]


@pytest.mark.parametrize(
    "words", ["ubytovna", "ubytoven", "UBYTOVNÁCH", "ubytovnou lůžka", "luzko ubyt", "provozovatelem"]
)
def test_any_ending_finds_it_with_diacritics_or_without(words: str) -> None:
    put_summary()
    assert found(words) == [1]


def test_all_words_must_be_there() -> None:
    put_summary()
    assert found("ubytovna exekuce") == []


def test_only_the_last_word_may_be_begun() -> None:
    put_summary()
    assert (found("lůžko ubyt"), found("ubyt lůžko")) == ([1], [])


def test_writing_it_anew_forgets_the_old_words() -> None:
    put_summary()
    put_summary(title_cs="Kdo platí kauci?")
    assert (found("ubytovna"), found("kauce")) == ([], [1])
    assert search.PublicEntry.objects.count() == 1


def test_dropped_is_not_found_and_dropping_again_is_nothing() -> None:
    put_summary()
    search.drop("summary", 1)
    search.drop("summary", 1)
    assert found("ubytovna") == []


def test_what_is_rolled_back_is_not_found() -> None:
    with transaction.atomic():
        put_summary()
        transaction.set_rollback(True)
    assert found("ubytovna") == []


def test_the_public_never_finds_what_is_the_desks() -> None:
    put_request()
    assert (found("exekuce"), found("novakova"), found("605123456")) == ([], [], [])
    assert found("exekuce", DESK) == [7]


@pytest.mark.parametrize(
    "words", ["novakova", "Nováková Jana", "605 123 456", "+420605123456", "jana@example.org"]
)
def test_the_desk_finds_by_name_phone_and_address(words: str) -> None:
    put_request()
    assert found(words, DESK) == [7]


def test_titles_come_before_texts_and_an_exact_title_first_of_all() -> None:
    put_summary(1, title_cs="Most")
    put_summary(2, title_cs="Kdo v Mostě pomáhá")
    put_summary(3, title_cs="Nájem", text="Platí i pro Most.")
    put_summary(4, title_cs="Dávky")
    assert found("most") == [1, 2, 3]


def test_among_equals_the_newest_first() -> None:
    for object_id in (1, 2, 3):
        put_summary(object_id)
    assert found("ubytovna") == [3, 2, 1]


def test_a_hit_says_how_to_show_it_and_where_it_is() -> None:
    put_summary(title_en="Who gets a bed?", lead_en="The hostel decides.")
    with translation.override("en"):
        hit = search.find("ubytovna", scope=PUBLIC).hits[0]
        assert (hit.title, hit.lead, hit.language) == ("Who gets a bed?", "The hostel decides.", "")
        assert hit.url == "/en/summaries/odpoved-1/"


def test_without_a_translation_the_other_language_is_shown_and_named() -> None:
    put_summary()
    with translation.override("en"):
        hit = search.find("ubytovna", scope=PUBLIC).hits[0]
        assert (hit.title, hit.language) == ("Kdo dostane lůžko v ubytovně?", "cs")


def test_kinds_narrow_the_hits_but_not_their_counts() -> None:
    put_summary()
    search.put("municipality", 5, scope=PUBLIC, url_name="municipality", url_arg="x", title_cs="Ubytovna")
    results = search.find("ubytovna", scope=PUBLIC, kinds=["municipality"])
    assert [hit.object_id for hit in results.hits] == [5]
    assert (results.count, results.kinds) == (1, {"summary": 1, "municipality": 1})


def many(count: int) -> None:
    documents = (Document("summary", n, "summary", f"s{n}", title_cs=f"Byt {n}") for n in range(1, count + 1))
    search.put_many(documents, scope=PUBLIC)


def test_counting_stops_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_FOUND", 20)
    many(30)
    search.put("page", 1, scope=PUBLIC, url_name="home", title_cs="Domů", text="byt")
    results = search.find("byty", scope=PUBLIC, number=3, per_page=5)
    assert (results.count_label, len(results.hits)) == ("20+", 5)
    assert [hit.kind for hit in search.find("byty", scope=PUBLIC, kinds=["page"]).hits] == ["page"]


def test_pages_follow_one_another() -> None:
    many(6)
    pages = [search.find("byt", scope=PUBLIC, number=number, per_page=4).hits for number in (1, 2)]
    assert [[hit.object_id for hit in hits] for hits in pages] == [[6, 5, 4, 3], [2, 1]]


def test_ids_are_the_newest_of_one_kind() -> None:
    many(4)
    put_request(text="byt")
    assert search.ids("bytu", kind="summary", limit=3) == [4, 3, 2]
    assert search.ids("bytu", kind="request", scope=DESK) == [7]
    assert search.ids("bytu", kind="request", scope=PUBLIC) == []
    assert search.ids("?", kind="summary") == []


def test_put_many_writes_anew_what_is_there() -> None:
    many(2)
    search.put_many([Document("summary", 1, "summary", "s1", title_cs="Kauce")], scope=PUBLIC)
    assert (found("byt"), found("kauce")) == ([2], [1])


def test_after_a_bulk_load_all_is_found() -> None:
    put_summary(9)
    with search.bulk_load():
        many(2)
    put_request()
    assert (found("byt"), found("ubytovna"), found("exekuce", DESK)) == ([2, 1], [9], [7])
    search.drop("summary", 2)
    assert found("byt") == [1]


@pytest.mark.parametrize(
    "words",
    ["'", '"', "' OR 1=1 --", 'AND OR NOT NEAR( "x" * ^', "a:* & !b | c <-> d", "\x00", "x\x00y", "%", "\\",
     "ŧ", "x" * 10_000, "slovo " * 2000, "½ ﬁ 𝔅 ǆ", "😀", "привіт світ", "日本語", "\u202e\u200b"],
)  # fmt: skip
def test_any_input_is_answered(words: str) -> None:
    put_summary()
    put_request()
    assert found(words) == found(words, DESK) == search.ids(words, kind="summary") == []


def test_many_are_dropped_at_once() -> None:
    for number in (1, 2, 3):
        put_summary(number)
    search.drop_many("summary", [1, 3])
    assert found("ubytovna") == [2]


def test_another_alphabet_is_found_by_its_own_words() -> None:
    put_summary(title_cs="Житло для біженців")
    assert (found("житло"), found("біж")) == ([1], [1])


def test_holds_follows_the_rules_of_the_index() -> None:
    text = "Jana Nováková\njana@example.org\n+420605123456"
    assert [search.holds(text, words) for words in ("novaková", "jana nov", "605 123 456", "Petr", "?")] == [
        True,
        True,
        True,
        False,
        False,
    ]
