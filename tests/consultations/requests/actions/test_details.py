"""What the desk keeps about a request beside the conversation."""

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from accounts.models import User
from consultations.models import ShortCode, SupportRequest
from consultations.requests.actions import details
from core import audit, search
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory, SupportRequestFactory, TopicFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.short_code import a_code

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


@pytest.fixture
def consultant() -> User:
    return UserFactory()


def test_edit_details(consultant: User) -> None:
    request, other = SupportRequestFactory(), TopicFactory()
    wanted = {
        "subject": "Vystěhování",
        "other_topics": [other],
        "municipality": MunicipalityFactory(),
        "home_at_risk_by": date(2027, 1, 31),
        "phone": "+420601123456",
    }
    details.edit_details(request, details=wanted, by=consultant)
    request = SupportRequest.objects.get(pk=request.pk)
    assert (request.subject, request.municipality) == ("Vystěhování", wanted["municipality"])
    assert list(request.other_topics.all()) == [other]
    assert request.requester.phone == "+420601123456"
    assert audit.entries_of(request).get().details == {
        "fields": ["subject", "municipality", "home_at_risk_by", "phone"]
    }
    assert search.ids("vystěhování", kind="request") == [request.pk]


def test_an_officials_request_stays_with_its_municipality(consultant: User) -> None:
    request = SupportRequestFactory(official=True)
    wanted = {"municipality": MunicipalityFactory()}
    with pytest.raises(Refused) as refusal:
        details.edit_details(request, details=wanted, by=consultant)
    assert refusal.value.reasons == [
        "An official asked this for the municipality; it cannot be moved to another one."
    ]


def test_two_edit_at_once(consultant: User) -> None:
    first = SupportRequestFactory()
    second = SupportRequest.objects.get(pk=first.pk)
    details.edit_details(first, details={"subject": "První"}, by=consultant)
    with pytest.raises(Conflict):
        details.edit_details(second, details={"subject": "Druhý"}, by=consultant)


def test_sensitive_note_is_for_few(consultant: User) -> None:
    request = SupportRequestFactory()
    details.set_sensitive_note(request, note=" Násilí ", by=consultant)
    request.refresh_from_db()
    assert request.sensitive_note == "Násilí"
    assert audit.entries_of(request).get().details == {"empty": False}
    assert search.ids("násilí", kind="request") == []
    with pytest.raises(Refused) as refusal:
        details.set_sensitive_note(request, note="", by=UserFactory(editor=True))
    assert refusal.value.reasons == ["Your role does not see sensitive notes."]


def test_add_participant_found_or_made(consultant: User) -> None:
    request, known = SupportRequestFactory(), PersonFactory(phone="+420601123456")
    found = details.add_participant(request, phone="+420601123456", relation="dcera", by=consultant)
    made = details.add_participant(request, name="Eva Malá", by=consultant)
    assert (found.person, found.relation) == (known, "dcera")
    assert made.person.name == "Eva Malá"
    assert search.ids("Malá", kind="request") == [request.pk]


def test_add_participant_is_refused(consultant: User) -> None:
    request = SupportRequestFactory(requester__phone="+420601123456")
    details.add_participant(request, email="eva@example.org", by=consultant)
    for contact in ({"phone": "+420601123456"}, {"email": "eva@example.org"}):
        with pytest.raises(Refused) as refusal:
            details.add_participant(request, **contact, by=consultant)
        assert refusal.value.reasons == ["This person already belongs to the request."]
    with pytest.raises(Refused) as refusal:
        details.add_participant(request, relation="dcera", by=consultant)
    assert refusal.value.reasons == ["Write at least a name or a contact."]


def test_renew_link(consultant: User) -> None:
    request = SupportRequestFactory()
    before = request.link_token
    details.renew_link(request, by=consultant)
    request.refresh_from_db()
    assert request.link_token != before
    assert not SupportRequest.objects.behind_link(before).exists()
    assert SupportRequest.objects.behind_link(request.link_token).get() == request
    assert request.link_token not in str(audit.entries_of(request).get().details)


def test_a_new_link_ends_the_short_code_that_stood_behind_the_old_one(consultant: User) -> None:
    code = a_code()
    details.renew_link(code.request, by=consultant)
    assert not ShortCode.objects.exists()


def test_an_editor_is_refused_all() -> None:
    request, editor = SupportRequestFactory(), UserFactory(editor=True)
    for reasons in (
        details.reasons_against_editing,
        details.reasons_against_adding_participant,
        details.reasons_against_renewing_link,
    ):
        assert reasons(request, by=editor) == ["Your role reads requests but does not work on them."]
    with pytest.raises(Refused):
        details.renew_link(request, by=editor)
