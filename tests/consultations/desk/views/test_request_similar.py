"""What is like a request: whose comes first, what is never shown, what the page costs."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.models import SupportRequest
from consultations.requests.search import index_request
from core import search
from tests.conftest import LogIn
from tests.factories.consultations import ContactFactory, SummaryEditionFactory, SupportRequestFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db

PAGE_QUERIES = 13


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def asked(subject: str, **fields: Any) -> SupportRequest:
    request = SupportRequestFactory(subject=subject, **fields)
    index_request(request)
    return request


def found(client: Client, request: SupportRequest) -> list[str]:
    return [row["reference"] for row in page(client, request).context["alike"].requests]


def page(client: Client, request: SupportRequest, **headers: str) -> Any:
    return client.get(reverse("desk-request-similar", args=[request.reference]), headers=headers)


def test_most_words_in_common_come_first_and_ones_own_municipality_before_all(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    here = MunicipalityFactory()
    words = {"with_contact__text": "Prosím o radu."}
    near = asked("Dluh na nájemném a výpověď", **words)
    nearest = asked("Výpověď pro dluh na nájemném v městském bytě", **words)
    ours = asked("Dluh na nájemném", municipality=here, **words)
    asked("Kde najdu azylový dům", **words)
    request = asked("Výpověď kvůli dluhu na nájemném v městském bytě", municipality=here, **words)
    assert found(client, request) == [ours.reference, nearest.reference, near.reference]


def test_one_word_is_enough_on_the_same_topic_only(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = asked("Ubytovna ve městě", with_contact=False)
    alike = asked("Ubytovna", topic=request.topic, with_contact=False)
    asked("Ubytovna", with_contact=False)
    assert found(client, request) == [alike.reference]


def test_neither_spam_nor_duplicates_are_shown(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = asked("Dluh na nájemném")
    asked("Dluh na nájemném", state="spam")
    asked("Dluh na nájemném", state="duplicate", duplicate_of=request)
    assert found(client, request) == []


def test_answers_are_those_with_the_words_and_those_on_the_topic(log_in: LogIn) -> None:
    client, _me = log_in("editor")
    request = asked("Výpověď z nájmu bytu")
    near = SummaryEditionFactory(published=True, question_en="Notice of termination")
    search.put(
        "summary", near.document_id, scope=search.PUBLIC, url_name="summary", url_arg=near.document.slug,
        title_cs="Výpověď z nájmu",
    )  # fmt: skip
    on_topic = SummaryEditionFactory(published=True, topic=request.topic, question_en="Where to apply?")
    SummaryEditionFactory(topic=request.topic, question_en="A draft?")
    response = page(client, request)
    assert response.context["alike"].answers == [near, on_topic]
    html = response.content.decode()
    assert near.document.get_absolute_url() in html
    assert "Where to apply?" in html
    assert "A draft?" not in html


def test_the_municipalitys_last_contacts_on_other_requests_are_shown(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    place = MunicipalityFactory()
    other = SupportRequestFactory(municipality=place, subject="Dřívější dotaz")
    request = SupportRequestFactory(municipality=place)
    alike = page(client, request).context["alike"]
    assert [contact["url"] for contact in alike.neighbours] == [other.get_desk_url()]


def test_it_is_drawn_in_place_of_the_conversation_and_is_a_page_of_its_own(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory()
    tab = f'data-hx-get="{reverse("desk-request-similar", args=[request.reference])}"'
    assert tab in client.get(request.get_desk_url()).content.decode()
    alone = page(client, request).content.decode()
    assert "Similar requests" in alone
    assert tab not in alone
    # Beside the conversation its tabs lead on in the same place.
    assert tab in page(client, request, hx_request="true").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_more_of_everything_costs_no_more_queries(log_in: LogIn, count: int) -> None:
    client, _me = log_in("consultant")
    place = MunicipalityFactory()
    request = asked("Výpověď bytu", municipality=place, with_contact__text="Prosím")
    for _n in range(count):
        other = asked("Výpověď bytu", municipality=place, with_contact__text="Prosím")
        ContactFactory(request=other)
        edition = SummaryEditionFactory(published=True, topic=request.topic)
        search.put(
            "summary", edition.document_id, scope=search.PUBLIC, url_name="home", title_cs="Výpověď bytu"
        )
    client.get(reverse("about"))
    with CaptureQueriesContext(connection) as queries:
        response = page(client, request)
    assert len(response.context["alike"].requests) == count
    assert len(response.context["alike"].answers) == count
    assert len(queries) == PAGE_QUERIES


@pytest.mark.parametrize("reference", ["SH-2026-999999", "nothing", "SH-1999-000001"])
def test_what_does_not_exist_is_not_found(log_in: LogIn, reference: str) -> None:
    client, _me = log_in("consultant")
    assert client.get(reverse("desk-request-similar", args=[reference])).status_code == 404
