"""Tables that leave the portal: who took which."""

from urllib.parse import parse_qsl

from django.db import transaction

from accounts.models import User
from core import audit


@transaction.atomic
def note_export(query: str, *, by: User) -> None:
    """Write down that `by` takes away the list as `query` filters it: which filters, not what they say."""
    audit.record("request.export", by, by=by, filters=[name for name, _value in parse_qsl(query)])
