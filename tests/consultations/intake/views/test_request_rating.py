"""Rating on the requester's page and the official's: three buttons, then a sentence."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Rating
from consultations.requests.actions import desk
from core.outbox.mail import OutgoingMail
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.municipalities import MembershipFactory
from tests.factories.support import RatingFactory

pytestmark = pytest.mark.django_db

QUESTION = "Did it help?"


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def test_the_requester_rates_by_one_click_and_adds_a_sentence(client: Client) -> None:
    case = SupportRequestFactory(answered=True)
    address = reverse("request-rating", args=[case.link_token])
    first = client.get(case.get_link()).content.decode()
    assert QUESTION in first
    assert "Save the sentence" not in first
    response = client.post(address, {"value": "partly"}, follow=True)
    assert response.redirect_chain == [(f"{case.get_link()}?rated=1#rating", 302)]
    html = response.content.decode()
    assert "Thank you" in html
    assert 'value="partly" aria-pressed="true"' in html
    client.post(address, {"value": "partly", "sentence": "Chyběl\x00 vzor."})
    assert Rating.objects.values_list("request", "value", "sentence").get() == (
        case.pk,
        "partly",
        "Chyběl vzor.",
    )
    assert "Chyběl vzor." in client.get(case.get_link()).content.decode()


def test_opening_rates_nothing(client: Client) -> None:
    case = SupportRequestFactory(answered=True)
    address = reverse("request-rating", args=[case.link_token])
    assert client.get(address, {"value": "helped"}).status_code == 405
    assert not Rating.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"value": "great"}, {"value": "helped", "sentence": "x" * 301}])
def test_what_is_no_rating_leads_back(client: Client, sent: dict[str, str]) -> None:
    case = SupportRequestFactory(answered=True)
    response = client.post(reverse("request-rating", args=[case.link_token]), sent)
    assert (response.status_code, response["Location"]) == (302, f"{case.get_link()}#rating")
    assert not Rating.objects.exists()


def test_what_is_not_answered_asks_for_no_rating(client: Client) -> None:
    case = SupportRequestFactory(open=True)
    assert QUESTION not in client.get(case.get_link()).content.decode()
    response = client.post(reverse("request-rating", args=[case.link_token]), {"value": "helped"})
    assert response["Location"] == case.get_link()
    assert not Rating.objects.exists()


def test_a_wrong_link_rates_nothing(client: Client) -> None:
    assert client.post(reverse("request-rating", args=["wrong"]), {"value": "helped"}).status_code == 404


def test_a_link_takes_only_so_many_in_an_hour(client: Client, settings: Any) -> None:
    settings.REPLIES_PER_HOUR = 2
    case = SupportRequestFactory(answered=True)
    address = reverse("request-rating", args=[case.link_token])
    codes = [client.post(address, {"value": "helped"}).status_code for _n in range(3)]
    assert codes == [302, 302, 429]


def test_an_official_rates_on_their_own_page(client: Client) -> None:
    membership = MembershipFactory()
    case = SupportRequestFactory(
        answered=True, official=True, municipality=membership.municipality, created_by=membership.user
    )
    client.force_login(membership.user)
    assert QUESTION in client.get(case.get_my_url()).content.decode()
    response = client.post(reverse("my-request-rating", args=[case.reference]), {"value": "helped"})
    assert response["Location"] == f"{case.get_my_url()}?rated=1#rating"
    assert Rating.objects.get().value == "helped"
    stranger = Client()
    stranger.force_login(MembershipFactory().user)
    assert stranger.post(reverse("my-request-rating", args=[case.reference])).status_code == 404


def test_the_desk_reads_it_on_the_page_of_the_request(log_in: LogIn) -> None:
    client, _me = log_in("editor")
    case = SupportRequestFactory(answered=True)
    assert "The requester says:" not in client.get(case.get_desk_url()).content.decode()
    RatingFactory(request=case, value="not", sentence="Nerozumím tomu.")
    html = client.get(case.get_desk_url()).content.decode()
    assert "it did not help" in html
    assert "Nerozumím tomu." in html


def test_the_mail_with_the_answer_says_where() -> None:
    case = SupportRequestFactory(open=True, language="en")
    desk.answer(case, text="Ask your town.", by=UserFactory())
    text = OutgoingMail.objects.get().text
    assert "There you can also tell us, with one click, whether it helped." in text
    assert "rating" not in text
