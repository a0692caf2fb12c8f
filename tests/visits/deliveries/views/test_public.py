"""Behind the links of deliveries and subscriptions; and asking for reports by mail."""

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import SupportRequest
from core.audit import AuditEntry
from core.links.models import new_token
from tests.factories.deliveries import DeliveryFactory, SubscriptionFactory
from tests.factories.visits import ThemeFactory
from tests.visits.deliveries.parts import next_edition, told
from visits.choices import DeliveryState
from visits.models import Delivery, Subscription

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def delivery():
    return DeliveryFactory(state=DeliveryState.SENT)


def now(row):
    return type(row).objects.get(pk=row.pk)


class TestDelivery:
    def test_fetching_shows_the_summary_and_changes_nothing(self, delivery, client):
        before = Delivery.objects.values().get()
        page = client.get(delivery.get_link())
        assert "The house belongs" in page.content.decode()
        assert page["Cache-Control"] == "no-store, private"
        assert (Delivery.objects.values().get(), AuditEntry.objects.count()) == (before, 0)

    def test_the_buttons_open_and_confirm_and_lead_on(self, delivery, client):
        answer = client.post(delivery.get_link(), {"do": "read"})
        assert answer["Location"] == delivery.report.get_absolute_url()
        assert now(delivery).state == DeliveryState.OPENED
        answer = client.post(delivery.get_link(), {"do": "acknowledge"}, follow=True)
        assert "We know now" in answer.content.decode()
        assert now(delivery).state == DeliveryState.ACKNOWLEDGED
        assert client.post(delivery.get_link(), {"do": "nonsense"}).status_code == 302

    def test_a_question_becomes_a_request_once(self, delivery, client):
        address = reverse("link-page", args=[delivery.link_token, "ask"])
        assert delivery.email in client.get(address).content.decode()
        empty = client.post(address, {"text": "", "name": "", "email": "x"})
        assert (empty.status_code, SupportRequest.objects.count()) == (422, 0)
        said = {"text": "Kolik to stálo?", "name": "Jana", "email": "j@example.org"}
        for _time in range(2):
            assert client.post(address, said).status_code == 302
        assert SupportRequest.objects.get().pk == now(delivery).request_id
        assert "Your question is with us" in client.get(delivery.get_link()).content.decode()

    def test_a_birth_number_is_not_taken_and_too_many_are_refused_with_what_was_typed(
        self, delivery, client, settings
    ):
        address = reverse("link-page", args=[delivery.link_token, "ask"])
        said = {"text": "Pro 736028/5163", "name": "Jana", "email": "j@example.org"}
        page = client.post(address, said)
        assert (page.status_code, "birth number" in page.content.decode()) == (422, True)
        settings.ASK_PER_HOUR = 0
        page = client.post(address, {**said, "text": "Kolik to stálo?"})
        assert (page.status_code, "Kolik to stálo?" in page.content.decode()) == (429, True)

    def test_a_newer_edition_is_shown_and_one_that_was_taken_away_is_not(self, delivery, client):
        newer = next_edition(
            delivery.edition, summary_cs="Nové shrnutí.", summary_html_en="<p>New words.</p>"
        )
        page = client.get(delivery.get_link()).content.decode()
        assert "newer edition" in page
        type(newer).objects.filter(pk=newer.pk).update(state="withdrawn", withdrawn_at=delivery.queued_at,
                                                       withdrawn_by=newer.author)  # fmt: skip
        page = client.get(delivery.get_link()).content.decode()
        assert ("not public now" in page, 'value="read"' in page) == (True, False)

    def test_a_link_opens_its_own_delivery_and_no_page_that_is_not_there(self, delivery, client):
        assert client.get(reverse("link-page", args=[delivery.link_token, "other"])).status_code == 404
        assert client.get(reverse("link", args=[new_token()])).status_code == 404
        other = DeliveryFactory()
        client.post(delivery.get_link(), {"do": "acknowledge"})
        assert now(other).state == DeliveryState.QUEUED


class TestSubscription:
    def test_one_answer_whatever_the_address(self, client):
        theme = ThemeFactory()
        SubscriptionFactory(email="known@example.org", theme=theme)
        address = reverse("visit-subscribe")
        pages = []
        for email in ("known@example.org", "new@example.org"):
            answer = client.post(address, {"email": email, "theme": theme.slug}, follow=True)
            pages.append(answer.content.decode().replace(email, ""))
        assert pages[0] == pages[1]
        assert told() == [("new@example.org", "visits/subscription_confirm")]

    def test_a_button_confirms_and_one_ends(self, client):
        row = SubscriptionFactory(confirmed_at=None)
        assert "Yes, send me" in client.get(row.get_link()).content.decode()
        assert now(row).confirmed_at is None
        client.post(row.get_link(), {"do": "confirm"})
        assert now(row).confirmed_at
        page = client.post(row.get_link(), {"do": "end"})
        assert "You get no more" in page.content.decode()
        assert client.get(row.get_link()).status_code == 410
        assert (
            client.get(reverse("link-page", args=[SubscriptionFactory().link_token, "x"])).status_code == 404
        )

    def test_a_mail_programs_button_ends_it_without_a_page(self):
        row = SubscriptionFactory()
        client = Client(enforce_csrf_checks=True)
        for _time in range(2):
            assert client.post(row.get_one_click(), {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert now(row).ended_at
        # A delivery has nothing that one click could end.
        address = reverse("link-one-click", args=[DeliveryFactory().link_token])
        assert client.post(address).status_code == 404

    def test_programs_and_too_many_get_nothing(self, client, monkeypatch):
        address = reverse("visit-subscribe")
        client.post(address, {"email": "a@example.org", "website": "x"})
        monkeypatch.setattr("visits.deliveries.views.public.MOST_AN_HOUR", 1)
        statuses = [client.post(address, {"email": f"{one}@example.org"}).status_code for one in "ab"]
        assert statuses == [302, 429]
        assert Subscription.objects.count() == 1
        assert client.post(address, {"email": "no"}).status_code == 422

    def test_the_address_may_choose_a_theme(self, client):
        theme = ThemeFactory()
        page = client.get(reverse("visit-subscribe") + f"?theme={theme.slug}").content.decode()
        assert f'value="{theme.slug}" selected' in page
        assert client.get(reverse("visit-subscribe") + "?theme=nonsense%00").status_code == 200
