"""Deliveries at the desk: the list, the matrix, one delivery, and what is done to it."""

import pytest
from django.urls import reverse

from accounts.permissions import Role
from municipalities.hooks import decisions_for
from tests.factories.attendance import AttendeeFactory, VisitInvitationFactory
from tests.factories.deliveries import DeliveryFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.visits.deliveries.parts import edition_of, invited, told
from visits.choices import DeliveryState
from visits.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def desk(log_in):
    client, user = log_in(Role.COORDINATOR)
    client.user = user
    return client


def failed(**fields):
    return DeliveryFactory(state=DeliveryState.FAILED, failed_at="2026-11-30 08:00Z", **fields)


def shown(page):
    return [row.pk for row in page.context["page"].items]


def test_the_list_is_filtered_by_state_visit_and_municipality(desk):
    stuck, sent = failed(email=""), DeliveryFactory(state=DeliveryState.SENT)
    follower = failed(municipality=None)
    address = reverse("desk-deliveries")
    assert shown(desk.get(address)) == [follower.pk, sent.pk, stuck.pk]
    assert shown(desk.get(address + "?state=desk")) == [stuck.pk]
    assert shown(desk.get(address + "?state=sent")) == [sent.pk]
    assert shown(desk.get(address + f"?visit={sent.report.visit.slug}")) == [sent.pk]
    assert shown(desk.get(address + f"?municipality={stuck.municipality.name}")) == [stuck.pk]
    assert "Nobody knows an address" in desk.get(address).content.decode()


def test_what_waits_is_on_the_desks_day(desk):
    failed(email="")
    DeliveryFactory(state=DeliveryState.BY_PHONE)
    failed(municipality=None)
    waiting = {one.url: one.count for one in decisions_for(desk.user)}
    assert waiting[reverse("desk-deliveries") + "?state=desk"] == 2


def test_the_matrix_says_in_words_how_far_each_is(desk):
    edition = edition_of()
    there, absent = invited(edition, was_there=True), invited(edition)
    DeliveryFactory(edition=edition, municipality=absent.municipality, state=DeliveryState.ACKNOWLEDGED)
    pilot = MunicipalityFactory(pilot=True)
    other = VisitInvitationFactory(visit=edition.document.visit, municipality__is_pilot=True)
    AttendeeFactory(invitation=other)
    page = desk.get(reverse("desk-deliveries-matrix"))
    cells = {place: cell.label for place, row in page.context["rows"] for _visit, cell in row}
    assert cells == {
        absent.municipality: "confirmed",
        pilot: "–",
        other.municipality: "invited, no delivery",
    }
    type(pilot).objects.filter(pk=there.municipality.pk).update(is_pilot=True)
    page = desk.get(reverse("desk-deliveries-matrix"))
    assert [
        cell.label
        for place, row in page.context["rows"]
        for _visit, cell in row
        if place == there.municipality
    ] == ["was there"]


def test_a_failed_one_is_mended(desk):
    delivery = failed(email="old@example.org")
    page = desk.get(delivery.get_desk_url()).content.decode()
    assert "Mail to this address comes back." in page
    address = reverse("desk-delivery-mend", args=[delivery.pk])
    wrong = desk.post(address, {"version": 1, "email": "x", "note": ""})
    assert wrong.status_code == 422
    desk.post(address, {"version": 1, "email": "new@example.org", "note": "z webu obce"})
    assert told() == [("new@example.org", "visits/report")]
    late = desk.post(address, {"version": 1, "email": "b@example.org", "note": "x"})
    assert late.status_code == 409
    page = desk.get(delivery.get_desk_url()).content.decode()
    assert ("entered another address" in page, desk.user.name in page) == (True, True)


def test_left_for_a_call_and_told(desk):
    delivery = failed()
    desk.post(reverse("desk-delivery-phone", args=[delivery.pk]), {"version": 1})
    assert desk.post(reverse("desk-delivery-told", args=[delivery.pk]), {"note": ""}).status_code == 422
    desk.post(reverse("desk-delivery-told", args=[delivery.pk]), {"note": "Tajemnice to ví."})
    assert Delivery.objects.get().told_by == desk.user
    assert "Tajemnice to ví." in desk.get(delivery.get_desk_url()).content.decode()


def test_sent_again_or_why_not(desk):
    delivery, nowhere = failed(), failed(email="")
    desk.post(reverse("desk-delivery-again", args=[delivery.pk]))
    assert Delivery.objects.get(pk=delivery.pk).state == DeliveryState.QUEUED
    refused = desk.post(reverse("desk-delivery-again", args=[nowhere.pk]))
    assert (refused.status_code, "Enter one first" in refused.content.decode()) == (422, True)


def test_several_at_once(desk):
    rows = [failed(), failed(), DeliveryFactory(state=DeliveryState.ACKNOWLEDGED)]
    address = reverse("desk-deliveries-bulk")
    ticked = {"row": [row.pk for row in rows]}
    page = desk.post(address, {**ticked, "do": "send"}, follow=True).content.decode()
    assert ("Done for 2 deliveries." in page, "They have it already." in page) == (True, True)
    page = desk.post(address, {**ticked, "do": "told"}, follow=True).content.decode()
    assert "Write what was said" in page
    page = desk.post(address, {"do": "told", "note": "x"}, follow=True).content.decode()
    assert "Tick at least one" in page
    desk.post(address, {**ticked, "do": "told", "note": "Volala jsem."}, follow=True)
    assert Delivery.objects.filter(state=DeliveryState.DONE).count() == 2


def test_the_tab_of_a_visit_counts_them(desk):
    delivery = failed()
    page = desk.get(delivery.report.visit.get_desk_url() + "?tab=deliveries").content.decode()
    assert "did not arrive: 1" in page
    assert delivery.municipality.name in page
