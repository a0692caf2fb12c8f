"""Remarks are written by experts and settled by the desk."""

import pytest
from django.utils import timezone

from core.states import Conflict, Refused
from studies.models import ReviewRound
from studies.reviews.actions import remarks as actions
from studies.reviews.anchors import Anchor
from tests.factories.material_texts import ChapterFactory
from tests.factories.reviews import RemarkFactory, ReviewerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_review_has_so_many_remarks_and_no_more(monkeypatch):
    row = ReviewerFactory(accepted=True)
    chapter = ChapterFactory(edition=row.round.edition)
    monkeypatch.setattr(actions, "MOST_REMARKS", 1)
    actions.write(row, chapter=chapter, anchor=Anchor(0, "Text kapitoly."), text="Doplnit.")
    with pytest.raises(Refused, match="at most 1"):
        actions.write(row, chapter=chapter, anchor=Anchor(0, "Text kapitoly."), text="Zkrátit.")


def test_only_who_reads_writes():
    row = ReviewerFactory(delivered=True)
    chapter = ChapterFactory(edition=row.round.edition)
    with pytest.raises(Refused, match="delivered your review"):
        actions.write(row, chapter=chapter, anchor=Anchor(0, "Text."), text="x")
    with pytest.raises(Refused):
        actions.remove(RemarkFactory(reviewer=row))
    with pytest.raises(Refused):
        actions.change(RemarkFactory(reviewer=row), text="x", version=1)


def test_settled_until_the_round_is_closed():
    remark = RemarkFactory()
    row, boss = remark.reviewer.round, remark.reviewer.round.opened_by
    actions.settle(remark, settled="taken", reason="", version=1, by=boss)
    with pytest.raises(Conflict):
        actions.settle(remark, settled="refused", reason="Ne.", version=1, by=boss)
    now = {"closed_at": timezone.now(), "closed_by": boss, "result": "recommended"}
    ReviewRound.objects.filter(pk=row.pk).update(**now)
    remark.reviewer.round.refresh_from_db()
    with pytest.raises(Refused, match="closed"):
        actions.open_again(remark, version=remark.version, by=boss)
