"""What is most likely done next with a visit: where that is, and how its button says it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.documents.choices import State
from visits.choices import PlaceState, VisitState
from visits.lessons.queries import never_proposed
from visits.models import Delivery, ReportEdition, StudyVisit
from visits.plans.actions.plans import lacks_of, reasons_of_role


@dataclass(frozen=True)
class NextStep:
    """A page on which a visit goes on."""

    label: str
    url: str


def next_step_of(visit: StudyVisit, user: User) -> NextStep | None:
    """Return where a visit goes on; None where it is by its own first way on, or nothing is left."""
    find = _FIND.get(VisitState(visit.state))
    return None if find is None or reasons_of_role(user) else find(visit)


def _planned(visit: StudyVisit) -> NextStep | None:
    if not lacks_of(visit):
        return None
    return NextStep(_("Fill in what is missing"), reverse("desk-visit-edit", args=[visit.pk]))


def _open(visit: StudyVisit) -> NextStep | None:
    if not visit.takes_names:
        return None
    if not visit.invitations.exists():
        return NextStep(_("Invite municipalities"), reverse("desk-visit-invite", args=[visit.pk]))
    return _people(visit)


def _closed(visit: StudyVisit) -> NextStep | None:
    step = _people(visit)
    begins = visit.starts_on is None or visit.starts_on <= timezone.localdate()
    return None if begins and not _are_named(visit) else step


def _people(visit: StudyVisit) -> NextStep:
    label = _("Confirm who was named") if _are_named(visit) else _("See who goes and who has answered")
    return NextStep(label, _tab(visit, "people"))


def _are_named(visit: StudyVisit) -> bool:
    """Tell whether somebody waits to be confirmed."""
    return visit.attendees.filter(state=PlaceState.NAMED).exists()


def _under_way(visit: StudyVisit) -> NextStep | None:
    last = visit.ends_on or visit.starts_on
    if last and last < timezone.localdate():
        return None
    return NextStep(_("Attendance on the spot"), reverse("desk-visit-attendance", args=[visit.pk]))


def _reporting(visit: StudyVisit) -> NextStep:
    newest = ReportEdition.objects.filter(document__visit=visit).select_related("document")
    edition = newest.order_by("-number").first()
    if edition is None:
        return NextStep(_("Begin the report"), reverse("desk-visit-report-begin", args=[visit.pk]))
    is_draft = edition.state == State.DRAFT
    label = _("Go on writing the report") if is_draft else _("Open the report")
    return NextStep(label, edition.document.get_desk_url())


def _reported(visit: StudyVisit) -> NextStep:
    if Delivery.objects.filter(report__visit=visit).for_desk().exists():
        url = f"{reverse('desk-deliveries')}?state=desk&visit={visit.slug}"
        return NextStep(_("See what did not arrive"), url)
    if never_proposed().filter(edition__document__visit=visit).exists():
        return NextStep(_("Propose lessons"), reverse("desk-visit-propose", args=[visit.pk]))
    return NextStep(_("See what came of it"), _tab(visit, "lessons"))


def _tab(visit: StudyVisit, key: str) -> str:
    return f"{visit.get_desk_url()}?tab={key}"


_FIND: dict[VisitState, Callable[[StudyVisit], NextStep | None]] = {
    VisitState.PLANNED: _planned,
    VisitState.OPEN: _open,
    VisitState.CLOSED: _closed,
    VisitState.UNDER_WAY: _under_way,
    VisitState.REPORTING: _reporting,
    VisitState.REPORTED: _reported,
}
