"""One answer to several requesters who ask the same."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.choices import State
from consultations.models import Contact, SupportRequest
from consultations.requests.actions import desk
from consultations.requests.queries import carrier_of, reasons_against_carrying
from core.states import Conflict, Refused

# More than a person can have read before answering them.
MOST_AT_ONCE = 50


@dataclass(frozen=True)
class Outcome:
    """What became of one of several requests: answered, or the reasons why not."""

    request: SupportRequest
    contact: Contact | None = None
    reasons: list[str] = field(default_factory=list)


def reasons_against_answering_with_others(request: SupportRequest, *, by: User) -> list[str]:
    """Return why a request gets no answer together with others; empty when nothing stands against it.

    A new one counts as taken by whoever answers it.
    """
    if request.is_merged:
        return [_("It is merged into %(reference)s.") % {"reference": request.survivor().reference}]
    if reasons := reasons_against_carrying(request):
        return reasons
    if request.state == State.NEW:
        return desk.reasons_against_taking(request, by=by)
    return desk.reasons_against_answering(request, by=by)


def answer_several(
    requests: Iterable[SupportRequest], *, text: str, by: User, once: str, certainty: str = ""
) -> list[Outcome]:
    """Answer each request with the same text, each in its own transaction; return what became of each.

    `once` is the key of the form: sent again, it answers nobody a second time.
    `certainty` says how certain the answer is, as desk.answer takes it.
    """
    requests = list(requests)[:MOST_AT_ONCE]
    return [_answer(one, f"{once}-{one.pk}", text, certainty, by) for one in requests]


def _answer(request: SupportRequest, key: str, text: str, certainty: str, by: User) -> Outcome:
    earlier = Contact.objects.filter(idempotency_key=key)
    if first := earlier.first():
        return Outcome(request, first)
    if reasons := reasons_against_answering_with_others(request, by=by):
        return Outcome(request, reasons=reasons)
    sending: desk.Said = {
        "channel": carrier_of(request),
        "certainty": certainty,
        "idempotency_key": key,
    }
    try:
        with transaction.atomic():
            if request.state == State.NEW:
                desk.take(request, by=by)
            contact = desk.answer(request, text=text, by=by, **sending)
    except Refused as refusal:
        return Outcome(request, reasons=refusal.reasons)
    except Conflict:
        first = earlier.first()
        changed = [_("Somebody has changed it just now. Open it and look.")]
        return Outcome(request, first, [] if first else changed)
    return Outcome(request, contact)
