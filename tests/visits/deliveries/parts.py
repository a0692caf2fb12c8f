"""What tests of deliveries share."""

from django.utils import timezone

from core.outbox.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendeeFactory, VisitInvitationFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.reports import ReportEditionFactory
from visits.choices import DeliveryState
from visits.deliveries.actions.publishing import deliver
from visits.deliveries.tasks import queue_reports
from visits.models import Delivery, ReportEdition, VisitInvitation


def invited(edition: ReportEdition, email: str = "", *, was_there: bool = False, **place) -> VisitInvitation:
    """Invite a municipality to the visit of a report, somebody of which was there or not."""
    municipality = MunicipalityFactory(office_email=email, **place)
    invitation = VisitInvitationFactory(visit=edition.document.visit, municipality=municipality)
    if was_there:
        AttendeeFactory(
            invitation=invitation, was_there=True, ticked_at=timezone.now(), ticked_by=UserFactory()
        )
    return invitation


def official_of(invitation: VisitInvitation, **account):
    """Return somebody who speaks for the invited municipality."""
    user = UserFactory(official=True, **account)
    MembershipFactory(municipality=invitation.municipality, user=user)
    return user


def publish(edition: ReportEdition) -> None:
    """Let an edition go out, and do what the worker does."""
    deliver(edition)
    queue_reports.func()


def edition_of(visit=None, **fields) -> ReportEdition:
    """Return a published report."""
    if visit:
        fields["document__visit"] = visit
    return ReportEditionFactory(published=True, **fields)


def next_edition(edition: ReportEdition, **fields) -> ReportEdition:
    """Return the edition that takes the place of another."""
    ReportEdition.objects.filter(pk=edition.pk).update(state="superseded")
    number = edition.number + 1
    fields = {"change_note_cs": "Doplněna čísla.", "change_note_en": "Figures added.", **fields}
    return ReportEditionFactory(published=True, document=edition.document, number=number, **fields)


def told() -> list[tuple[str, str]]:
    """Return whom the outbox has mail for, and of which kind."""
    return list(OutgoingMail.objects.order_by("pk").values_list("to", "kind"))


def states() -> dict[str, str]:
    """Return how far each delivery is, by whom it is for."""
    return {row.whom: row.state for row in Delivery.objects.select_related("municipality")}


QUEUED, FAILED = DeliveryState.QUEUED, DeliveryState.FAILED
