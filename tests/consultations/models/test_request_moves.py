"""Every pair of states: which a request may go from and to."""

import pytest

from consultations.choices import State
from consultations.models import SupportRequest
from core.states import Refused, move
from tests.factories.consultations import SupportRequestFactory

ALLOWED = {
    ("new", "open"),
    ("new", "duplicate"),
    ("new", "withdrawn"),
    ("new", "referred"),
    ("new", "spam"),
    ("open", "waiting_requester"),
    ("open", "waiting_expert"),
    ("open", "answered"),
    ("open", "duplicate"),
    ("open", "withdrawn"),
    ("open", "referred"),
    ("open", "spam"),
    ("waiting_requester", "open"),
    ("waiting_requester", "answered"),
    ("waiting_requester", "closed"),
    ("waiting_requester", "withdrawn"),
    ("waiting_requester", "referred"),
    ("waiting_expert", "open"),
    ("waiting_expert", "waiting_requester"),
    ("waiting_expert", "answered"),
    ("waiting_expert", "withdrawn"),
    ("waiting_expert", "referred"),
    ("answered", "open"),
    ("answered", "waiting_requester"),
    ("answered", "closed"),
    ("closed", "open"),
    ("duplicate", "open"),
    ("withdrawn", "open"),
    ("referred", "open"),
    ("referred", "closed"),
    ("spam", "open"),
}
# What the database asks of a request in some states.
NEEDED = {"referred": {"referred_to": "Úřad práce"}}


@pytest.fixture
def first(db: None) -> SupportRequest:
    return SupportRequestFactory(with_contact=False)


@pytest.mark.parametrize("after", State.values)
@pytest.mark.parametrize("before", State.values)
def test_move(first: SupportRequest, before: str, after: str) -> None:
    def needed(state: str) -> dict[str, object]:
        return {"duplicate_of": first} if state == "duplicate" else NEEDED.get(state, {})

    request = SupportRequestFactory(state=before, with_contact=False, **needed(before))
    if (before, after) in ALLOWED:
        move(request, after, also=needed(after))
        request.refresh_from_db()
        assert (request.state, request.version) == (after, 2)
    else:
        with pytest.raises(Refused):
            move(request, after, also=needed(after))
        request.refresh_from_db()
        assert (request.state, request.version) == (before, 1)
