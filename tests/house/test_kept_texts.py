"""A form that comes back with a fault keeps everything that was typed into it."""

import lxml.html
import pytest
from django.db import transaction
from django.test import Client

from tests.forms import TYPED, forms_of_those_signed_in, said, typed_over, values_of
from tests.world import build

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_every_form_of_the_desk_and_of_officials_keeps_what_was_typed():
    lost, came_back = [], 0
    for user, page, form in forms_of_those_signed_in(build()):
        typed, address, client = typed_over(form), form.get("action") or page, Client()
        client.force_login(user)
        # What is often asked for is missing, so that the form has to come back.
        first = next(name for name, value in typed.items() if TYPED in value)
        typed[first] = ""
        with transaction.atomic():
            response = client.post(address, typed)
            transaction.set_rollback(True)
        if response.status_code == 302:
            continue
        came_back += 1
        texts = {(name, value) for name, value in said(typed) if TYPED in value}
        forms_now = lxml.html.fromstring(response.content).forms
        missing = min((texts - values_of(one) for one in forms_now), key=len, default=texts)
        if missing:
            lost.append((page, address, response.status_code, missing))

    assert lost == []
    assert came_back == 151
