"""What the portal itself writes on a request."""

import pytest
from django.utils.translation import gettext, override

from consultations.choices import Direction
from consultations.requests.actions.notes import note
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "text"), [("cs", "Napište odpověď."), ("en", "Write your answer.")])
def test_an_entry_is_for_colleagues_in_the_language_of_its_reader(language, text):
    request = SupportRequestFactory(open=True)
    with override("en"):
        entry = note(request, lambda: gettext("Write your answer."), reader=UserFactory(language=language))
    assert (entry.request, entry.direction, entry.text) == (request, Direction.NOTE, text)


def test_what_was_merged_meanwhile_is_written_where_it_goes_on():
    survivor = SupportRequestFactory(open=True)
    merged = SupportRequestFactory(state="duplicate", duplicate_of=survivor, is_merged=True)
    entry = note(merged, lambda: "Přišla odpověď.", reader=UserFactory())
    assert list(survivor.contacts.filter(pk=entry.pk)) == [entry]
