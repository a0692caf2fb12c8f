"""Rounds of review at the desk."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from municipalities.hooks import decisions_for
from studies.choices import ReviewState
from studies.models import Reviewer, ReviewRound
from studies.reviews.actions.reviewers import save
from tests.factories.reviews import ExpertFactory, RemarkFactory, ReviewerFactory, ReviewRoundFactory
from tests.studies.reviews.parts import a_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def desk(log_in):
    client, user = log_in("coordinator")
    client.user = user
    return client


@pytest.fixture
def row(desk):
    return ReviewRoundFactory(edition=a_text(), opened_by=desk.user)


def read(client, row, name="", **query):
    return client.get(reverse(f"desk-review{name}", args=[row.pk]), query).content.decode()


def test_a_round_is_opened_with_experts_and_substitutes(desk):
    edition, (first, second) = a_text(), ExpertFactory.create_batch(2)
    address = reverse("desk-review-open", args=[edition.document.material_id])
    assert first.name in desk.get(address).content.decode()
    day = timezone.localdate() + timedelta(days=20)
    sent = {"questions": "Proč?", "deadline": day.isoformat(), "seen_by": "editors", "experts": [first.pk]}
    twice = desk.post(address, {**sent, "substitute_1": first.pk})
    assert (twice.status_code, "chosen already" in twice.content.decode()) == (422, True)
    late = desk.post(address, {**sent, "deadline": "2020-01-01"})
    assert (late.status_code, "This day is over" in late.content.decode()) == (422, True)
    page = desk.post(address, {**sent, "substitute_1": second.pk}, follow=True).content.decode()
    assert (first.name in page, second.name in page, "Invite now" in page) == (True, True, True)
    again = desk.post(address, sent)
    assert (again.status_code, "open already" in again.content.decode()) == (422, True)


def test_the_list_and_the_day_tell_of_it(desk, row):
    assert row.material.name in desk.get(reverse("desk-reviews")).content.decode()
    RemarkFactory(reviewer=ReviewerFactory(round=row, delivered=True))
    RemarkFactory(reviewer=ReviewerFactory(round=row, accepted=True))
    waiting = {one.title: one.count for one in decisions_for(desk.user)}
    assert waiting["Remarks of experts to be settled"] == 1


def test_what_is_done_with_an_expert(desk, row):
    one, waiting = ReviewerFactory(round=row), ReviewerFactory(round=row, waiting=True)
    for name, on in (("call", waiting), ("remind", one), ("link", one), ("revoke", one)):
        version = Reviewer.objects.get(pk=on.pk).version
        done = desk.post(reverse(f"desk-reviewer-{name}", args=[on.pk]), {"version": version})
        assert done.status_code == 302, name
    assert Reviewer.objects.get(pk=one.pk).state == ReviewState.REVOKED
    late = desk.post(reverse("desk-reviewer-remind", args=[waiting.pk]), {"version": 1})
    assert late.status_code == 409


def test_more_time_and_one_more_expert(desk, row):
    expert, day = ExpertFactory(), timezone.localdate() + timedelta(days=90)
    desk.post(reverse("desk-review-prolong", args=[row.pk]), {"version": 1, "deadline": day.isoformat()})
    desk.post(reverse("desk-review-add", args=[row.pk]), {"expert": expert.pk})
    assert ReviewRound.objects.get().deadline == day
    assert Reviewer.objects.get().expert == expert
    wrong = desk.post(reverse("desk-review-add", args=[row.pk]), {"expert": expert.pk})
    assert wrong.status_code == 422


def test_a_conflict_of_interest_and_a_late_review_are_shown(desk, row):
    ReviewRound.objects.update(deadline=timezone.localdate() - timedelta(days=1))
    ReviewerFactory(round=row, accepted=True, has_conflict=True, conflict="Psala jsem to.")
    page = read(desk, row)
    assert ("Psala jsem to." in page, "is late" in page) == (True, True)


def test_files_of_a_review_are_for_who_may_read_it(desk, row):
    reviewer = ReviewerFactory(round=row, accepted=True)
    file = SimpleUploadedFile("Novák posudek.txt", b"text")
    save(reviewer, answers=[], overall="Dobré.", version=1, files=[file], deliver=True)
    address = reverse("desk-review-file", args=[reviewer.files.get().pk])
    response = desk.get(address)
    assert b"".join(response.streaming_content) == b"text"
    assert "Nov" not in response.headers["Content-Disposition"]
    ReviewRound.objects.update(opened_by=ReviewRoundFactory().opened_by)
    row.edition.writers.add(desk.user)
    assert desk.get(address).status_code == 404


def test_authors_at_the_desk_learn_no_names_and_read_once_it_is_closed(desk, row):
    reviewer = ReviewerFactory(round=row, delivered=True)
    ReviewRound.objects.update(opened_by=ReviewRoundFactory().opened_by, is_anonymous=True)
    row.edition.writers.add(desk.user)
    page = read(desk, row)
    assert (reviewer.expert.name in page, "Dobrý text." in page, "Expert 1" in page) == (False, False, True)
    remark = RemarkFactory(reviewer=reviewer)
    assert remark.text not in read(desk, row, "-remarks")
    address = reverse("desk-remark-settle", args=[remark.pk])
    assert desk.post(address, {"version": 1, "settled": "taken"}).status_code == 404
    ReviewRound.objects.filter(pk=row.pk).update(seen_by="authors")
    page = read(desk, row)
    assert (reviewer.expert.name in page, "Dobrý text." in page) == (False, True)


def test_a_round_is_closed_with_a_statement(desk, row):
    ReviewerFactory(round=row, delivered=True)
    address, sent = reverse("desk-review-close", args=[row.pk]), {"version": 1, "result": "recommended"}
    bad = {"authors": "nikdo", "votes_for": "3", "is_statement_public": "on"}
    wrong = desk.post(address, {**sent, **bad})
    assert set(wrong.context["form"].errors) == {"authors", "votes_for", "statement_cs"}
    good = {"statement_cs": "Dobré.", "votes_for": "3", "votes_against": "0", "votes_abstained": "0"}
    page = desk.post(address, {**sent, **good, "is_statement_public": "on"}, follow=True).content.decode()
    assert "The round is closed" in page
    assert "Dobré." in desk.get("/en/expert-group/").content.decode()
    assert desk.post(address, sent).status_code in (409, 422)


def test_what_changed_since_is_compared(desk, row):
    chapter = row.edition.chapters.get()
    before = timezone.now() - timedelta(days=2)
    chapter.versions.update(saved_at=before)
    ReviewRound.objects.update(opened_at=timezone.now() - timedelta(days=1))
    assert "No chapter has changed" in read(desk, row, "-changes")
    chapter.take_over({"text": "Zcela nový text."})
    chapter.save()
    chapter.versions.create(number=2, heading=chapter.heading, text=chapter.text, saved_by=desk.user)
    page = read(desk, row, "-changes")
    assert ("Zcela" in page, "Druhý" in page) == (True, True)
