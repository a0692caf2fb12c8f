"""How a requester can be reached: added and corrected behind the link, and who is written to for it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from consultations.choices import Receipt, State
from consultations.intake.actions.reach import give_reach
from consultations.models import Participant, Person, SupportRequest
from consultations.requests.search import KIND
from core import search
from core.audit import AuditEntry, entries_of
from core.outbox.mail import OutgoingMail
from core.states import Refused
from tests.factories.consultations import PersonFactory, SupportRequestFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

EMAIL, PHONE = "nova@example.org", "+420602123456"


@pytest.fixture(autouse=True)
def _few(settings: Any) -> None:
    settings.RECEIPTS_PER_HOUR = 3


@pytest.fixture
def case() -> SupportRequest:
    return SupportRequestFactory(requester=PersonFactory(name="Jana", email="", phone=""))


def written_to() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("to", flat=True))


def test_both_are_added_told_of_and_found_at_the_desk(case: SupportRequest) -> None:
    person, version = case.requester_id, case.version
    assert give_reach(case, email=EMAIL, phone=PHONE) == Receipt.OWED
    case = SupportRequest.objects.get()
    assert (case.requester_id, case.requester.email, case.requester.phone) == (person, EMAIL, PHONE)
    assert case.version == version + 1
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.kind) == (EMAIL, "consultations/receipt")
    assert case.link_token in mail.text
    for words in (EMAIL, "602123456"):
        assert search.ids(words, kind=KIND, scope=search.DESK) == [case.pk]


def test_the_audit_says_what_was_changed_not_into_what(case: SupportRequest) -> None:
    give_reach(case, email=EMAIL, phone="")
    assert entries_of(case).get().details == {"fields": ["email"]}
    assert EMAIL not in str(list(AuditEntry.objects.values()))


def test_they_are_corrected_and_taken_away(case: SupportRequest) -> None:
    give_reach(case, email="stara@example.org", phone=PHONE)
    assert give_reach(case, email="", phone="") is None
    person = Person.objects.get()
    assert (person.email, person.phone) == ("", "")
    assert search.ids("stara@example.org", kind=KIND, scope=search.DESK) == []


def test_what_stays_as_it_is_is_no_change(case: SupportRequest) -> None:
    give_reach(case, email=EMAIL, phone=PHONE)
    assert give_reach(case, email=EMAIL, phone=PHONE) is None
    assert entries_of(case).count() == 1
    assert written_to() == [EMAIL]


def test_an_official_changes_it_at_the_account() -> None:
    case = SupportRequestFactory(official=True)
    with pytest.raises(Refused, match="address of the account"):
        give_reach(case, email=EMAIL, phone="")


# A person who stands on other requests ------------------------------------------------


@pytest.mark.parametrize("place", ["requester", "participant"])
def test_a_link_changes_nothing_of_other_requests(case: SupportRequest, place: str) -> None:
    if place == "requester":
        other = SupportRequestFactory(requester=case.requester)
    else:
        other = SupportRequestFactory()
        Participant.objects.create(request=other, person=case.requester)
    shared = case.requester_id
    give_reach(case, email=EMAIL, phone="")
    case.refresh_from_db()
    assert (case.requester.email, case.requester.name) == (EMAIL, "Jana")
    assert case.requester_id != shared
    assert Person.objects.get(pk=shared).email == ""
    assert other.pk not in search.ids(EMAIL, kind=KIND, scope=search.DESK)


def test_what_was_merged_goes_along(case: SupportRequest) -> None:
    merged = SupportRequestFactory(
        requester=case.requester, state=State.DUPLICATE, duplicate_of=case, is_merged=True
    )
    other = SupportRequestFactory(requester=case.requester)
    give_reach(merged, email=EMAIL, phone="")
    case.refresh_from_db()
    merged.refresh_from_db()
    other.refresh_from_db()
    assert case.requester_id == merged.requester_id != other.requester_id
    assert case.requester.email == EMAIL


# Nobody can have a stranger flooded ----------------------------------------------------


def test_one_address_is_told_once_of_one_request(case: SupportRequest) -> None:
    told = [give_reach(case, email=email, phone="") for email in (EMAIL, "b@example.org", EMAIL.upper())]
    assert told == [Receipt.OWED, Receipt.OWED, Receipt.ENOUGH]
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        give_reach(case, email="c@example.org", phone="")
        assert give_reach(case, email=EMAIL, phone="") == Receipt.ENOUGH


def test_one_request_tells_few_addresses_in_a_day(case: SupportRequest) -> None:
    told = [give_reach(case, email=f"a{number}@example.org", phone="") for number in range(5)]
    assert told == [Receipt.OWED] * 3 + [Receipt.ENOUGH] * 2
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert give_reach(case, email="b@example.org", phone="") == Receipt.OWED


def test_one_address_is_told_of_few_requests_in_an_hour() -> None:
    long_ago = timezone.now() - timedelta(days=2)
    cases = [
        SupportRequestFactory(requester=PersonFactory(email=""), received_at=long_ago) for _number in range(5)
    ]
    told = [give_reach(case, email=EMAIL, phone="") for case in cases]
    assert told == [Receipt.OWED] * 3 + [Receipt.ENOUGH] * 2


def test_the_limit_holds_for_what_the_desk_wrote_down_too() -> None:
    cases = [
        SupportRequestFactory(requester=PersonFactory(email=""), channel="phone") for _number in range(4)
    ]
    told = [give_reach(case, email=EMAIL, phone="") for case in cases]
    assert told[-1] == Receipt.ENOUGH
