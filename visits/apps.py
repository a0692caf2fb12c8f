from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "visits"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from core import schedule
        from core.documents.kind import register
        from municipalities import hooks
        from visits.pages import timeline as ours
        from visits.reports import queries as reports
        from visits.reports.kind import REPORTS
        from visits.reports.tasks import make_missing

        register(REPORTS)
        schedule.add(make_missing)
        hooks.add_decisions(Permission.APPROVE_REPORT, reports.to_review, menu="desk-visit-reports")

        _wire_attendance()
        hooks.add_timeline(ours.KIND, ours.entries, label=_("Study visits"))
        template, title = "visits/pages/of_municipality.html", _("Study visits they joined")
        hooks.add_part("visits", ours.joined, template=template, position=50, title=title)


def _wire_attendance() -> None:
    from core import schedule
    from core.links import doors
    from core.notices import kinds
    from municipalities import hooks
    from visits.attendance import emails, queries
    from visits.attendance.tasks import close_sign_ups, look_after_invitations
    from visits.attendance.views.public import place
    from visits.models import Attendee

    kinds.add(*emails.KINDS, under=_("Study visits"))
    schedule.add(look_after_invitations, close_sign_ups)
    hooks.add_tasks(queries.tasks)
    people = Attendee.objects.select_related("visit__host", "invitation__municipality")
    doors.add(people.all, place)
