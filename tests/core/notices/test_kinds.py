"""What can be told, and who finds it in their settings."""

import re

from django.utils.translation import override

from accounts.models import User
from accounts.permissions import Role
from core.notices.kinds import How, _groups, _kinds, grouped_for, kinds_for
from tests.core.notices.conftest import ASSIGNED, OF_PLACES, WATCHED


def test_usual_by_role():
    assert ASSIGNED.usual_for(User(role=Role.CONSULTANT)) == How.AT_ONCE
    assert ASSIGNED.usual_for(User(role=Role.EDITOR)) == How.PORTAL


def test_only_what_an_account_may_be_told():
    official, staff = User(role=Role.OFFICIAL), User(role=Role.CONSULTANT)
    assert OF_PLACES in kinds_for(official)
    assert not [kind for kind in kinds_for(official) if kind in (ASSIGNED, WATCHED)]
    assert OF_PLACES not in kinds_for(staff)


def test_in_groups_under_their_headings():
    with override("en"):
        groups = dict(grouped_for(User(role=Role.CONSULTANT)))
    assert groups["Trial"] == [ASSIGNED, WATCHED]


def test_every_kind_stands_under_a_heading():
    assert [key for key in _kinds if not _groups[key]] == []


def test_every_sentence_says_the_same_words_in_both_languages():
    for kind in _kinds.values():
        said = []
        for language in ("cs", "en"):
            with override(language):
                said.append(set(re.findall(r"%\((\w+)\)s", str(kind.sentence))))
        assert said[0] == said[1], kind.key
