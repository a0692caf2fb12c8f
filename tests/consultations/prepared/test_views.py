"""Prepared answers: their pages, filled in and put into an answer."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.models import PreparedAnswer
from consultations.prepared.insertions import fill, unknown_in, values_for
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory, TopicFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.prepared import PreparedAnswerFactory

pytestmark = pytest.mark.django_db

CHOICE_QUERIES = 8


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def test_places_are_filled_in_once_and_nothing_else_is_run() -> None:
    values = {"salutation": "{link} {{7*7}}", "link": "x"}
    assert fill("{salutation} {obj.__class__} {% debug %} {what}", values) == (
        "{link} {{7*7}} {obj.__class__} {% debug %} {what}"
    )
    assert unknown_in("{link} {kdo} {{7*7}} {kdo}") == ["kdo"]


@pytest.mark.parametrize(
    ("language", "salutation", "expected"),
    [("cs", "Vážená paní Nováková", "Vážená paní Nováková"), ("en", "Vážená paní Nováková", "Hello")],
)
def test_the_values_are_in_the_requesters_language(language: str, salutation: str, expected: str) -> None:
    topic = TopicFactory(name_cs="Dluhy", name_en="Debts")
    request = SupportRequestFactory(
        language=language, requester__salutation=salutation, topic=topic, municipality=MunicipalityFactory()
    )
    values = values_for(request, by=UserFactory(name="Karla"))
    assert values["salutation"] == expected
    assert values["topic"] == {"cs": "Dluhy", "en": "Debts"}[language]
    assert f"/{language}/" in values["link"]
    assert (values["consultant"], values["reference"]) == ("Karla", request.reference)


def test_an_unknown_place_is_refused_by_name(log_in: LogIn) -> None:
    client, _me = log_in("editor")
    response = client.post(reverse("desk-prepared-new"), {"title": "Titul", "text_cs": "{kdo} {link}"})
    assert response.status_code == 422
    assert "{kdo}" in response.content.decode()


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("editor", 200), ("official", 403)])
def test_who_keeps_the_portal_keeps_these_too(log_in: LogIn, role: str, status: int) -> None:
    row = PreparedAnswerFactory()
    client, _me = log_in(role)
    assert client.get(row.get_absolute_url()).status_code == status


def test_write_show_an_example_change_and_retire(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    typed = {"title": "Kalendář", "text_cs": "{salutation}, ano.", "text_en": "{salutation}, yes."}
    shown = client.post(reverse("desk-prepared-new"), {**typed, "example": "1"}).content.decode()
    assert "Vážená paní Nováková, ano." in shown
    assert "Hello, yes." in shown
    assert not PreparedAnswer.objects.exists()
    assert client.post(reverse("desk-prepared-new"), typed).status_code == 302
    row = PreparedAnswer.objects.get()
    assert (row.title, row.written_by, row.languages) == ("Kalendář", me, ["cs", "en"])
    url = row.get_absolute_url()
    assert client.get(url).status_code == 200
    assert client.post(url, {**typed, "text_cs": "Ne.", "version": 1}).status_code == 302
    late = client.post(url, {**typed, "text_cs": "Pozdě.", "version": 1})
    assert late.status_code == 409
    assert "Pozdě." in late.content.decode()
    assert "Ne." in late.content.decode()
    retired = client.post(reverse("desk-prepared-retire", args=[row.pk]), follow=True)
    assert "is offered no more" in retired.content.decode()
    row.refresh_from_db()
    assert (row.text_cs, row.is_active) == ("Ne.", False)
    client.post(reverse("desk-prepared-take-up", args=[row.pk]))
    row.refresh_from_db()
    assert row.is_active


def test_the_list_is_narrowed_by_topic_and_words_in_any_ending(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    topic = TopicFactory()
    debts = PreparedAnswerFactory(title="Dluhy na nájmu", topic=topic)
    PreparedAnswerFactory(title="Azylový dům", text_cs="Azyl.", text_en="")
    for query in ({"q": "dluzích"}, {"topic": topic.slug}):
        page = client.get(reverse("desk-prepared"), query).context["page"]
        assert list(page.items) == [debts]


def test_the_choice_is_nearest_first_in_the_requests_language(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True, language="en")
    PreparedAnswerFactory(title="A cizí", topic=TopicFactory())
    PreparedAnswerFactory(title="B obecná", text_cs="Jen česky.", text_en="")
    PreparedAnswerFactory(title="C vlastní", topic=request.topic)
    PreparedAnswerFactory(title="D stará", is_active=False)
    url = reverse("desk-request-prepared", args=[request.reference, "answer"])
    found = client.get(url).context["box"].unsent.insertions
    assert [row.title for row in found] == ["C vlastní", "B obecná", "A cizí"]
    assert found[0].text.startswith("Hello,\n\npropose")
    assert (found[1].text, found[1].language) == ("Jen česky.", "cs")
    found = client.get(url, {"q": "obecná"}).context["box"].unsent.insertions
    assert [row.title for row in found] == ["B obecná"]
    no_script = client.post(
        reverse("desk-request-draft", args=[request.reference, "answer"]),
        {"text": "Ano.", "choose": "prepared"},
    )
    assert "C vlastní" in no_script.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_choice_costs_the_same(log_in: LogIn, count: int) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True)
    for _n in range(count):
        PreparedAnswerFactory(topic=TopicFactory())
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("desk-request-prepared", args=[request.reference, "answer"]))
    assert len(queries) == CHOICE_QUERIES
