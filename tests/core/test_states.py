"""One state, one table: who moves it, and who wins of two."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Invitation
from consultations.models import SupportRequest
from core.outbox.mail import OutgoingMail, State
from core.states import Conflict, Refused, label, may_move, move, refuse_for, update, verb
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> OutgoingMail:
    return OutgoingMail.objects.create(kind="x", to="a@example.org", language="cs", message_id="<1@x>")


def test_move_sets_the_state_and_what_goes_with_it(row):
    move(row, State.SENDING, also={"tries": 3})

    assert (row.state, row.tries) == ("sending", 3)
    row.refresh_from_db()
    assert (row.state, row.tries) == ("sending", 3)


def test_move_refuses_what_the_table_does_not_have(row):
    with override("en"), pytest.raises(Refused) as refusal:
        move(row, State.SENT)

    assert refusal.value.reasons == ["“waiting to be sent” cannot become “sent”."]
    assert OutgoingMail.objects.get().state == "queued"


@pytest.mark.parametrize("to", State.values)
def test_may_move_reads_the_table(row, to):
    assert may_move(row, to) == (to in ("sending", "stopped"))


def test_nothing_leaves_a_last_state(row):
    OutgoingMail.objects.update(state=State.SENT)
    row.refresh_from_db()

    assert [state for state in State.values if may_move(row, state)] == []


def test_of_two_the_second_gets_a_conflict_with_the_row_as_it_is(row):
    other = OutgoingMail.objects.get()
    move(row, State.SENDING)

    with pytest.raises(Conflict) as conflict:
        move(other, State.SENDING)

    assert conflict.value.current.state == "sending"
    assert other.state == "queued"


def test_a_column_that_must_stay_guards_a_move_from_a_state_to_itself(row):
    move(row, State.SENDING, also={"tries": 1})
    other = OutgoingMail.objects.get()
    move(row, State.SENDING, also={"tries": 2}, unchanged=("tries",))

    with pytest.raises(Conflict):
        move(other, State.SENDING, also={"tries": 2}, unchanged=("tries",))


def test_the_version_guards_changes_within_one_state():
    mine = SupportRequestFactory()
    theirs = type(mine).objects.get()
    update(mine, also={"priority": mine.priority})
    assert mine.version == 2

    with pytest.raises(Conflict):
        update(theirs, also={"priority": theirs.priority})


def test_label_is_the_name_that_people_read(row):
    with override("en"):
        assert label(row, "failed") == "failed"
        assert label(row, "unheard of") == "unheard of"


def test_who_and_when_go_together():
    fields = {
        "email": "a@example.org",
        "name": "A",
        "role": "editor",
        "invited_by": UserFactory(),
        "link_digest": "d",
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(**fields, revoked_by=fields["invited_by"])


def test_a_verb_goes_on_without_reasons_and_says_all_of_them_otherwise():
    refuse_for(())
    with pytest.raises(Refused) as refusal:
        refuse_for(reason for reason in ("Proto.", "A proto."))
    assert refusal.value.reasons == ["Proto.", "A proto."]


def reasons_against_naming(row: OutgoingMail, *, by: str, loudly: bool) -> list[str]:
    return [f"{by} may not shout."] if loudly else []


@verb(against=reasons_against_naming)
def name(row: OutgoingMail, *, kind: str, by: str, loudly: bool = False) -> str:
    """Give the row a kind."""
    OutgoingMail.objects.filter(pk=row.pk).update(kind=kind)
    if kind == "torn":
        raise ValueError("torn")
    return kind


def test_a_verb_is_done_where_nothing_stands_against_it(row):
    assert name(row, kind="y", by="Eva") == "y"

    assert OutgoingMail.objects.get().kind == "y"
    assert name.__doc__ == "Give the row a kind."


def test_a_verb_is_refused_with_the_reasons_against_it(row):
    with pytest.raises(Refused) as refusal:
        name(row, kind="y", by="Eva", loudly=True)

    assert refusal.value.reasons == ["Eva may not shout."]
    assert OutgoingMail.objects.get().kind == "x"


def test_a_verb_that_breaks_off_has_done_nothing(row):
    with pytest.raises(ValueError, match="torn"):
        name(row, kind="torn", by="Eva")

    assert OutgoingMail.objects.get().kind == "x"


def reasons_against_sealing(row: SupportRequest) -> list[str]:
    return ["It has an answer."] if row.answered_at else []


@verb(against=reasons_against_sealing, versioned=True)
def seal(row: SupportRequest, *, version: int) -> None:
    update(row, also={"subject": "sealed"})


def test_a_versioned_verb_is_for_what_was_seen_whatever_else_stands_against_it():
    case = SupportRequestFactory(answered_at=timezone.now())
    with pytest.raises(Conflict):
        seal(case, version=case.version + 1)
    with pytest.raises(Refused):
        seal(case, version=case.version)
