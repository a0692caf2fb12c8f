"""A kind of notices for the tests of the engine."""

from dataclasses import replace

import pytest

from accounts.permissions import Permission, Role
from core.notices import kinds
from core.notices.kinds import How, Kind

ASSIGNED = Kind(
    key="trial/assigned",
    label="A request is assigned to me",
    sentence="%(who)s assigned %(reference)s to you.",
    permission=Permission.VIEW_REQUESTS,
    usual=How.AT_ONCE,
    usual_of={Role.EDITOR: How.PORTAL},
)
WATCHED = replace(ASSIGNED, key="trial/watched", sentence="%(reference)s goes on.", usual=How.DIGEST)
OF_PLACES = replace(WATCHED, key="trial/of_places", permission=Permission.SPEAK_FOR_MUNICIPALITY)


@pytest.fixture(autouse=True)
def trial_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.setattr(kinds, "_groups", dict(kinds._groups))
    kinds.add(ASSIGNED, WATCHED, OF_PLACES, under="Trial")
