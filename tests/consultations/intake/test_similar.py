"""Published answers beside the question that is being typed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.intake.similar import answers_like
from consultations.models import SupportRequest
from consultations.requests import form_keys
from core import search
from tests.factories.consultations import SummaryEditionFactory, SupportRequestFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.files import waiting_in

pytestmark = pytest.mark.django_db

ASK = "/cs/requests/new/"
ADDRESS = "/cs/requests/new/similar/"


def an_answer(question, **fields):
    edition = SummaryEditionFactory(published=True, question_cs=question, **fields)
    search.put(
        "summary",
        edition.document_id,
        scope=search.PUBLIC,
        title_cs=question,
        url_name="summary",
        url_arg=edition.document.slug,
    )
    return edition


def test_the_nearest_comes_first_and_one_word_in_common_is_not_enough():
    near = an_answer("Co dělat při výpovědi z nájmu bytu")
    nearest = an_answer("Hrozí mi výpověď z nájmu, jak se bránit výpovědi")
    an_answer("Jak získat příspěvek na nájem")
    assert answers_like("Hrozí výpověď z mého nájmu") == [nearest, near]


def test_what_is_not_published_is_not_offered():
    edition = an_answer("Výpověď z nájmu bytu")
    type(edition).objects.filter(pk=edition.pk).update(state="superseded")
    assert answers_like("Výpověď z nájmu") == []


@pytest.mark.parametrize("text", ["", "a b c", "\x00", "%", "1234 5678"])
def test_too_little_finds_nothing(text):
    an_answer("Výpověď z nájmu bytu")
    assert answers_like(text) == []


def test_more_answers_cost_no_more_queries(django_assert_num_queries):
    an_answer("Výpověď z nájmu bytu")
    with CaptureQueriesContext(connection) as one:
        answers_like("Výpověď z nájmu")
    an_answer("Nájem a výpověď")
    an_answer("Výpověď nájmu domu")
    with django_assert_num_queries(len(one)):
        assert len(answers_like("Výpověď z nájmu")) == 3


def test_the_page_asks_by_post_only_and_links_to_the_answers(client):
    edition = an_answer("Výpověď z nájmu bytu")
    assert client.get(ADDRESS, {"subject": "Výpověď z nájmu"}).status_code == 405
    html = client.post(ADDRESS, {"subject": "Výpověď z nájmu"}).content.decode()
    assert f'href="/cs/summaries/{edition.document.slug}/"' in html
    assert "<html" not in html
    assert client.post(ADDRESS, {"subject": "nic takového"}).content.decode().strip() == ""


def test_materials_that_share_words_are_offered_too(client):
    for number in (1, 2, 3):
        title = {"url_name": "material", "url_arg": f"m-{number}", "title_cs": "Příručka o výpovědi z nájmu"}
        search.put("material", number, scope=search.PUBLIC, **title)
    html = client.post(ADDRESS, {"subject": "Výpověď z nájmu"}).content.decode()
    assert [f"/cs/materials/m-{number}/" in html for number in (1, 2, 3)] == [False, True, True]


# While typing, and as a step before sending -------------------------------------------


def a_form(**changes):
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        key = form_keys.new_key()
    values = {"requester_kind": "person", "subject": "Výpověď z nájmu", "text": "Jaká je výpovědní doba?"}
    return {**values, "idempotency_key": key, **changes}


def test_fewer_than_four_letters_ask_no_database_and_use_up_nothing(client, settings):
    settings.OFFERS_PER_HOUR = 1
    an_answer("Výpověď z nájmu bytu")
    for subject in ("", "výp", "a b c d"):
        assert client.post(ADDRESS, {"subject": subject}).content.strip() == b""
    assert b"summaries" in client.post(ADDRESS, {"subject": "Výpověď z nájmu"}).content


def test_over_the_limit_nothing_is_offered_and_the_question_is_sent_at_once(client, settings):
    settings.OFFERS_PER_HOUR = 1
    an_answer("Výpověď z nájmu bytu")
    asked = [client.post(ADDRESS, {"subject": "Výpověď z nájmu"}).content for _ in range(2)]
    assert [b"summaries" in html for html in asked] == [True, False]
    assert client.post(ASK, a_form()).status_code == 302


def test_what_was_seen_while_typing_is_told_by_the_form(client):
    an_answer("Výpověď z nájmu bytu")
    html = client.post(ADDRESS, {"subject": "Výpověď z nájmu"}).content.decode()
    assert '<input type="hidden" name="offers_seen" value="1">' in html
    assert client.post(ASK, a_form(offers_seen="1")).status_code == 302


@pytest.mark.parametrize(
    ("language", "word", "label"),
    [("cs", "Výpověď z nájmu", None), ("en", "Notice rent", "Send my question all the same")],
)
def test_the_question_waits_once_for_what_exists_already(client, language, word, label):
    edition = an_answer("Výpověď z nájmu: notice, rent")
    form = a_form(subject=word, text="Nesmí zmizet.")
    address = f"/{language}/requests/new/"
    response = client.post(address, form)
    html = response.content.decode()
    assert (response.status_code, SupportRequest.objects.count()) == (200, 0)
    # While reading in a new window, or as an end of asking.
    assert html.count(f'href="/{language}/summaries/{edition.document.slug}/"') == 2
    assert html.count('name="offers_seen" value="1"') == 1
    assert "Nesmí zmizet." in html
    assert form["idempotency_key"] in html
    assert response.context["form"].errors == {}
    assert label is None or f'value="{label}"' in html
    assert client.post(address, {**form, "offers_seen": "1"}).status_code == 302
    assert SupportRequest.objects.count() == 1


def test_files_are_there_still_after_the_step(client):
    an_answer("Výpověď z nájmu bytu")
    form = a_form()
    response = client.post(ASK, {**form, "files": [SimpleUploadedFile("a.txt", b"text")]})
    assert response.context["form"].errors == {}
    assert 'name="offers_seen" value="1"' in response.content.decode()
    tickets = waiting_in(response)
    assert client.post(ASK, {**form, "offers_seen": "1", "files_token": tickets}).status_code == 302
    assert SupportRequest.objects.get().contacts.get().files.get().attachment.name == "a.txt"


def test_a_mistake_after_the_step_does_not_bring_it_back(client):
    an_answer("Výpověď z nájmu bytu")
    html = client.post(ASK, a_form(offers_seen="1", text="")).content.decode()
    assert html.count('name="offers_seen"') == 1
    assert "/cs/summaries/" not in html.split("<form", 2)[2].split("<aside")[0]


def test_with_nothing_alike_the_question_is_sent_at_once(client):
    an_answer("Příspěvek na bydlení")
    assert client.post(ASK, a_form()).status_code == 302


@pytest.mark.parametrize("value", ["\x00", "x" * 5000, "0", "false"])
def test_strange_notes_of_having_seen_break_nothing(client, value):
    an_answer("Výpověď z nájmu bytu")
    assert client.post(ASK, a_form(offers_seen=value)).status_code in (200, 302)


def test_officials_are_offered_the_same_and_no_request(log_in):
    client, user = log_in("official")
    place = MunicipalityFactory()
    MembershipFactory(municipality=place, user=user)
    edition = an_answer("Výpověď z nájmu bytu")
    SupportRequestFactory(official=True, municipality=place, subject="Výpověď z nájmu cizí věc")
    address = "/cs/my/requests/new/"
    assert f'data-hx-post="{ADDRESS}"' in client.get(address).content.decode()
    form = a_form(municipality=place.code)
    html = client.post(address, form).content.decode()
    assert html.count(f'href="/cs/summaries/{edition.document.slug}/"') == 2
    assert "cizí věc" not in html
    assert SupportRequest.objects.count() == 1
    assert client.post(address, {**form, "offers_seen": "1"}).status_code == 302
    assert SupportRequest.objects.count() == 2
