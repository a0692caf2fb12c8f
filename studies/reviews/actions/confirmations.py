"""The author's word on the final text: asked for, reminded of, given, waived or taken back."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.documents.choices import OPEN
from core.states import refuse_for, update, verb
from studies.models import Confirmation, MaterialEdition
from studies.reviews import emails
from studies.reviews.clock import next_reminder_of
from studies.reviews.roles import reasons_of_role


def reasons_against_asking(edition: MaterialEdition, *, by: Any) -> list[str]:
    """Return why no author can be asked to confirm; empty when one can."""
    reasons = reasons_of_role(by)
    if edition.state not in OPEN:
        reasons.append(_("Authors confirm a text before it is published."))
    return reasons


@verb(against=reasons_against_asking)
def ask(edition: MaterialEdition, *, name: str, email: str, language: str, by: Any) -> Confirmation:
    """Ask an author to confirm the text as it stands; raises Refused for one who is asked already."""
    MaterialEdition.objects.select_for_update().get(pk=edition.pk)
    asked = Confirmation.objects.standing().filter(edition=edition, email__iexact=email)
    refuse_for([_("This author is asked already.")] if asked.exists() else [])
    row = Confirmation(edition=edition, name=name, email=email, language=language, asked_by=by)
    row.next_step_on = next_reminder_of(row, after=timezone.localdate())
    row.save()
    audit.record("confirmation.ask", row, by=by, edition=edition.pk)
    emails.confirmation(row)
    _plan()
    return row


def _reasons_of_row(row: Confirmation, by: Any) -> list[str]:
    reasons = reasons_of_role(by)
    return reasons + ([_("This link no longer works.")] if row.is_link_dead else [])


@verb(against=lambda row, *, by: _reasons_of_row(row, by), versioned=True)
def ask_again(row: Confirmation, *, version: int, by: Any) -> None:
    """Ask an author anew, since the text has changed or they have not answered; the link stays the same."""
    now = timezone.now()
    row.asked_at = now
    also = {
        "asked_at": now, "asked_by": by, "confirmed_at": None,
        "objected_at": None, "objection": "", "waived_at": None, "waived_by": None, "waived_reason": "",
        "next_step_on": next_reminder_of(row, after=timezone.localdate(now)),
    }  # fmt: skip
    update(row, also=also)
    audit.record("confirmation.ask_again", row, by=by, edition=row.edition_id)
    emails.confirmation(row)
    _plan()


def send_reminder(row: Confirmation, *, by: Any = None) -> None:
    """Send an author the same link, inside the caller's transaction."""
    now = timezone.now()
    step = next_reminder_of(row, after=timezone.localdate(now))
    update(row, also={"reminded_at": now, "next_step_on": step})
    audit.record("confirmation.remind", row, by=by, edition=row.edition_id)
    emails.confirmation_reminder(row)


@verb(against=lambda row, *, by: _reasons_of_row(row, by), versioned=True)
def revoke(row: Confirmation, *, version: int, by: Any) -> None:
    """Withdraw the link: nothing more is asked of this author."""
    update(row, also={"revoked_at": timezone.now(), "next_step_on": None})
    audit.record("confirmation.revoke", row, by=by, edition=row.edition_id)


@verb(against=lambda row, *, by: _reasons_of_row(row, by), versioned=True)
def waive(row: Confirmation, *, reason: str, version: int, by: Any) -> None:
    """Let the text be published without this author's word, and say why."""
    refuse_for([] if reason.strip() else [_("Write why the text can be published without it.")])
    also = {"waived_reason": reason.strip(), "waived_at": timezone.now(), "waived_by": by}
    update(row, also={**also, "next_step_on": None})
    audit.record("confirmation.waive", row, by=by, edition=row.edition_id)


def reasons_against_answering(row: Confirmation) -> list[str]:
    """Return why an author can neither confirm nor object now; empty when they can."""
    if row.is_link_dead:
        return [_("The link no longer works.")]
    if not row.is_of_this_text:
        return [_("The text has changed since we wrote to you. We will ask you once it is final.")]
    return []


@transaction.atomic
def answer(row: Confirmation, *, version: int, objection: str = "") -> None:
    """Take it that an author confirms the text or, with words, objects to it.

    Raises Refused with reasons_against_answering, Conflict when it was answered in another window.
    """
    MaterialEdition.objects.select_for_update().get(pk=row.edition_id)
    row.edition.refresh_from_db(fields=["saved_at", "state"])
    refuse_for(reasons_against_answering(row))
    now, words = timezone.now(), objection.strip()
    said = {"confirmed_at": None if words else now, "objected_at": now if words else None}
    row.version = version
    update(row, also={**said, "objection": words, "next_step_on": None})
    audit.record("confirmation.object" if words else "confirmation.confirm", row, by=None)
    emails.author_answered(row)


def reasons_against_publishing(edition: MaterialEdition) -> list[str]:
    """Return which authors' words a text still waits for; one whose word was waived is not waited for."""
    rows = Confirmation.objects.standing().filter(edition=edition, waived_at=None).select_related("edition")
    waiting = [row.name for row in rows if not (row.confirmed_at and row.is_of_this_text)]
    return [_("%(name)s has not confirmed the text as it is now.") % {"name": name} for name in waiting]


def _plan() -> None:
    from studies.reviews.tasks import remind_authors

    remind_authors.plan()
