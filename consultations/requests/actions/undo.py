"""Taking back what has just been sent: for a short while its mail, or the private page, waits for that."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.choices import DraftKind
from consultations.models import Contact, SupportRequest
from consultations.models.contact import UNDO_SECONDS
from consultations.requests import notices
from consultations.requests.actions import drafts, readings
from consultations.requests.search import index_request
from core import audit
from core.files import attachments
from core.outbox import mail
from core.outbox.mail import State
from core.states import Refused, refuse_for, update

# What sending changes on a request.
CHANGED = ["state", "waiting_since", "due_on", "asked_back_at", "answered_at", "closed_at", "assignee"]


def as_it_stands(request: SupportRequest, names: Iterable[str] = CHANGED) -> dict[str, Any]:
    """Return columns of a request, those that sending changes where no others are named, fit for JSON."""
    values = {name: getattr(request, _column(name).attname) for name in names}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def columns_before(before: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns of a request as they stood, from what as_it_stands has kept."""
    return {_column(name).attname: _column(name).to_python(value) for name, value in before.items()}


def _column(name: str) -> Any:
    return SupportRequest._meta.get_field(name)


def keep_way_back(contact: Contact, *, before: dict[str, Any]) -> None:
    """Keep with what was just sent how its request stood `before`, inside the sending verb."""
    contact.before = {"before": before, "after": as_it_stands(contact.request)}
    contact.save(update_fields=["before"])


def reasons_against_undoing(contact: Contact, *, by: User) -> list[str]:
    """Return why `by` cannot take back what was sent; empty when nothing stands against it."""
    if contact.logged_by_id != by.pk:
        return [_("Only who has written it can take it back.")]
    if contact.before is None:
        return [_("It was not sent by the portal, so it cannot be taken back.")]
    if contact.sent_as and contact.sent_as.state == State.STOPPED:
        return [contact.sent_as.why_not]
    if contact.held_until is None:
        return [
            _("It is on its way: the %(seconds)s seconds in which it could be taken back are over.")
            % {"seconds": UNDO_SECONDS}
        ]
    if as_it_stands(contact.request) != contact.before["after"]:
        return [_("The request has changed since, so what was sent stays.")]
    return []


@transaction.atomic
def undo_answer(contact: Contact, *, by: User) -> None:
    """Stop its mail, put the request back as it was, and make the text a draft of its author again.

    The contact and its files are deleted: nobody has received them.
    Raises Refused with reasons_against_undoing, or when the mail left at this very moment; Conflict when
    somebody else has changed the request meanwhile.
    """
    request = contact.request
    request.refresh_from_db(from_queryset=SupportRequest.objects.select_for_update())
    refuse_for(reasons_against_undoing(contact, by=by))
    # It is there: the reasons refuse without.
    assert contact.before is not None
    if contact.sent_as and not mail.take_back(contact.sent_as):
        raise Refused([_("It has been sent at this very moment.")])
    # No move: what was done is as if it had never been, whether or not the table knows a way back.
    update(request, also=columns_before(contact.before["before"]))
    readings.give_back(contact)
    notices.taken_back(contact)
    files = [row.attachment for row in contact.files.select_related("attachment")]
    contact.files.all().delete()
    for file in files:
        attachments.remove(file)
    Contact.objects.filter(pk=contact.pk).delete()
    kind = DraftKind.ASK_BACK if contact.is_question_back else DraftKind.ANSWER
    drafts.keep_text(request, kind=kind, text=contact.text, by=by, version=0)
    audit.record("request.undo_answer", request, by=by)
    index_request(request)
