"""Short codes for tests: they ask for the phone number unless they are made with a word."""

from typing import Any

from consultations.intake.actions.short_code import make_code
from consultations.models import ShortCode, SupportRequest
from tests.factories.consultations import PersonFactory, SupportRequestFactory

PHONE, WORD = "+420602123456", "Zelená konev"


def a_code(request: SupportRequest | None = None, *, word: str = "", **fields: Any) -> ShortCode:
    """Return the code of a request, or of a new one whose requester has a phone number."""
    request = request or SupportRequestFactory(requester=PersonFactory(phone=PHONE), **fields)
    return make_code(request, word=word, by=None)
