"""What waits behind the entries of a menu and the bell: bounded, and all in one query."""

import pytest

from accounts.permissions import Permission, Role
from consultations.models import SupportRequest
from core.notices import actions, counts
from core.notices.counts import BELL, counts_for, forget, kept_counts_for, label_of
from tests.core.notices.conftest import WATCHED
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trial_entries(monkeypatch):
    monkeypatch.setattr(counts, "_sources", {})
    counts.add("trial", SupportRequest.objects.visible_to, permission=Permission.VIEW_REQUESTS)
    counts.add("empty", lambda _user: SupportRequest.objects.none(), permission=Permission.VIEW_DESK)
    counts.add("closed", SupportRequest.objects.visible_to, permission=Permission.MANAGE_USERS)


def test_all_in_one_query(django_assert_num_queries):
    user, case = UserFactory(), SupportRequestFactory()
    actions.notify(WATCHED.key, case, user, case.get_desk_url, reference=case.reference)
    with django_assert_num_queries(1):
        found = counts_for(user, [BELL, "trial", "empty", "closed", "unknown"])
    assert found == {BELL: 1, "trial": 1, "empty": 0}


def test_counting_stops(monkeypatch):
    monkeypatch.setattr(counts, "MOST", 2)
    SupportRequestFactory.create_batch(5)
    assert counts_for(UserFactory(), ["trial"]) == {"trial": 3}


def test_nothing_is_asked_where_nothing_can_wait(django_assert_num_queries):
    official = UserFactory(role=Role.OFFICIAL)
    with django_assert_num_queries(0):
        assert counts_for(official, ["trial"]) == {}


def test_a_count_is_kept_until_its_account_does_something(django_assert_num_queries):
    user, other = UserFactory(), UserFactory()
    assert kept_counts_for(user, ["trial"]) == {"trial": 0}
    SupportRequestFactory()
    with django_assert_num_queries(0):
        assert kept_counts_for(user, ["trial"]) == {"trial": 0}
    forget(other)
    assert kept_counts_for(user, ["trial"]) == {"trial": 0}
    forget(user)
    assert kept_counts_for(user, ["trial"]) == {"trial": 1}


def test_a_page_slower_than_ones_own_doing_keeps_nothing_old(monkeypatch):
    user = UserFactory()

    def overtaken(user, entries):
        found = counts_for(user, entries)
        # While the page is drawn, its reader does something elsewhere.
        SupportRequestFactory()
        forget(user)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(counts, "counts_for", overtaken)
        assert kept_counts_for(user, ["trial"]) == {"trial": 0}
    assert kept_counts_for(user, ["trial"]) == {"trial": 1}


def test_without_a_cache_it_is_counted_anew(monkeypatch):
    def away(*_given, **_options):
        raise ConnectionError

    for name in ("get_many", "set"):
        monkeypatch.setattr(f"core.notices.counts.cache.{name}", away)
    user = UserFactory()
    assert kept_counts_for(user, ["trial"]) == {"trial": 0}
    SupportRequestFactory()
    forget(user)
    assert kept_counts_for(user, ["trial"]) == {"trial": 1}


@pytest.mark.parametrize(("count", "label"), [(0, ""), (1, "1"), (99, "99"), (100, "99+")])
def test_labels(count, label):
    assert label_of(count) == label
