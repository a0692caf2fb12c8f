"""A question that is asked from a delivery becomes a support request; its answer comes back to the delivery.

Requests are another app's. Who takes the questions says so by `when_asked`, and calls `answered`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.states import move, verb
from visits.choices import DeliveryState
from visits.models import Delivery


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked from a delivery, by whom, and how they are reached."""

    delivery: Delivery
    subject: str
    text: str
    name: str
    email: str
    language: str
    # The official who asks; None behind the personal link.
    by: Any


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What became of a question: what was asked, and the answer, or "", both as pages show them.

    Where it stands at the desk is told to the desk alone; `sent_to` is the masked address of whoever asked.
    """

    url: str
    question: str
    answer: str
    sent_to: str


Taker = Callable[[Question], int]
# What somebody at the desk reads of a request, by its number, or whoever has the delivery (no reader); None
# for whoever may not, and where it is gone.
Finder = Callable[[int, Any], Asked | None]

_takers: list[Taker] = []
_finders: list[Finder] = []


def when_asked(take: Taker, find: Finder) -> None:
    """Let an app take questions: it returns the number of the request. Called from its ready()."""
    _takers[:], _finders[:] = [take], [find]


def asked_from(delivery: Delivery, reader: Any) -> Asked | None:
    """Return what was asked from a delivery, for a reader at the desk, or None: whoever has the delivery.

    None is returned where nothing was asked, or that reader may not read it.
    """
    if delivery.request_id is None:
        return None
    return next((find(delivery.request_id, reader) for find in _finders), None)


def reasons_against_asking(delivery: Delivery) -> list[str]:
    """Return why nothing can be asked now; empty when nothing stands against it."""
    if delivery.state == DeliveryState.ASKED:
        return [_("Your question is with us. We will write to you; then you can ask further.")]
    return []


def _lock(delivery: Delivery) -> None:
    delivery.refresh_from_db(from_queryset=Delivery.objects.select_for_update(of=("self",)))


@verb(against=reasons_against_asking, lock=_lock)
def ask(delivery: Delivery, *, text: str, name: str, email: str, language: str, by: Any) -> int:
    """Ask about a report; return the number of the support request that it became."""
    subject = str(delivery.edition.title)
    asked = Question(
        delivery=delivery, subject=subject, text=text, name=name, email=email, language=language, by=by
    )
    [number] = [take(asked) for take in _takers]
    now = {"asked_at": timezone.now(), "answered_at": None, "request_id": number, "next_step_on": None}
    move(delivery, DeliveryState.ASKED, also=now)
    audit.record("delivery.ask", delivery, by=by, request=number)
    return number


def answered(requests: Iterable[int], *, is_answered: bool) -> None:
    """Note that requests were answered, or that their answer was taken back at once."""
    before, after = DeliveryState.ASKED, DeliveryState.ANSWERED
    if not is_answered:
        before, after = after, before
    for row in Delivery.objects.filter(request_id__in=list(requests), state=before):
        move(row, after, also={"answered_at": timezone.now() if is_answered else None})
        audit.record(f"delivery.{'answer' if is_answered else 'unanswer'}", row, by=None)
