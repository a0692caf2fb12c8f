"""What a view does with a verb."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from consultations.intake.forms.public import ReplyForm
from consultations.requests.form_keys import new_key
from core.states import Conflict, Refused
from core.views.verbs import back_to, run_verb, see_version, version_of
from municipalities.returns.forms import RemarkForm
from tests.factories.accounts import UserFactory


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.post("/", {"version": "3"})


def page(**context: Any) -> HttpResponse:
    """Draw nothing but what it was given."""
    response = HttpResponse(status=context.pop("status"))
    response.context = context
    return response


def test_done_goes_on(request_: HttpRequest):
    response = run_verb(request_, lambda: None, to="/dal/", show=page)
    assert (response.status_code, response.url) == (302, "/dal/")


def test_refused_shows_the_page_with_the_reasons(request_: HttpRequest):
    def verb() -> None:
        raise Refused(["Proto."])

    response = run_verb(request_, verb, to="/dal/", show=page)
    assert (response.status_code, response.context) == (422, {"reasons": ["Proto."]})


def test_late_shows_the_page_with_what_stands_now(request_: HttpRequest):
    row = UserFactory.build()

    def verb() -> None:
        raise Conflict(row)

    response = run_verb(request_, verb, to="/dal/", show=page)
    assert (response.status_code, response.context) == (409, {"conflict": row})


@pytest.mark.parametrize(("sent", "seen"), [("3", 3), ("", 0), ("-1", 0), ("³", 0), ("9" * 40, 0)])
def test_a_version_that_is_none_is_nought(rf: RequestFactory, sent: str, seen: int):
    assert version_of(rf.post("/", {"version": sent})) == seen


def test_a_late_form_keeps_what_was_typed():
    form = RemarkForm({"version": "1", "remark": "Opravte."})
    row = UserFactory.build()
    row.version = 4
    see_version(form, row)
    assert form.is_valid()
    assert form.cleaned_data == {"version": 4, "remark": "Opravte."}


def refuse() -> None:
    raise Refused(["Proto.", "A taky proto."])


def test_a_get_shows_the_page_and_does_nothing(rf: RequestFactory):
    response = run_verb(rf.get("/"), refuse, to="/dal/", show=lambda: HttpResponse("stránka"))
    assert (response.status_code, response.content.decode()) == (200, "stránka")


def test_a_wrong_form_comes_back_before_the_verb(request_: HttpRequest):
    form = RemarkForm({"version": "1"})
    response = run_verb(request_, refuse, to="/dal/", show=page, form=form)
    assert (response.status_code, response.context, list(form.errors)) == (422, {}, ["remark"])


@pytest.mark.parametrize(("field", "place"), [(None, "__all__"), ("remark", "remark")])
def test_reasons_stand_on_the_form(request_: HttpRequest, field: str | None, place: str):
    form = RemarkForm({"version": "1", "remark": "Opravte."})
    response = run_verb(request_, refuse, to="/dal/", show=page, form=form, field=field)
    assert (response.status_code, response.context) == (422, {})
    assert form.errors == {place: ["Proto.", "A taky proto."]}


def test_a_file_that_cannot_be_taken_is_said_beside_it(request_: HttpRequest):
    def verb() -> None:
        raise ValidationError("Soubor je poškozený.")

    form = ReplyForm({"text": "Děkuji.", "idempotency_key": new_key()})
    assert run_verb(request_, verb, to="/dal/", show=page, form=form).status_code == 422
    assert form.errors == {"files": ["Soubor je poškozený."]}


def test_who_is_late_sends_the_form_once_more(request_: HttpRequest):
    row = UserFactory.build()
    row.version = 4

    def verb() -> None:
        raise Conflict(row)

    form = RemarkForm({"version": "1", "remark": "Opravte."})
    response = run_verb(request_, verb, to="/dal/", show=page, form=form, changed="Kolega byl rychlejší.")
    assert (response.status_code, response.context) == (409, {})
    assert form.errors == {"__all__": ["Kolega byl rychlejší."]}
    assert (form["version"].value(), form["remark"].value()) == ("4", "Opravte.")


def test_where_to_go_and_what_to_say_may_hang_on_what_was_done(client, db):
    request = client.get("/cs/").wsgi_request
    request.method = "POST"
    request._messages = FallbackStorage(request)
    response = run_verb(
        request, lambda: 7, to=lambda made: f"/{made}/", show=page, done=lambda made: f"Hotovo: {made}."
    )
    assert (response.status_code, response.url) == (302, "/7/")
    assert [str(message) for message in get_messages(request)] == ["Hotovo: 7."]


def test_a_button_without_room_says_why_where_it_goes_back(client, db):
    request = client.get("/cs/").wsgi_request
    request.method = "POST"
    request._messages = FallbackStorage(request)
    response = run_verb(request, refuse, to="/dal/", show=back_to(request, "/zpet/"))
    assert (response.status_code, response.url) == (302, "/zpet/")
    assert [str(message) for message in get_messages(request)] == ["Proto. A taky proto."]
