"""The tab "Related", and one answer to several."""

import re
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from consultations.choices import State
from consultations.models import PersonMerge, Rearrangement, SupportRequest
from consultations.related.actions.merge import merge, reasons_against_merging, undo_merge
from consultations.related.actions.persons import merge_persons
from consultations.related.actions.split import split, undo_split
from consultations.requests.search import index_request
from core.outbox.mail import OutgoingMail
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, PersonFactory, SupportRequestFactory
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def at(name: str, request: SupportRequest, *more: int) -> str:
    return reverse(name, args=[request.reference, *more])


def test_merge_and_undo(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    person = PersonFactory()
    a, b = SupportRequestFactory(requester=person), SupportRequestFactory(requester=person)
    client.post(at("desk-related-merge", a), {"version": a.version, "of": b.reference})
    done = Rearrangement.objects.get()
    assert b.contacts.count() == 2
    assert b.reference in client.get(at("desk-related", a)).content.decode()
    # The link of the merged one shows all of it, and never the other's address.
    page = client.get(a.get_link()).content.decode()
    assert b.reference in page
    assert b.link_token not in page
    client.post(at("desk-related-undo", a, done.pk))
    assert (a.contacts.count(), b.contacts.count()) == (1, 1)


def test_that_it_is_the_same_person_is_one_step_of_merging(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    a, b = (SupportRequestFactory(requester__name=name, requester__phone="") for name in ("Jana", "Jana N."))
    sent = {"version": a.version, "of": b.reference}
    response = client.post(at("desk-related-merge", a), {**sent, "found": "", "same_person": ""})
    assert response.status_code == 200
    assert "Tick it if they are one person" in response.content.decode()
    assert 'role="alert"' not in response.content.decode()
    # Whoever was asked and did not tick it is told so.
    again = client.post(at("desk-related-merge", a), sent)
    assert again.status_code == 422
    assert 'role="alert"' in again.content.decode()
    assert 'type="checkbox" name="same_person"' in response.content.decode()

    client.post(at("desk-related-merge", a), {**sent, "same_person": "on"})

    done, persons = Rearrangement.objects.get(), PersonMerge.objects.get()
    assert (done.source, done.target) == (a, b)
    assert (persons.person, persons.into) == (a.requester, b.requester)
    # What was one step is undone by one.
    undo_merge(done, by=me)
    assert SupportRequest.objects.get(pk=a.pk).requester == a.requester


def test_the_other_request_is_found_by_whose_it_is(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    a = SupportRequestFactory()
    b, c = (SupportRequestFactory(requester__name="Božena Tichá", subject=subject) for subject in "BC")
    for case in (a, b, c):
        index_request(case)
    sent = {"version": a.version, "of": "ticha bozena"}
    first = client.post(at("desk-related-merge", a), {**sent, "found": "", "same_person": ""})
    html = first.content.decode()
    assert first.status_code == 200
    assert "These requests fit. Choose the right one." in html
    assert 'role="alert"' not in html
    for case in (b, c):
        assert f'value="{case.reference}"' in html
    assert client.post(at("desk-related-merge", a), {**sent, "same_person": ""}).status_code == 422
    chosen = client.post(at("desk-related-merge", a), {**sent, "found": c.reference}).content.decode()
    assert "Tick it if they are one person" in chosen
    client.post(at("desk-related-merge", a), {**sent, "found": c.reference, "same_person": "on"})
    assert Rearrangement.objects.get().target == c
    nobody = client.post(at("desk-related-merge", b), {"version": b.version, "of": "xyzzy"})
    assert "No request has this reference or these words." in nobody.content.decode()


def test_an_account_and_a_visitor_stay_apart_whatever_is_ticked(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    a, b = SupportRequestFactory(), SupportRequestFactory(requester__user=UserFactory(official=True))
    sent = {"version": a.version, "of": b.reference, "same_person": "on"}
    response = client.post(at("desk-related-merge", a), sent)
    assert response.status_code == 422
    assert "The two stay apart." in response.content.decode()
    assert not PersonMerge.objects.exists()


def test_an_old_page_does_not_merge(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    person = PersonFactory()
    a, b = SupportRequestFactory(requester=person), SupportRequestFactory(requester=person)
    response = client.post(at("desk-related-merge", a), {"version": 99, "of": b.reference})
    assert (response.status_code, Rearrangement.objects.count()) == (409, 0)


def test_split_and_link(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    a, b = SupportRequestFactory(), SupportRequestFactory()
    second = ContactFactory(request=a)
    data = {"version": a.version, "contacts": [second.pk], "subject": "Second"}
    assert client.post(at("desk-related-split", a), data).status_code == 302
    second.refresh_from_db()
    assert second.request.subject == "Second"
    assert OutgoingMail.objects.count() == 0
    a.refresh_from_db()
    client.post(at("desk-related-link", a), {"version": a.version, "of": b.reference})
    link = a.links_onward.get(second=b)
    client.post(at("desk-related-unlink", a, link.pk))
    assert not a.links_onward.filter(second=b).exists()


def test_one_answer_to_several_goes_once_to_each_that_can_have_it(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    new, mine = SupportRequestFactory(), SupportRequestFactory(open=True, assignee=me)
    closed = SupportRequestFactory(closed=True)
    address = at("desk-several", new)
    key = re.search(r'name="idempotency_key" value="([^"]+)"', client.get(address).content.decode())[1]
    references = " ".join(row.reference for row in (new, mine, closed))
    data = {"references": references, "text": "Stejná rada.", "certainty": "", "idempotency_key": key}

    preview = client.post(address, data).content.decode()
    assert OutgoingMail.objects.count() == 0
    assert "Send to 2 requesters" in preview

    for _time in range(2):
        page = client.post(address, {**data, "previewed": references, "send": "1"})
        assert page.status_code == 200
    states = [SupportRequest.objects.get(pk=row.pk).state for row in (new, mine, closed)]
    assert states == [State.ANSWERED, State.ANSWERED, State.CLOSED]
    assert OutgoingMail.objects.count() == 2


def test_the_page_calls_one_persons_what_can_be_merged(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    one, other = (SupportRequestFactory(requester=PersonFactory(email="a@example.org")) for _row in "ab")
    page = client.get(at("desk-related", one)).content.decode()
    same_person, same_address = page.split('id="same-address"')
    assert (other.reference in same_person, other.reference in same_address) == (False, True)
    assert reasons_against_merging(one, into=other, by=me) != []

    merge_persons(one.requester, into=other.requester, by=me)

    one.refresh_from_db()
    page = client.get(at("desk-related", one)).content.decode()
    assert (other.reference in page, 'id="same-address"' in page) == (True, False)
    assert reasons_against_merging(one, into=other, by=me) == []


def test_messages_by_numbers_that_no_row_has_are_refused(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    a = SupportRequestFactory()
    ContactFactory(request=a)
    for number in ("9" * 31, str(2**63), "-1"):
        for data in ({"version": a.version, "contacts": [number]}, {"version": number, "contacts": [1]}):
            response = client.post(at("desk-related-split", a), {**data, "subject": "Second"})
            assert (response.status_code, Rearrangement.objects.count()) == (422, 0)


def test_the_tab_costs_the_same_for_any_number_of_rows(log_in: LogIn, django_assert_num_queries: Any) -> None:
    client, me = log_in("consultant")
    case = SupportRequestFactory(with_contact=False)
    client.get(at("desk-related", case))
    for rows in (1, 3):
        while case.links_onward.count() < rows:
            _everything_related(case, me)
        with django_assert_num_queries(15):
            assert client.get(at("desk-related", case)).status_code == 200


def _everything_related(case: SupportRequest, by: User) -> None:
    """Add a row to each list of the tab: merged, split off, linked, asked anew, of the same person."""
    merged, near = SupportRequestFactory(requester=case.requester), SupportRequestFactory(follows=case)
    merge(merged, into=SupportRequest.objects.get(pk=case.pk), by=by)
    gone = ContactFactory(request=case)
    split(SupportRequest.objects.get(pk=case.pk), contacts=[gone], subject="Second", by=by)
    assert near.follows == case


def test_the_requester_is_led_to_what_was_split_off_until_that_is_undone(client: Any) -> None:
    me = UserFactory()
    case = SupportRequestFactory()
    gone = ContactFactory(request=case, person=case.requester)
    new = split(case, contacts=[gone], subject="Dluh na nájemném", by=me)
    page = client.get(case.get_link()).content.decode()
    assert f'<a href="{new.get_link()}">Dluh na nájemném</a>' in page

    SupportRequest.objects.filter(pk=new.pk).update(requester=PersonFactory())
    assert new.link_token not in client.get(case.get_link()).content.decode()

    SupportRequest.objects.filter(pk=new.pk).update(requester=case.requester)
    undo_split(Rearrangement.objects.get(), by=me)
    assert new.link_token not in client.get(case.get_link()).content.decode()


def test_the_official_is_led_to_it_on_their_own_pages(log_in: LogIn) -> None:
    client, official = log_in("official")
    member = MembershipFactory(user=official)
    case = SupportRequestFactory(is_official=True, municipality=member.municipality, created_by=official)
    gone = ContactFactory(request=case, person=case.requester)
    new = split(case, contacts=[gone], subject="Dluh na nájemném", by=UserFactory())
    page = client.get(case.get_my_url()).content.decode()
    assert f'<a href="{new.get_my_url()}">Dluh na nájemném</a>' in page
    assert new.link_token not in page
