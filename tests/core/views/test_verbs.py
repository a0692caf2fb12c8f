"""What a view does with a verb."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from core.states import Conflict, Refused
from core.views.verbs import go, see_version, version_of
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
    response = go(request_, lambda: None, to="/dal/", show=page)
    assert (response.status_code, response.url) == (302, "/dal/")


def test_refused_shows_the_page_with_the_reasons(request_: HttpRequest):
    def verb() -> None:
        raise Refused(["Proto."])

    response = go(request_, verb, to="/dal/", show=page)
    assert (response.status_code, response.context) == (422, {"reasons": ["Proto."]})


def test_late_shows_the_page_with_what_stands_now(request_: HttpRequest):
    row = UserFactory.build()

    def verb() -> None:
        raise Conflict(row)

    response = go(request_, verb, to="/dal/", show=page)
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
