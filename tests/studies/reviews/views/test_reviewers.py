"""What stands behind an expert's link."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.audit import AuditEntry
from studies.choices import ReviewState
from studies.models import Remark, Reviewer, ReviewRound
from tests.factories.accounts import UserFactory
from tests.factories.material_texts import ChapterFactory
from tests.factories.reviews import RemarkFactory, ReviewerFactory
from tests.studies.reviews.parts import a_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def row():
    boss = UserFactory(role="coordinator")
    return ReviewerFactory(round__edition=a_text(), round__opened_by=boss)


@pytest.fixture
def reading(row):
    Reviewer.objects.filter(pk=row.pk).update(state=ReviewState.ACCEPTED, has_conflict=False)
    row.refresh_from_db()
    return row


def link(row, page=""):
    return f"{row.get_link()}{page and page + '/'}"


def chapter_of(row):
    return row.round.edition.chapters.get()


def closed(row):
    now = {"closed_at": timezone.now(), "closed_by": row.round.opened_by, "result": "recommended"}
    ReviewRound.objects.filter(pk=row.round_id).update(**now)


def test_a_scanner_opens_it_fifty_times_and_nothing_happens(client, row):
    before = list(Reviewer.objects.values())
    for _time in range(50):
        assert client.head(link(row)).status_code == 200
        page = client.get(link(row))
    assert ("I will read it" in page.content.decode(), page.headers["Referrer-Policy"]) == (
        True,
        "same-origin",
    )
    assert client.get(link(row, f"chapter-{chapter_of(row).pk}")).url == link(row)
    assert (list(Reviewer.objects.values()), AuditEntry.objects.count()) == (before, 0)


def test_accepted_by_a_button_with_the_question_of_interest(client, row):
    assert client.post(link(row), {"do": "accept"}).status_code == 422
    wrong = client.post(link(row), {"do": "accept", "has_conflict": "yes", "conflict": ""})
    assert (wrong.status_code, "Write what binds you" in wrong.content.decode()) == (422, True)
    page = client.post(link(row), {"do": "accept", "has_conflict": "no"}, follow=True).content.decode()
    assert chapter_of(row).heading in page
    assert Reviewer.objects.get().state == ReviewState.ACCEPTED


def test_the_text_is_opened_by_a_button_only(client, reading):
    page = link(reading, f"chapter-{chapter_of(reading).pk}")
    assert client.get(page).url == link(reading)
    assert "Open the text" in client.get(link(reading)).content.decode()
    client.post(link(reading), {"open": "1"})
    assert "Druhý odstavec" in client.get(page).content.decode()


def test_declined(client, row):
    page = client.post(link(row), {"do": "decline", "why_not": "Nemám čas."}, follow=True).content.decode()
    assert "We know that you will not read it" in page
    assert (Reviewer.objects.get().why_not, client.get(link(row)).status_code) == ("Nemám čas.", 200)


def test_a_review_is_written_in_steps_and_delivered(client, reading):
    said = {"version": 1, "answer-0": "Ano.", "answer-1": "", "text": "Dobré."}
    client.post(link(reading), {**said, "do": "save", "files": SimpleUploadedFile("a.txt", b"text")})
    row = Reviewer.objects.get()
    assert (row.answers, row.overall, row.files.count()) == (["Ano.", ""], "Dobré.", 1)
    late = client.post(link(reading), {**said, "do": "save", "text": "Z jiného okna."})
    assert (late.status_code, "Z jiného okna." in late.content.decode()) == (409, True)
    file = row.files.get()
    assert b"".join(client.get(link(reading, f"file-{file.pk}")).streaming_content) == b"text"
    client.post(link(reading), {"do": f"remove-{file.pk}"})
    assert not row.files.exists()
    page = client.post(link(reading), {**said, "version": row.version, "do": "deliver"}, follow=True)
    assert "Your review is delivered" in page.content.decode()
    again = client.post(link(reading), {**said, "version": row.version, "do": "deliver"})
    assert (again.status_code, "Dobré." in again.content.decode()) == (422, True)


def test_nothing_to_deliver_is_said(client, reading):
    page = client.post(link(reading), {"version": 1, "do": "deliver"})
    assert (page.status_code, "Write an answer" in page.content.decode()) == (422, True)


def test_a_remark_is_written_on_a_passage_or_on_words_of_it(client, reading):
    page = link(reading, f"chapter-{chapter_of(reading).pk}")
    client.post(link(reading), {"open": "1"})
    assert 'name="block" value="1"' in client.get(page + "?on=1").content.decode()
    client.post(page, {"do": "write", "block": 1, "text": "Co přesně?", "quote": "dá něco říct"})
    client.post(page, {"do": "write", "block": 0, "text": "Zkrátit.", "quote": "tohle tam není"})
    second, first = Remark.objects.order_by("pk")
    assert (second.block, second.quote, second.suffix) == (1, "dá něco říct", ".")
    assert (first.quote, first.passage) == ("", "Úvodní odstavec kapitoly.")
    twice = client.post(page, {"do": "write", "block": 0, "text": "Zkrátit."})
    assert (twice.status_code, "already" in twice.content.decode()) == (422, True)
    wrong = client.post(page, {"do": "write", "block": 99, "text": "Kam?"})
    assert (wrong.status_code, "Kam?" in wrong.content.decode()) == (422, True)
    assert client.post(page, {"do": "write", "block": 1, "text": " "}).status_code == 422
    assert "Zkrátit." in client.get(page).content.decode()
    assert "Co přesně?" in client.get(link(reading)).content.decode()


def test_a_remark_is_changed_and_taken_back_until_it_is_delivered(client, reading):
    remark = RemarkFactory(reviewer=reading, chapter=chapter_of(reading), passage="Úvodní odstavec kapitoly.")
    page = link(reading, f"chapter-{remark.chapter_id}")
    client.post(page, {"do": f"change-{remark.pk}", "text": "Lépe.", "version": 1})
    assert Remark.objects.get().text == "Lépe."
    late = client.post(page, {"do": f"change-{remark.pk}", "text": "Z okna.", "version": 1})
    assert (late.status_code, "Z okna." in late.content.decode()) == (409, True)
    client.post(page, {"do": f"remove-{remark.pk}"})
    assert not Remark.objects.exists()


def test_a_remark_on_a_passage_that_is_gone_keeps_its_words(client, reading):
    RemarkFactory(
        reviewer=reading, chapter=chapter_of(reading), passage="Docela jiný, dávno smazaný odstavec."
    )
    client.post(link(reading), {"open": "1"})
    page = client.get(link(reading, f"chapter-{chapter_of(reading).pk}")).content.decode()
    assert ("no longer there" in page, "dávno smazaný" in page) == (True, True)


def test_nobody_reaches_what_is_not_theirs(client, reading):
    other = ReviewerFactory(round=reading.round, delivered=True, overall="Cizí posudek.")
    remark = RemarkFactory(reviewer=other, chapter=chapter_of(reading))
    elsewhere = ChapterFactory()
    client.post(link(reading), {"open": "1"})
    assert client.get(link(reading, f"chapter-{elsewhere.pk}")).status_code == 404
    assert client.get(link(reading, "file-999")).status_code == 404
    assert client.get(link(reading, "nothing")).status_code == 404
    page = link(reading, f"chapter-{chapter_of(reading).pk}")
    assert client.post(page, {"do": f"remove-{remark.pk}"}).status_code == 404
    assert "Cizí posudek." not in client.get(link(reading)).content.decode()
    ReviewRound.objects.update(seen_by="reviewers")
    assert "Cizí posudek." in client.get(link(reading)).content.decode()


def test_after_the_round_is_closed_what_was_typed_is_given_back(client, reading):
    closed(reading)
    page = client.post(link(reading), {"version": 1, "do": "save", "text": "Pozdě napsané."})
    assert (page.status_code, "Pozdě napsané." in page.content.decode()) == (422, True)
    assert "The round is closed" in client.get(link(reading)).content.decode()


def test_a_withdrawn_link_opens_nothing_and_gives_back_what_was_typed(client, reading):
    now = {"revoked_at": timezone.now(), "revoked_by": reading.round.opened_by}
    Reviewer.objects.update(state=ReviewState.REVOKED, **now)
    page = client.post(link(reading), {"answer-0": "První odpověď.", "text": "A celek."})
    text = page.content.decode()
    assert (page.status_code, "První odpověď." in text, "A celek." in text) == (410, True, True)
    assert "withdrawn the link" in text


def test_a_link_of_a_substitute_opens_nothing_before_it_is_their_turn(client):
    assert client.get(link(ReviewerFactory(waiting=True))).status_code == 410
