"""Published summaries, as everybody reads them."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from consultations.models import Feedback, SummaryEdition
from core.documents import actions as documents
from core.documents import markdown
from core.documents.choices import State
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory, SummaryFactory, TopicFactory
from tests.factories.law import cite

pytestmark = pytest.mark.django_db

ADDRESS = "/cs/summaries/"


def published(**fields):
    """Return a published edition that search knows."""
    edition = SummaryEditionFactory(published=True, **fields)
    edition.index()
    return edition


def withdraw(edition, **reasons):
    """Withdraw a published edition."""
    documents.withdraw(edition, **reasons, version=edition.version, by=UserFactory(editor=True))


def titles(response):
    """Return what a list shows, in order."""
    return [row.question for row in response.context["page"].items]


# The list -----------------------------------------------------------------------


def test_the_list_shows_only_what_is_published(client):
    shown = published()
    SummaryEditionFactory()
    SummaryEditionFactory(in_review=True)
    gone = published(question_cs="Staženo?")
    withdraw(gone, reason="Chyba")
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert titles(response) == [shown.question_cs]


def test_the_newest_comes_first_whatever_its_number(client):
    now = timezone.now()
    published(question_cs="Novější", published_at=now)
    published(question_cs="Starší", published_at=now - timedelta(days=1))
    assert titles(client.get(ADDRESS)) == ["Novější", "Starší"]


def test_the_list_is_filtered_by_topic_and_other_topics(client):
    topic = TopicFactory(slug="arrears")
    published(question_cs="Hlavní", topic=topic)
    other = published(question_cs="Vedlejší")
    other.other_topics.add(topic)
    published(question_cs="Jiná")
    assert titles(client.get(ADDRESS, {"topic": "arrears"})) == ["Vedlejší", "Hlavní"]


def test_the_list_is_filtered_by_audience_and_words(client):
    published(question_cs="Jak splácet dluh?", audience="citizen")
    published(question_cs="Jak evidovat dluhy?", audience="owner")
    assert titles(client.get(ADDRESS, {"audience": "citizen"})) == ["Jak splácet dluh?"]
    assert titles(client.get(ADDRESS, {"q": "evidovat dluhům"})) == ["Jak evidovat dluhy?"]
    assert titles(client.get(ADDRESS, {"q": "dluhy", "audience": "citizen"})) == ["Jak splácet dluh?"]


@pytest.mark.parametrize(
    "query",
    [
        {"topic": "nothing"},
        {"audience": "x"},
        {"q": "\x00"},
        {"q": "a" * 500},
        {"page": "99999999"},
        {"page": "-1"},
        {"before": "7"},
        {"topic": "\x00"},
        {"q": "' OR 1=1 --"},
    ],
)
def test_a_strange_address_is_a_page(client, query):
    published()
    assert client.get(ADDRESS, query).status_code == 200


def test_an_empty_list_says_what_to_do(client):
    response = client.get("/en/summaries/", {"q": "unicorn"})
    assert "No answer like that yet" in response.content.decode()
    assert "/en/requests/new/" in response.content.decode()


def test_the_older_pages_go_on_where_the_numbered_ones_end(client):
    now = timezone.now()
    rows = [published(published_at=now - timedelta(days=day)) for day in (2, 0, 1)]
    response = client.get(ADDRESS, {"before": rows[1].pk})
    assert [row.pk for row in response.context["page"].items] == [rows[2].pk, rows[0].pk]


# One summary ---------------------------------------------------------------------


def test_a_summary_is_read_in_both_languages(client):
    edition = published(
        answer_cs="Obec má **pravidla**.",
        answer_html_cs=markdown.render("Obec má **pravidla**."),
        answer_html_en="<p>Rules.</p>",
    )
    cite(edition, "§ 35 zákona 128/2000 Sb.", date(2026, 1, 1))
    czech = client.get(f"/cs/summaries/{edition.document.slug}/").content.decode()
    english = client.get(f"/en/summaries/{edition.document.slug}/").content.decode()
    assert "Kde lze požádat o\u00a0sociální byt?</h1>" in czech
    assert "Obec má <strong>pravidla</strong>." in czech
    assert "§ 35 zákona 128/2000 Sb." in czech
    assert "Where can one apply for a\u00a0social flat?</h1>" in english
    assert "<p>Rules.</p>" in english
    assert "This answer is not in English yet" not in english
    address = f"http://localhost:8000/en/summaries/{edition.document.slug}/"
    assert f'<link rel="canonical" href="{address}">' in english
    assert f'<link rel="alternate" hreflang="en" href="{address}">' in czech


def test_a_summary_without_english_says_so_and_shows_the_czech_one(client):
    edition = published(question_en="", short_answer_en="")
    page = client.get(f"/en/summaries/{edition.document.slug}/").content.decode()
    assert "This answer is not in English yet" in page
    assert '<div class="prose" lang="cs">' in page
    assert f'rel="canonical" href="http://localhost:8000/cs/summaries/{edition.document.slug}/"' in page
    assert 'hreflang="en" href="http' not in page
    row = client.get("/en/summaries/").content.decode()
    assert "only in Czech" in row


@pytest.mark.parametrize("number", [1, 3])
def test_a_summary_costs_the_same_with_one_and_three_related(client, django_assert_num_queries, number):
    edition = published()
    for _row in range(number):
        published(topic=edition.topic)
    with django_assert_num_queries(5):
        response = client.get(f"/cs/summaries/{edition.document.slug}/")
    assert len(response.context["related"]) == number


def test_a_draft_has_no_address(client):
    for edition in (SummaryEditionFactory(), SummaryEditionFactory(in_review=True)):
        assert client.get(f"/cs/summaries/{edition.document.slug}/").status_code == 404
    assert client.get("/cs/summaries/nothing/").status_code == 404


def test_a_draft_beside_the_live_text_is_not_shown(client, log_in):
    live = published()
    SummaryEditionFactory(document=live.document, number=2, question_cs="Rozepsáno?")
    for reader in (client, log_in("coordinator")[0]):
        assert "Rozepsáno?" not in reader.get(f"/cs/summaries/{live.document.slug}/").content.decode()


def test_a_withdrawn_summary_says_why_and_nothing_of_its_text(client):
    edition = published()
    withdraw(edition, reason="Zákon se změnil.", reason_en="The law has changed.")
    czech = client.get(f"/cs/summaries/{edition.document.slug}/")
    english = client.get(f"/en/summaries/{edition.document.slug}/")
    assert (czech.status_code, english.status_code) == (410, 410)
    assert "Zákon se změnil." in czech.content.decode()
    assert "The law has changed." in english.content.decode()
    assert edition.question_cs not in czech.content.decode()
    assert edition.short_answer_cs not in czech.content.decode()
    assert czech.headers["X-Robots-Tag"] == "noindex"


def test_what_is_withdrawn_is_nobodys_relative(client):
    edition = published()
    gone = published(topic=edition.topic, question_cs="Zmizelá?")
    withdraw(gone, reason="Chyba")
    assert "Zmizelá?" not in client.get(f"/cs/summaries/{edition.document.slug}/").content.decode()


def test_nothing_that_was_typed_runs(client):
    payload = '<script>window.__xss=1</script>"><img src=x onerror=alert(1)>{{7*7}}'
    edition = published(
        question_cs=payload,
        short_answer_cs=payload,
        answer_cs=payload,
        answer_html_cs=markdown.render(payload),
    )
    for address in (f"/cs/summaries/{edition.document.slug}/", ADDRESS):
        page = client.get(address).content.decode()
        assert "<script>window" not in page
        assert "<img src=x" not in page
        assert "{{7*7}}" in page


def test_reading_sets_no_cookie(client):
    edition = published()
    response = client.get(f"/cs/summaries/{edition.document.slug}/")
    assert not response.cookies


# What readers say -----------------------------------------------------------------


def test_a_reader_says_that_it_helped_once(client):
    edition = published()
    address = f"/cs/summaries/{edition.document.slug}/helpful/"
    for _time in range(3):
        response = client.post(address, {"helpful": "yes"})
        assert (
            response.headers["Location"] == f"/cs/summaries/{edition.document.slug}/?thanks=helpful#feedback"
        )
    assert list(Feedback.objects.values_list("summary", "helpful")) == [(edition.document_id, "yes")]
    assert client.get(address).status_code == 405


def test_another_site_cannot_say_it_for_a_reader():
    edition = published()
    stranger = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "cross-site"})
    assert (
        stranger.post(f"/cs/summaries/{edition.document.slug}/helpful/", {"helpful": "no"}).status_code == 403
    )
    assert not Feedback.objects.exists()


def test_only_yes_and_no_count(client):
    edition = published()
    client.post(f"/cs/summaries/{edition.document.slug}/helpful/", {"helpful": "maybe"})
    assert not Feedback.objects.exists()


def test_a_reader_reports_a_mistake(client):
    edition = published()
    address = f"/en/summaries/{edition.document.slug}/mistake/"
    assert client.get(address).status_code == 200
    response = client.post(address, {"mistake": "The link is dead."}, follow=True)
    assert "Thank you. Somebody will look at it." in response.content.decode()
    assert Feedback.objects.get().mistake == "The link is dead."


def test_an_empty_report_comes_back(client):
    edition = published()
    response = client.post(f"/en/summaries/{edition.document.slug}/mistake/", {"mistake": " "})
    assert "Write what is wrong." in response.content.decode()


def test_a_program_that_fills_everything_in_is_not_kept(client):
    edition = published()
    address = f"/cs/summaries/{edition.document.slug}/mistake/"
    assert client.post(address, {"mistake": "Buy!", "website": "https://x.example"}).status_code == 302
    assert not Feedback.objects.exists()


def test_one_network_reports_only_so_often(client):
    edition = published()
    address = f"/cs/summaries/{edition.document.slug}/mistake/"
    statuses = [client.post(address, {"mistake": f"Chyba {number}"}).status_code for number in range(11)]
    assert statuses == [302] * 10 + [429]
    assert Feedback.objects.count() == 10


def test_what_is_not_public_takes_no_word(client):
    draft = SummaryEditionFactory()
    gone = published()
    withdraw(gone, reason="Chyba")
    for edition in (draft, gone):
        slug = edition.document.slug
        assert client.post(f"/cs/summaries/{slug}/helpful/", {"helpful": "yes"}).status_code == 404
        assert client.get(f"/cs/summaries/{slug}/mistake/").status_code == 404


def test_a_summary_without_any_edition_is_not_there(client):
    assert client.get(f"/cs/summaries/{SummaryFactory().slug}/").status_code == 404
    assert not SummaryEdition.objects.filter(state=State.PUBLISHED).exists()
