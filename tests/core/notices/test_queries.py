"""Which notices may be shown, asked for many at once."""

import pytest

from core.notices.kinds import How
from core.notices.models import Notice, NoticeChoice
from core.notices.queries import batches, visible, ways_of
from tests.core.notices.conftest import ASSIGNED, OF_PLACES
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.municipalities import MembershipFactory
from tests.factories.peers import PeerQuestionFactory

pytestmark = pytest.mark.django_db


def notice(receiver, about, kind=ASSIGNED):
    return Notice(kind=kind.key, receiver=receiver, about_kind=about._meta.model_name, about_id=about.pk)


def test_each_reader_by_what_they_may_see(django_assert_num_queries):
    staff, member, other = UserFactory(), MembershipFactory(), MembershipFactory()
    ours = SupportRequestFactory(official=True, municipality=member.municipality)
    theirs = SupportRequestFactory(official=True, municipality=other.municipality)
    notices = [
        notice(reader, case, kind)
        for reader, kind in ((staff, ASSIGNED), (member.user, OF_PLACES), (other.user, OF_PLACES))
        for case in (ours, theirs)
    ]
    # One, and one for each official's municipalities.
    with django_assert_num_queries(3):
        found = visible(notices)
    assert [(row.receiver, row.about_id) for row in found] == [
        (staff, ours.pk), (staff, theirs.pk), (member.user, ours.pk), (other.user, theirs.pk),
    ]  # fmt: skip


def test_nothing_without_the_kinds_permission_or_after_the_thing_is_gone():
    official, staff, case = MembershipFactory().user, UserFactory(), SupportRequestFactory()
    told = [notice(official, case), notice(staff, case)]
    assert [row.receiver for row in visible(told)] == [staff]
    case.delete()
    assert visible(told) == []


def test_things_of_several_kinds():
    staff, case, question = UserFactory(), SupportRequestFactory(), PeerQuestionFactory()
    told = [notice(staff, case), notice(staff, question)]
    assert visible(told) == told


def test_many_readers():
    case, people = SupportRequestFactory(), UserFactory.create_batch(205)
    assert len(visible(notice(user, case) for user in people)) == 205


def test_ways_in_one_query(django_assert_num_queries):
    one, other, case = UserFactory(), UserFactory(), SupportRequestFactory()
    NoticeChoice.objects.create(user=one, kind=ASSIGNED.key, how=How.NEVER)
    with django_assert_num_queries(1):
        ways = ways_of([notice(one, case), notice(other, case)])
    assert [how for _row, how in ways] == [How.NEVER, How.AT_ONCE]


def test_batches():
    assert [list(part) for part in batches([1, 2, 3, 4, 5], 2)] == [[1, 2], [3, 4], [5]]
