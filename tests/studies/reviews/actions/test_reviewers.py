"""What an expert does behind their link."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.audit import AuditEntry
from core.notices.models import Notice
from core.states import Conflict, Refused
from studies.choices import ReviewState
from studies.models import Reviewer, ReviewRound
from studies.reviews.actions import reviewers as actions
from tests.factories.accounts import UserFactory
from tests.factories.reviews import RemarkFactory, ReviewerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def row():
    return ReviewerFactory(round__opened_by=UserFactory(role="coordinator"))


def reading(**fields):
    return ReviewerFactory(round__opened_by=UserFactory(role="coordinator"), accepted=True, **fields)


def written(row, **more):
    words = {"answers": ["Ano.", ""], "overall": "", "version": row.version, **more}
    actions.save(row, **words)


def test_somebody_accepts_and_says_that_nothing_binds_them(row):
    actions.accept(row, has_conflict=False, conflict="nepatří sem")
    assert (row.state, row.has_conflict, row.conflict) == (ReviewState.ACCEPTED, False, "")
    assert Notice.objects.get().kind == "studies/accepted"


def test_a_conflict_of_interest_is_told_to_the_desk_and_to_no_log(row):
    with pytest.raises(Refused, match="what binds you"):
        actions.accept(row, has_conflict=True, conflict=" ")
    actions.accept(row, has_conflict=True, conflict="Psal jsem první verzi.")
    assert Notice.objects.get().kind == "studies/conflict"
    assert "verzi" not in str(list(AuditEntry.objects.values_list("details", flat=True)))
    assert "verzi" not in str(list(Notice.objects.values()))


def test_who_declines_is_replaced(row):
    waiting = ReviewerFactory(round=row.round, waiting=True)
    actions.decline(row, why_not="Nemám čas.")
    assert Reviewer.objects.get(pk=waiting.pk).state == ReviewState.INVITED
    with pytest.raises(Refused):
        actions.decline(row)


def test_who_was_silent_may_still_read():
    row = ReviewerFactory(state=ReviewState.SILENT)
    actions.accept(row, has_conflict=False)
    assert row.state == ReviewState.ACCEPTED


def test_what_is_written_is_kept_and_delivered_once():
    row = reading()
    written(row)
    assert (row.answers, row.state) == (["Ano.", ""], ReviewState.ACCEPTED)
    written(row, deliver=True)
    assert (row.state, row.is_late) == (ReviewState.DELIVERED, False)
    assert Notice.objects.get().kind == "studies/delivered"
    with pytest.raises(Refused, match="delivered your review"):
        written(row)


def test_an_empty_review_is_not_delivered_but_one_remark_is_enough():
    row = reading()
    with pytest.raises(Refused, match="first"):
        written(row, answers=["", ""], deliver=True)
    RemarkFactory(reviewer=row)
    written(row, answers=["", ""], deliver=True)
    assert row.state == ReviewState.DELIVERED


def test_a_late_review_is_taken_and_marked(row):
    late = reading(round__deadline=timezone.localdate().replace(year=2020))
    assert late.is_late
    written(late, deliver=True)
    assert late.is_late


def test_nothing_is_taken_once_the_round_is_closed():
    row = reading()
    seen = row.round.version
    ReviewRound.objects.filter(pk=row.round_id).update(
        closed_at=timezone.now(), closed_by=row.round.opened_by, result="recommended", version=seen + 1
    )
    with pytest.raises(Refused, match="closed"):
        written(row, deliver=True)


def test_files_are_kept_and_removed():
    row = reading()
    file = SimpleUploadedFile("posudek.txt", b"Posudek.")
    written(row, files=[file])
    actions.remove_file(row, row.files.get())
    assert not row.files.exists()
    many = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(6)]
    with pytest.raises(Refused, match="at most 5"):
        written(row, files=many)


def test_of_two_windows_the_second_is_told():
    row = reading()
    other = Reviewer.objects.get(pk=row.pk)
    written(row)
    with pytest.raises(Conflict):
        written(other, version=1)
