"""Terms on which something hangs become one, shown on topics and target groups."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from consultations.models import SummaryEdition, SupportRequest, TargetGroup, Topic, TopicWatch
from core.audit import entries_of, words
from core.audit.terms import asked_today, merge, uses
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory, SupportRequestFactory, TopicFactory
from tests.factories.prepared import PreparedAnswerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(role="editor")


def used(topic, other, watcher):
    """Let everything that can point at a topic do so."""
    request = SupportRequestFactory(topic=topic)
    both = SupportRequestFactory(topic=other)
    both.other_topics.set([topic, other])
    edition = SummaryEditionFactory(published=True, topic=topic)
    edition.other_topics.set([topic])
    prepared = PreparedAnswerFactory(topic=topic)
    for one in (topic, other):
        TopicWatch.objects.create(topic=one, user=watcher)
    TopicWatch.objects.create(topic=topic, user=UserFactory())
    return request, both, edition, prepared


def test_everything_moves_and_nothing_stands_twice(by, django_assert_max_num_queries):
    old, new = TopicFactory(slug="old"), TopicFactory(slug="new")
    request, both, edition, prepared = used(old, new, by)
    assert dict(uses(old)) == {
        "supportrequest": 2, "summaryedition": 2, "preparedanswer": 1, "topicwatch": 2,
    }  # fmt: skip
    with django_assert_max_num_queries(40):
        merge(old, into=new, version=1, by=by)
    assert uses(old) == []
    for row in (request, edition, prepared):
        row.refresh_from_db()
        assert row.topic == new
    assert list(both.other_topics.all()) == [new]
    assert list(edition.other_topics.all()) == [new]
    assert TopicWatch.objects.filter(topic=new).count() == 2
    entry = entries_of(old).get()
    assert (entry.verb, entry.details["into"]) == ("words.merge", "new")


def test_the_history_of_the_other_one_says_what_was_merged_into_it(by):
    old, new = TopicFactory(name_cs="Nájmy", name_en=""), TopicFactory()
    merge(old, into=new, version=1, by=by)
    [change] = words.history(new)
    assert change.actor == by.name
    with override("en"):
        assert change.done == "merged “Nájmy” into it"
    with override("cs"):
        assert change.done == "sloučil(a) do ní položku „Nájmy“"


def test_its_name_leads_to_the_other_one_also_after_the_next_merge(by):
    first, second, third = TopicFactory(slug="a"), TopicFactory(slug="b"), TopicFactory(slug="c")
    merge(first, into=second, version=1, by=by)
    merge(second, into=third, version=1, by=by)
    assert Topic.objects.named("a") == Topic.objects.named("b") == third
    assert list(Topic.objects.in_use()) == [third]
    assert Topic.objects.named("nothing\x00") is None
    assert asked_today(QueryDict("topic=a&page=2"), topic=Topic).dict() == {"topic": "c", "page": "2"}


def test_the_number_of_statements_does_not_grow(by, django_assert_max_num_queries):
    old, new = TopicFactory(), TopicFactory()
    for _row in range(5):
        SupportRequestFactory(topic=old)
    with django_assert_max_num_queries(40):
        merge(old, into=new, version=1, by=by)
    assert SupportRequest.objects.filter(topic=new).count() == 5
    assert not SummaryEdition.objects.exists()


def test_what_cannot_be_merged_is_refused(by):
    old, new = TopicFactory(), TopicFactory()
    with pytest.raises(Refused):
        merge(old, into=old, version=1, by=by)
    with pytest.raises(Conflict):
        merge(old, into=new, version=7, by=by)
    merge(old, into=new, version=1, by=by)
    for wrong in ({"row": old, "into": new}, {"row": new, "into": old}):
        with pytest.raises(Refused):
            merge(wrong["row"], into=wrong["into"], version=wrong["row"].version, by=by)


def test_target_groups_are_merged_the_same_way(by):
    old = TargetGroup.objects.create(slug="x", name_cs="X", name_en="X", position=1)
    new = TargetGroup.objects.create(slug="y", name_cs="Y", name_en="Y", position=2)
    case = SupportRequestFactory()
    case.target_groups.set([old, new])
    merge(old, into=new, version=1, by=by)
    assert list(case.target_groups.all()) == [new]


def test_two_that_are_merged_into_each_other_at_once_are_not_both_gone(by):
    first, second = TopicFactory(slug="a"), TopicFactory(slug="b")
    as_seen = Topic.objects.get(slug="a")
    merge(first, into=second, version=1, by=by)
    with pytest.raises(Refused):
        merge(second, into=as_seen, version=1, by=by)
    assert list(Topic.objects.in_use()) == [second]


def test_into_one_that_was_retired_meanwhile_nothing_is_merged(by):
    first, second = TopicFactory(slug="a"), TopicFactory(slug="b")
    words.set_in_use(Topic.objects.get(slug="b"), in_use=False, by=by)
    with pytest.raises(Refused):
        merge(first, into=second, version=1, by=by)
    assert list(Topic.objects.in_use()) == [first]
