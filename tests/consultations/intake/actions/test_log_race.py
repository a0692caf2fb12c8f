"""The form of a call that is sent twice at the same moment: one request, with one answer."""

from functools import partial
from typing import Any

import pytest

from consultations.intake.actions.log import log_request
from consultations.models import Contact, SupportRequest
from tests.consultations.intake.actions.test_log import told
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory
from tests.verbs import at_once

ROUNDS = 5


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_is_logged_once(django_db_blocker: Any) -> None:
    me, known = UserFactory(), PersonFactory()
    for number in range(ROUNDS):
        key = f"key-{number}"
        intake = told(person=known, idempotency_key=key)
        log = partial(log_request, intake, by=me, said="Ano.", is_answered=True)
        assert at_once(django_db_blocker, log, log) == [True, True]
        request = SupportRequest.objects.get(idempotency_key=key)
        assert Contact.objects.filter(request=request).count() == 2
