"""The pages that belong to no subject."""

import re

import pytest
from django.db import InterfaceError, OperationalError
from django.urls import reverse
from django.utils import translation

from consultations.requests import form_keys
from shsp.context_processors import Portal
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.reading import not_known

PAGES = ["home", "about", "help-now", "privacy", "accessibility"]

pytestmark = pytest.mark.django_db


def read(client, name, language):
    with translation.override(language):
        return client.get(reverse(name))


@pytest.mark.parametrize("language", ["cs", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_each_page_has_one_heading_its_language_and_the_union(client, name, language):
    response = read(client, name, language)
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1
    assert html.index('class="eu-line"') < html.index("<h1")
    assert "CZ.03.2.63/0.0/0.0/15_017/0003539" in html
    assert "socialni.bydleni@mpsv.cz" in html


@pytest.mark.parametrize("name", PAGES)
def test_no_page_carries_script_or_style_of_its_own(client, name):
    html = read(client, name, "cs").content.decode()
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html) == []


def test_titles_differ(client):
    titles = {
        re.search(r"<title>(.*?)</title>", read(client, name, "cs").content.decode())[1] for name in PAGES
    }
    assert len(titles) == len(PAGES)


def test_the_signpost_stands_before_everything_else(client):
    html = read(client, "home", "en").content.decode()
    assert html.index("/en/help/") < html.index("<h1")
    assert '<a href="/en/help/">My housing is at risk</a>' in html


def test_home_is_honest_when_nothing_is_published(client):
    assert "No answer has been published yet" in read(client, "home", "en").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_home_costs_the_same_for_one_municipality_and_for_three(client, django_assert_num_queries, rows):
    MunicipalityFactory.create_batch(rows, is_pilot=True)
    with django_assert_num_queries(4):
        read(client, "home", "cs")


def test_the_language_link_leads_to_the_same_page(client):
    assert 'href="/cs/help/" lang="cs"' in read(client, "help-now", "en").content.decode()


def test_about_shows_unknown_as_unknown(client):
    assert len(not_known(read(client, "about", "cs").content.decode())) == 4


def test_an_unknown_address_tells_its_code(client):
    response = client.get("/cs/nothing-here/")
    assert response.status_code == 404
    assert f"<code>{response['X-Request-ID']}</code>" in response.content.decode()


def test_gallery_is_open_on_local_runs_only(client, settings):
    settings.LOCAL = True
    assert read(client, "components", "cs").status_code == 200
    settings.LOCAL = False
    assert read(client, "components", "cs").status_code == 404


def test_a_form_without_its_token_is_explained(rf):
    from shsp.views import csrf_failure

    response = csrf_failure(rf.post("/cs/requests/new/"))
    assert response.status_code == 403
    assert response.content.decode().count("<h1") == 1


@pytest.mark.parametrize("template", ["400.html", "403_csrf.html", "429.html", "500.html", "503.html"])
def test_plain_error_pages_ask_nothing_of_the_database(rf, django_assert_num_queries, template):
    from django.shortcuts import render

    with django_assert_num_queries(0):
        assert b"<h1>" in render(rf.get("/"), template).content


@pytest.mark.parametrize(
    "fault", [OperationalError("database is locked"), InterfaceError("connection closed")]
)
def test_a_database_that_does_not_answer_is_503_and_gives_the_text_back(client, monkeypatch, fault):
    def away(*_arguments, **_options):
        raise fault

    monkeypatch.setattr("consultations.intake.views.public.requester.find_received", away)
    client.raise_request_exception = False

    response = client.post(
        "/cs/requests/new/",
        {
            "text": "Bojím se o <b>byt</b>",
            "email": "jana@example.org",
            "idempotency_key": form_keys.new_key(),
        },
    )

    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store, private"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "Bojím se o &lt;b&gt;byt&lt;/b&gt;" in response.content.decode()
    assert "jana@example.org" not in response.content.decode()


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("desk/exchange/reports/", "Exchange: reports"),
        ("desk/exchange/1/hide/", "Exchange"),
        ("desk/peers/1/", "Requests"),
        ("desk/persons/1/", "Requests"),
        ("desk/programmes/", "Municipalities"),
        ("desk/keys/", "Today"),
    ],
)
def test_the_desks_menu_marks_where_a_page_belongs(rf, path, entry):
    request = rf.get(f"/en/{path}")
    request.user = UserFactory(role="coordinator")
    with translation.override("en"):
        assert [str(item.label) for item in Portal(request).desk_menu if item.current] == [entry]
