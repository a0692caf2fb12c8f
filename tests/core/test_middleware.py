"""What every answer carries, whatever it is."""

import logging
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from accounts.access import public
from core.middleware import CONTENT_SECURITY_POLICY, HEADERS, OneLineFormatter, RequestIdFilter
from shsp import urls, views

pytestmark = pytest.mark.django_db


@public
def boom(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("boom")


@public
def sandboxed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"Content-Security-Policy": "sandbox", "Referrer-Policy": "no-referrer"})


# The portal with two pages more.
urlpatterns = [path("boom/", boom), path("sandboxed/", sandboxed), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = (
    views.bad_request, views.forbidden, views.not_found, views.server_error,
)  # fmt: skip


@pytest.fixture
def client(settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def assert_safe(response: HttpResponse) -> None:
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert len(response.headers["X-Request-ID"]) == 12


class TestHeaders:
    @pytest.mark.parametrize(
        ("address", "status"),
        [
            ("/healthz", 200),
            ("/en/", 200),
            ("/", 302),
            ("/en/desk/", 302),
            ("/en/nowhere/", 404),
            ("/nowhere.php", 404),
            ("/boom/", 500),
            ("/static/css/theme.css", 200),
            ("/static/nothing.css", 404),
        ],
    )
    def test_on_every_answer(self, client, address, status):
        response = client.get(address)
        response.close()

        assert response.status_code == status
        assert_safe(response)

    def test_on_a_refused_form(self, client):
        response = client.post("/en/accounts/login/", {"login": "a@b.cz", "password": "x"})

        assert response.status_code == 403
        assert_safe(response)

    def test_on_a_page_that_is_not_open_to_one(self, client, log_in):
        signed_in, _user = log_in("official")
        response = signed_in.get("/en/desk/outbox/")

        assert response.status_code == 403
        assert_safe(response)

    def test_on_a_host_that_is_not_ours(self, client):
        response = client.get("/en/", headers={"Host": "evil.example"})

        assert response.status_code == 400
        assert_safe(response)

    @pytest.mark.parametrize(
        "method", ["TRACE", "TRACK", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND", "FOO"]
    )
    def test_on_a_method_that_no_page_knows(self, client, method):
        for address in ("/en/", "/healthz", "/boom/"):
            response = client.generic(method, address)

            assert response.status_code == 405
            assert response.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
            assert_safe(response)

    def test_a_view_keeps_its_own(self, client):
        response = client.get("/sandboxed/")

        assert response.headers["Content-Security-Policy"] == "sandbox"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["X-Frame-Options"] == "DENY"

    def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_inline(self):
        rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))

        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
        assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
        assert "unsafe" not in CONTENT_SECURITY_POLICY


class TestRequestId:
    def test_is_another_each_time(self, client):
        assert (
            client.get("/healthz").headers["X-Request-ID"] != client.get("/healthz").headers["X-Request-ID"]
        )

    def test_is_not_taken_from_outside(self, client):
        assert client.get("/healthz", headers={"X-Request-ID": "mine"}).headers["X-Request-ID"] != "mine"


class TestLogLines:
    def line(self, message: str) -> str:
        record = logging.LogRecord("portal", logging.INFO, "x.py", 1, message, None, None)
        assert RequestIdFilter().filter(record)
        return OneLineFormatter("{request_id} {message}", style="{").format(record)

    def test_stay_on_one_line(self):
        assert self.line("a\nb\r\x1b[31mc") == "- a\\nb\\r\\x1b[31mc"

    def test_keep_czech_as_it_is(self):
        assert self.line("Žďár") == "- Žďár"
