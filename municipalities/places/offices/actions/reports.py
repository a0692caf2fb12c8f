"""Visitors report a wrong contact; whoever keeps it settles that."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.notices.actions import mark_read, tell
from core.notices.kinds import Kind
from core.states import update, verb
from municipalities.models import Municipality, Office, OfficeReport

REPORTED = Kind(
    key="municipalities/office_reported",
    label=gettext_lazy("A visitor reports a wrong contact of an office"),
    sentence=gettext_lazy("A visitor reports a wrong contact: %(office)s"),
    permission=Permission.EDIT_MUNICIPALITY,
)


@transaction.atomic
def report(municipality: Municipality, *, office: Office | None) -> OfficeReport:
    """Note that a contact is wrong: of an office, or of the municipality's own office; nobody has to say why.

    What nobody has settled yet is not noted twice.
    """
    rows = OfficeReport.objects.waiting().about(municipality, office).filter(note="")
    return rows.first() or _note_down(municipality, office, "")


@transaction.atomic
def say_more(row: OfficeReport, *, note: str) -> None:
    """Add to a report what is wrong; what another visitor has written to it stays."""
    if not OfficeReport.objects.waiting().filter(pk=row.pk, note="").update(note=note):
        _note_down(row.municipality, row.office, note)


def _note_down(municipality: Municipality, office: Office | None, note: str) -> OfficeReport:
    row = OfficeReport.objects.create(municipality=municipality, office=office, note=note)
    audit.record("office.report", row, by=None)
    name = office.name if office else municipality.name
    keepers = User.objects.who_may(Permission.EDIT_MUNICIPALITY)
    tell(row, {REPORTED.key: keepers}, link=lambda: reverse("desk-office-reports"), office=name)
    return row


def reasons_against_settling(row: OfficeReport, *, by: User) -> list[str]:
    """Return why `by` cannot settle a report at the desk; empty when they may."""
    return by.reasons_without(
        Permission.EDIT_MUNICIPALITY, _("Your role does not write about municipalities.")
    )


@verb(against=reasons_against_settling)
def settle(row: OfficeReport, *, by: User) -> None:
    """Say that a report is dealt with. Raises Conflict when a colleague was quicker."""
    update(row, also={"settled_at": timezone.now(), "settled_by": by}, seen={"settled_at": None})
    mark_read(row, by=by)
    audit.record("office.settle_report", row, by=by)


def settle_seen(municipality: Municipality, *, office: Office | None, newest: int, by: User) -> None:
    """Settle the reports of one contact up to the newest that its keeper has seen, as part of their verb."""
    rows = OfficeReport.objects.waiting().about(municipality, office).filter(pk__lte=newest)
    for row in rows:
        row.settled_at, row.settled_by = timezone.now(), by
        row.save(update_fields=["settled_at", "settled_by"])
        mark_read(row, by=by)
