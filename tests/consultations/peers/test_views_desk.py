"""Asking a colleague at the desk: whom, the form with its check, the question's page, into the answer."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from consultations.choices import PeerState
from consultations.models import Draft, PeerQuestion, SupportRequest
from municipalities.models import Municipality, Succession
from tests.factories.consultations import SupportRequestFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.peers import PeerQuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultant(log_in: Any) -> Client:
    return log_in("consultant")[0]


@pytest.fixture
def case() -> SupportRequest:
    return SupportRequestFactory(open=True, municipality=MunicipalityFactory(name="Hranice"))


@pytest.fixture
def helper() -> Municipality:
    return MembershipFactory(municipality__name="Štětí", municipality__slug="steti").municipality


def there(case: SupportRequest) -> str:
    return f"/cs/desk/requests/{case.reference}/peers/"


def written(**changes: Any) -> dict[str, Any]:
    due = timezone.localdate() + timedelta(days=14)
    return {"question": "Jak na majitele bytů?", "due_on": due.isoformat(), **changes}


def test_from_the_list_to_the_question(consultant, case, helper):
    page = consultant.get(there(case)).content.decode()
    assert f"{there(case)}steti/ask/" in page
    assert "stejná velikost" in page

    answer = consultant.post(f"{there(case)}steti/ask/", written())

    question = PeerQuestion.objects.get()
    assert answer["Location"] == f"/cs/desk/peers/{question.pk}/"
    assert "Jak na majitele bytů?" in consultant.get(answer["Location"]).content.decode()


def test_a_find_comes_back_beside_the_field_and_is_kept_with_a_reason(consultant, case, helper):
    text = written(question="Volejte 602 123 456.")
    page = consultant.post(f"{there(case)}steti/ask/", text)
    assert "602 123 456" in str(page.context["form"].errors["question"])
    [one] = page.context["form"].finds
    ticked = {**text, "kept": [one.key]}
    assert "keep_reason" in consultant.post(f"{there(case)}steti/ask/", ticked).context["form"].errors

    consultant.post(f"{there(case)}steti/ask/", {**ticked, "keep_reason": "Linka úřadu"})

    question = PeerQuestion.objects.get()
    assert question.kept_finds == {one.key: {"found": "602 123 456", "reason": "Linka úřadu"}}
    assert "Linka úřadu" in consultant.get(question.get_desk_url()).content.decode()


def test_the_municipality_is_named_by_consent_only(consultant, case, helper):
    text = written(question="Hranice chtějí začít.")
    page = consultant.post(f"{there(case)}steti/ask/", text)
    assert "Hranice" in str(page.context["form"].errors["question"])
    named = {**text, "names_municipality": "on"}
    assert "consent" in consultant.post(f"{there(case)}steti/ask/", named).context["form"].errors

    consultant.post(f"{there(case)}steti/ask/", {**named, "consent": "Telefonem 24. 11."})

    assert PeerQuestion.objects.get().names_municipality


def test_what_cannot_be_asked_says_why_and_keeps_what_was_typed(consultant, case, helper):
    Municipality.objects.filter(pk=helper.pk).update(help_limit=0)
    page = consultant.post(f"{there(case)}steti/ask/", written())
    assert page.status_code == 422
    assert "Jak na majitele bytů?" in page.content.decode()


def test_an_answer_goes_into_the_draft_with_the_credit(consultant, case, helper):
    question = PeerQuestionFactory(request=case, municipality=helper, answered=True)

    consultant.post(
        f"/cs/desk/requests/{case.reference}/draft/answer/", {"peer": question.pk, "draft_version": "0"}
    )

    assert Draft.objects.get().text == "Nabídli jsme jim záruku za nájem.\n\nS pomocí obce Štětí."


def test_the_answer_of_another_request_cannot_be_put_in(consultant, case):
    other = PeerQuestionFactory(answered=True)
    data = {"peer": other.pk, "draft_version": "0"}
    assert consultant.post(f"/cs/desk/requests/{case.reference}/draft/answer/", data).status_code == 404


def test_taking_back_asks_first_and_notices_a_change(consultant, case, helper):
    question = PeerQuestionFactory(request=case, municipality=helper)
    revoke = f"/cs/desk/peers/{question.pk}/revoke/"
    assert consultant.get(revoke).status_code == 200
    assert consultant.post(revoke, {"version": "0"}).status_code == 409
    assert consultant.post(revoke, {"version": "1"}).status_code == 302
    question.refresh_from_db()
    assert question.state == PeerState.REVOKED


def test_the_desk_and_the_public_see_how_often_a_municipality_helped(consultant, client, helper):
    assert "Pomáhá jiným" not in client.get("/cs/municipalities/steti/").content.decode()
    PeerQuestionFactory(municipality=helper, answered=True)
    PeerQuestionFactory(municipality=helper)
    for reader, address in (
        (client, "/cs/municipalities/steti/"),
        (consultant, "/cs/desk/municipalities/steti/"),
    ):
        page = reader.get(address).content.decode()
        assert "Pomáhá jiným" in page
    assert "majitele" not in client.get("/cs/municipalities/steti/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(consultant, case, django_assert_num_queries, rows):
    for _row in range(rows):
        PeerQuestionFactory(request=case, municipality=MembershipFactory().municipality, answered=True)
    with django_assert_num_queries(13):
        consultant.get(there(case))


def test_who_asks_a_former_municipality_is_led_to_its_successor(consultant, case, helper):
    former = MunicipalityFactory(name="Lhotka", slug="lhotka", dissolved_on=date(2025, 1, 1))
    Succession.objects.create(
        before=former, after=helper, on=date(2025, 1, 1), fate="merged", source="Sbírka"
    )
    page = consultant.get(f"{there(case)}lhotka/ask/").content.decode()
    assert "Lhotka už není obcí od 1.\u00a0ledna\u00a02025. Dnes je to Štětí" in page
    assert f'href="{there(case)}steti/ask/"' in page
    assert 'name="question"' not in page
