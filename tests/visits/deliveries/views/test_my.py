"""An official reads, confirms and asks for their municipality, and lets it follow themes."""

import pytest
from django.urls import reverse

from consultations.models import SupportRequest
from municipalities.hooks import tasks_of
from tests.factories.deliveries import DeliveryFactory
from tests.factories.municipalities import MembershipFactory
from tests.factories.visits import ThemeFactory
from visits.choices import DeliveryState
from visits.models import Delivery, Subscription

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def mine(client, member):
    client.force_login(member.user)
    return client


def test_a_report_waits_with_its_day_until_it_is_confirmed(mine, member):
    delivery = DeliveryFactory(municipality=member.municipality, next_step_on="2026-12-24")
    [task] = tasks_of(member.user, [member.municipality])
    assert (str(task.due_on), task.url) == ("2026-12-24", delivery.get_my_url())
    assert "waits for you" in task.title
    assert "We have read it" in mine.get(delivery.get_my_url()).content.decode()
    mine.post(delivery.get_my_url(), {"do": "acknowledge"})
    assert Delivery.objects.get().acknowledged_by == member.user
    assert tasks_of(member.user, [member.municipality]) == []


def test_an_official_need_not_say_who_asks(mine, member):
    delivery = DeliveryFactory(municipality=member.municipality)
    address = reverse("my-delivery-ask", args=[delivery.pk])
    assert mine.post(address, {"text": " "}).status_code == 422
    mine.post(address, {"text": "Kolik to stálo?"})
    request = SupportRequest.objects.get()
    assert (request.created_by, request.is_official) == (member.user, True)
    assert Delivery.objects.get().state == DeliveryState.ASKED


def test_what_is_another_municipalitys_is_not_there(mine):
    other = DeliveryFactory()
    for address in (other.get_my_url(), reverse("my-delivery-ask", args=[other.pk])):
        assert mine.post(address, {"do": "acknowledge", "text": "x"}).status_code == 404


def test_a_municipality_follows_a_theme_and_ends_it(mine, member):
    theme, address = ThemeFactory(), reverse("my-visit-reports")
    said = {"municipality": member.municipality.slug, "theme": theme.slug}
    mine.post(address, said)
    row = Subscription.objects.confirmed().get()
    assert (row.municipality, row.asked_by, row.theme) == (member.municipality, member.user, theme)
    again = mine.post(address, said)
    assert (again.status_code, "already" in again.content.decode()) == (422, True)
    assert theme.name in mine.get(address).content.decode()
    mine.post(reverse("my-visit-report-end", args=[row.pk]))
    assert not Subscription.objects.confirmed().exists()
