"""Filters under a name: kept, replaced, changed by whom, removed, brought back; who takes the list away."""

from collections.abc import Callable
from typing import Any

import pytest

from consultations.desk.actions import filters
from consultations.models import SavedFilter
from tests.factories.accounts import UserFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TAKEN = ["There is a filter “Mine” already."]


def saved(name: str = "Mine", **options: Any) -> SavedFilter:
    return filters.save(name=name, query="state=new", by=options.pop("by", None) or UserFactory(), **options)


def test_a_filter_is_kept_behind_the_others_of_its_owner() -> None:
    me = UserFactory()
    first, second = saved("A", by=me), saved("B", by=me, is_shared=True)
    assert (first.position, second.position, second.query) == (1, 2, "state=new")
    assert written(second) == [("filter.save", me.pk, {"shared": True})]


def test_nothing_is_no_filter() -> None:
    assert refusal(filters.save, name="Mine", query="", by=UserFactory()) == [
        "Nothing is filtered yet. Choose a filter first."
    ]


def test_a_name_is_given_once_by_each() -> None:
    mine = saved()
    saved(by=UserFactory())
    assert refusal(filters.save, name="Mine", query="state=open", by=mine.owner) == TAKEN
    assert list(SavedFilter.objects.filter(owner=mine.owner).values_list("query", flat=True)) == ["state=new"]


def test_one_of_the_same_name_is_replaced_only_when_asked() -> None:
    me = UserFactory()
    filters.save(name="Mine", query="state=open", by=me)
    filters.save(name="Mine", query="state=new", by=me, replaces=True)
    assert SavedFilter.objects.get().query == "state=new"


def test_there_are_thirty_at_most_and_each_of_them_can_be_replaced() -> None:
    me = UserFactory()
    for number in range(30):
        saved(f"{number}", by=me)
    assert refusal(saved, "one more", by=me) == ["You have 30 filters. Remove one first."]
    filters.save(name="7", query="state=open", by=me, replaces=True)
    assert SavedFilter.objects.get(name="7").query == "state=open"


def test_shared_ones_stand_behind_ones_own_and_stay_when_their_owner_leaves() -> None:
    me, gone, other = UserFactory(), UserFactory(is_active=False), UserFactory()
    shared = saved("A", by=gone, is_shared=True)
    own = [saved(name, by=me) for name in ("Z", "Y")]
    saved("B", by=other)
    assert list(SavedFilter.objects.for_list(me)) == [*own, shared]
    filters.move_up(own[1], by=me)
    assert list(SavedFilter.objects.for_list(me)) == [own[1], own[0], shared]
    filters.rename(shared, name="Ours", by=me)
    assert written(shared)[-1] == ("filter.rename", me.pk, {})


@pytest.mark.parametrize(
    "change",
    [
        lambda row, by: filters.rename(row, name="Ours", by=by),
        lambda row, by: filters.share(row, is_shared=False, by=by),
        lambda row, by: filters.move_up(row, by=by),
        lambda row, by: filters.remove(row, by=by),
        lambda row, by: filters.restore(row, by=by),
    ],
)
def test_a_colleagues_filter_is_not_changed(change: Callable[[SavedFilter, Any], None]) -> None:
    theirs = saved(by=UserFactory(name="Eva Malá"), is_shared=True)
    assert refusal(change, theirs, UserFactory()) == ["This filter is Eva Malá’s. Save one of your own."]
    row = SavedFilter.objects.get()
    assert (row.name, row.is_shared, row.removed_at, len(written(row))) == ("Mine", True, None, 1)


def test_what_is_done_to_a_filter_is_written_down() -> None:
    row = saved()
    me = row.owner
    filters.share(row, is_shared=True, by=me)
    filters.share(row, is_shared=False, by=me)
    # The first one has nowhere to go.
    filters.move_up(row, by=me)
    filters.remove(row, by=me)
    assert SavedFilter.objects.get().removed_at is not None
    filters.restore(row, by=me)
    deeds = ["save", "share", "keep_private", "remove", "restore"]
    assert [verb for verb, _by, _details in written(row)] == [f"filter.{deed}" for deed in deeds]


def test_no_two_get_the_same_name_by_renaming_or_bringing_back() -> None:
    first = saved()
    me = first.owner
    second = saved("Second", by=me)
    assert refusal(filters.rename, second, name="Mine", by=me) == TAKEN
    filters.remove(first, by=me)
    third = saved(by=me)
    assert refusal(filters.restore, first, by=me) == TAKEN
    assert list(SavedFilter.objects.for_list(me)) == [SavedFilter.objects.get(name="Second"), third]


def test_a_removed_one_is_kept_until_the_next_is_removed() -> None:
    me = UserFactory()
    first, second = saved("A", by=me), saved("B", by=me)
    filters.remove(first, by=me)
    assert SavedFilter.objects.filter(pk=first.pk).exists()
    filters.remove(second, by=me)
    assert list(SavedFilter.objects.all()) == [second]


def test_who_takes_the_list_away_is_written_down_without_what_was_looked_for() -> None:
    me = UserFactory()
    filters.note_export("state=new&q=Nováková", by=me)
    assert written(me) == [("request.export", me.pk, {"filters": ["state", "q"]})]
