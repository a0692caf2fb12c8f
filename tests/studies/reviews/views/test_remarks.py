"""Remarks beside the text, settled by the desk."""

import pytest
from django.urls import reverse

from studies.choices import Settlement
from studies.models import Remark
from tests.factories.accounts import UserFactory
from tests.factories.reviews import RemarkFactory, ReviewerFactory, ReviewRoundFactory
from tests.studies.reviews.parts import a_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def desk(log_in):
    client, user = log_in("coordinator")
    client.user = user
    return client


@pytest.fixture
def remark(desk):
    row = ReviewRoundFactory(edition=a_text(), opened_by=desk.user)
    reviewer = ReviewerFactory(round=row, delivered=True)
    chapter = row.edition.chapters.get()
    return RemarkFactory(reviewer=reviewer, chapter=chapter, passage="Úvodní odstavec kapitoly.")


def read(client, remark, **query):
    return client.get(reverse("desk-review-remarks", args=[remark.reviewer.round_id]), query).content.decode()


def settle(client, remark, **words):
    return client.post(reverse("desk-remark-settle", args=[remark.pk]), {"version": 1, **words})


def test_a_remark_stands_beside_its_passage_and_is_settled(desk, remark):
    page = read(desk, remark)
    assert ("Úvodní odstavec" in page, remark.text in page) == (True, True)
    missing = settle(desk, remark, settled="refused", reason="")
    assert (missing.status_code, "Write why." in missing.content.decode()) == (422, True)
    assert settle(desk, remark, settled="nothing").status_code == 422
    settle(desk, remark, settled="partly", reason="Část nejde.")
    remark.refresh_from_db()
    assert (remark.settled, remark.settled_by) == (Settlement.PARTLY, desk.user)
    assert "Část nejde." in read(desk, remark)
    desk.post(reverse("desk-remark-open-again", args=[remark.pk]), {"version": remark.version})
    assert Remark.objects.get().settled_at is None


def test_of_two_editors_the_second_sees_what_the_first_did(desk, remark):
    other = UserFactory(role="editor", name="Edita Rychlá")
    settle(desk, remark, settled="taken")
    Remark.objects.update(settled_by=other)
    late = settle(desk, remark, settled="refused", reason="Můj důvod.")
    page = late.content.decode()
    assert (late.status_code, "Edita Rychlá has settled" in page, "Můj důvod." in page) == (409, True, True)


def test_a_passage_that_is_gone_is_shown_with_its_old_words(desk, remark):
    Remark.objects.update(passage="Odstavec, který dávno nikdo v textu nenajde.", quote="dávno nikdo")
    page = read(desk, remark, chapter=0)
    assert ("no longer there" in page, "dávno nikdo" in page, remark.heading in page) == (True, True, True)
    chapter = remark.chapter
    chapter.delete()
    assert "dávno nikdo" in read(desk, remark, chapter=0)


def test_they_are_filtered_by_state_and_expert(desk, remark):
    other = RemarkFactory(
        reviewer=ReviewerFactory(round=remark.reviewer.round, delivered=True),
        chapter=remark.chapter,
        passage=remark.passage,
        text="Od někoho jiného.",
    )
    settle(desk, remark, settled="taken")
    page = read(desk, remark, state="open")
    assert (remark.text in page, other.text in page) == (False, True)
    page = read(desk, remark, expert=remark.reviewer_id)
    assert (remark.text in page, other.text in page) == (True, False)


def test_remarks_that_are_not_delivered_are_nobodys(desk, remark):
    hidden = RemarkFactory(reviewer=ReviewerFactory(round=remark.reviewer.round, accepted=True))
    assert settle(desk, hidden, settled="taken").status_code == 404
