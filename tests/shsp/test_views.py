"""The pages that belong to no subject."""

import errno
import html
import re
from collections.abc import Iterator

import pytest
import time_machine
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.urls import get_resolver, reverse
from django.utils import timezone, translation

from consultations.models import AnsweredCount, SupportRequest
from consultations.requests import form_keys
from consultations.summaries.forms import SummaryForm
from core.files.attachments import Attachment, DurableFileStorage
from core.middleware import HEADERS
from municipalities.places.loading import DATA
from municipalities.practices.forms import PracticeForm
from shsp.context_processors import Portal
from shsp.views import _typed
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.practices import PracticeEditionFactory
from tests.reading import not_known
from visits.hosts import loading as visits

PAGES = ["home", "about", "help-now", "privacy", "accessibility", "credits"]
HOSTS = visits.DATA / "hosts.yaml"

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
    with django_assert_num_queries(6):
        read(client, "home", "cs")


def test_home_says_how_many_questions_were_answered_once_there_are_some(client):
    assert "We have answered" not in read(client, "home", "en").content.decode()
    kept = AnsweredCount.objects.create(number=0, counted_at=timezone.now())
    assert "We have answered" not in read(client, "home", "en").content.decode()
    kept.number = 1234
    kept.save()
    assert "We have answered 1,234 questions." in read(client, "home", "en").content.decode()


def test_home_shows_the_newest_practices_of_those_that_are_published(client):
    assert 'id="practices"' not in read(client, "home", "en").content.decode()
    PracticeEditionFactory(title_en="In review", in_review=True)
    for number in range(4):
        PracticeEditionFactory(title_en=f"Practice {number}", published=True)
    html = read(client, "home", "en").content.decode()
    assert re.findall(r"Practice \d|In review", html) == ["Practice 3", "Practice 2", "Practice 1"]


def test_the_language_link_leads_to_the_same_page(client):
    assert 'href="/cs/help/" lang="cs"' in read(client, "help-now", "en").content.decode()


def test_about_has_no_row_of_what_is_not_known_and_says_who_goes_on(client):
    html = read(client, "about", "cs").content.decode()
    assert not_known(html) == []
    assert "Otevírací doba" not in html
    assert "Od ledna 2023 pokračuje projekt" in html.replace("\xa0", " ")
    assert '<a href="tel:+420778455761">' in html


@pytest.mark.parametrize("language", ["cs", "en"])
def test_the_credits_name_every_origin_of_the_shipped_data(client, language):
    page = html.unescape(read(client, "credits", language).content.decode())
    shipped = "".join(path.read_text() for path in DATA.glob("*.yaml"))
    repositories = set(re.findall(r"repository ([\w-]+/[\w-]+)", shipped)) | {"powerbi-cesko"}
    assert len(repositories) > 3
    assert [name for name in sorted(repositories) if name not in page] == []
    assert [url for url in machine_addresses() if f'href="{url}"' not in page] == []
    assert "Copyright (c) 2021 Jindra Lacko" in page


def machine_addresses() -> set[str]:
    """Return the addresses for machines among the sources of the shipped hosts."""
    return set(re.findall(r"https?://\S*/wp-json/[^\s\";]*", HOSTS.read_text()))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("cs", ["96\xa0004\xa0556\xa0Kč", "77,56\xa0% Evropský", "22,44\xa0% státní", "11\xa0%"]),
        ("en", ["CZK 96,004,556", "77.56% European Social Fund", "22.44% state budget", ">11%<"]),
    ],
)
def test_about_writes_crowns_and_per_cent_as_all_pages_do(client, language, words):
    page = read(client, "about", language).content.decode()
    assert [word for word in words if word not in page] == []


def test_every_source_on_about_is_an_address(client):
    links = re.findall(r'<a href="(http[^"]*)"', read(client, "about", "en").content.decode())
    assert "https://www.david-pospisil.cz/l/socialni-bydleni/" in links
    assert [link for link in links if re.search(r"[\s()]|%20", link)] == []


def test_home_in_english_says_which_titles_are_czech(client):
    SummaryEditionFactory(published=True, question_cs="Kde žádat o byt?", question_en="")
    SummaryEditionFactory(published=True, question_en="Where do I ask for a flat?")
    page = read(client, "home", "en").content.decode()
    assert re.search(r'<h3 class="list-item-title" lang="cs"><a [^>]*>Kde žádat', page)
    assert re.search(r'<h3 class="list-item-title"><a [^>]*>Where do', page)


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


@pytest.mark.parametrize(
    "template", ["400.html", "403_csrf.html", "429.html", "500.html", "503.html", "507.html"]
)
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
    assert "jana@example.org" in response.content.decode()


def forms_of(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    """Yield every form of ours."""
    for form in kind.__subclasses__():
        if not form.__module__.startswith(("django", "allauth")):
            yield form
        yield from forms_of(form)


def test_every_typed_text_of_every_form_comes_back_and_no_secret_does(rf):
    assert get_resolver().url_patterns, "every form is known once all views are"
    fields = {(name, field) for form in forms_of(forms.BaseForm) for name, field in form.base_fields.items()}
    # Those of a document are made of its model, for each form anew.
    fields |= {
        (name, field) for form in (SummaryForm(), PracticeForm()) for name, field in form.fields.items()
    }
    secret = {name for name, field in fields if isinstance(field.widget, forms.PasswordInput)}
    long = {name for name, field in fields if isinstance(field.widget, forms.Textarea)}
    short = {name for name, field in fields if type(field.widget) in (forms.TextInput, forms.EmailInput)}
    assert (len(secret) >= 4, len(long) >= 45) == (True, True)
    names = {*long, *short} - {"code", "website"}
    sent = {name: f"Napsáno do {name}" for name in [*names, *secret, "code"]}
    chosen = {"requester_kind": "person", "due_on": "2026-12-01", "is_urgent": "on", "topic": "17"}

    typed = _typed(
        rf.post("/", {**sent, **chosen, "csrfmiddlewaretoken": "Tajné", "idempotency_key": "Tajné"})
    )

    assert sorted(typed) == sorted(f"Napsáno do {name}" for name in names)


class FullDisk(DurableFileStorage):
    """A disk on which nothing has room."""

    def _save(self, name, content):
        raise OSError(errno.ENOSPC, "No space left on device")


def send_with_a_file(client):
    file = SimpleUploadedFile("smlouva.txt", b"Najemni smlouva")
    return client.post(
        "/en/requests/new/",
        {
            "requester_kind": "person", "email": "jana@example.org", "subject": "Byt",
            "text": "Bojím se o byt", "files": file, "idempotency_key": form_keys.new_key(),
            "offers_seen": "1",
        },
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("full", ["storage", "uploads"])
def test_a_full_disk_is_507_and_gives_the_text_back(client, settings, full):
    settings.ASK_MIN_SECONDS = 0
    if full == "storage":
        settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.shsp.test_views.FullDisk"}}
    else:
        settings.FILE_UPLOAD_HANDLERS = ["tests.core.files.test_uploads.FullDisk"]
    client.raise_request_exception = False

    response = send_with_a_file(client)

    html = response.content.decode()
    assert (response.status_code, response["Cache-Control"]) == (507, "no-store, private")
    assert "We cannot store anything just now" in html
    assert "Bojím se o byt" in html
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert (SupportRequest.objects.count(), Attachment.objects.count()) == (0, 0)


@pytest.mark.parametrize("is_page", [True, False])
def test_a_fault_of_ours_gives_the_text_back(client, monkeypatch, is_page):
    def broken(*_arguments, **_options):
        raise LookupError

    monkeypatch.setattr("consultations.intake.views.public.requester.find_received", broken)
    client.raise_request_exception = False
    sent = {"text": "Bojím se o byt", "idempotency_key": form_keys.new_key()}
    response = client.post("/cs/requests/new/", sent) if is_page else client.get("/cs/requests/new/")
    assert (response.status_code, "Bojím se o byt" in response.content.decode()) == (
        (500, True) if is_page else (200, False)
    )


@pytest.mark.parametrize(
    ("language", "heading"), [("cs", "Poslali jste toho příliš mnoho"), ("en", "What you sent is too large")]
)
@pytest.mark.parametrize(
    "sent",
    [
        {"text": "x" * 10_000_000},
        {f"field{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 100)},
        {"files": [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(30)]},
    ],
    ids=["text", "fields", "files"],
)
def test_a_form_too_large_is_told_so_in_its_language(client, language, heading, sent):
    response = client.post(f"/{language}/requests/new/", sent)
    html = response.content.decode()
    assert response.status_code == 413
    assert f"<h1>{heading}</h1>" in html
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert {"cs": "nejvýš 2 MB", "en": "may have 2 MB"}[language] in html
    assert {"cs": "5 souborů", "en": "5 files"}[language] in html


def test_a_host_that_is_not_ours_is_refused_with_all_headers(client):
    response = client.get("/cs/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert {name: response[name] for name in HEADERS} == HEADERS


def test_robots_keep_out_of_what_is_not_public(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert [line for line in lines if "desk" in line] == ["Disallow: /cs/desk/", "Disallow: /en/desk/"]


def test_the_old_place_of_icons_leads_to_ours(client):
    assert client.get("/favicon.ico")["Location"] == "/static/img/favicon.svg"


def test_whom_to_tell_of_a_hole(client, settings):
    settings.BASE_URL = "https://portal.example"
    with time_machine.travel("2026-11-25 10:00Z"):
        response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "Contact: mailto:socialni.bydleni@mpsv.cz\n"
        "Expires: 2027-05-24T00:00:00Z\n"
        "Preferred-Languages: cs, en\n"
        "Canonical: https://portal.example/.well-known/security.txt\n"
    )


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("desk/exchange/reports/", "Exchange"),
        ("desk/exchange/1/hide/", "Exchange"),
        ("desk/peers/1/", "Requests"),
        ("desk/persons/1/", "Requests"),
        ("desk/programmes/", "Municipalities"),
        ("desk/keys/", "Today"),
        ("desk/offices/1/", "Portal settings"),
        ("desk/people/", "Portal settings"),
    ],
)
def test_the_desks_menu_marks_where_a_page_belongs(rf, path, entry):
    request = rf.get(f"/en/{path}")
    request.user = UserFactory(role="coordinator")
    with translation.override("en"):
        assert [str(item["label"]) for item in Portal(request).desk_menu if item["current"]] == [entry]
