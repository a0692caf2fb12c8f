from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "visits"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from core import schedule
        from core.documents.kind import register
        from municipalities import hooks
        from visits.reports import queries as reports
        from visits.reports.kind import REPORTS
        from visits.reports.tasks import make_missing

        register(REPORTS)
        schedule.add(make_missing)
        hooks.add_decisions(Permission.APPROVE_REPORT, reports.to_review)

        _wire_attendance()
        _wire_deliveries()
        _wire_pages()
        _follow_up()


def _wire_attendance() -> None:
    from core import schedule
    from core.links import doors
    from core.notices import kinds
    from municipalities import hooks
    from visits.attendance import emails, queries
    from visits.attendance.actions import changes
    from visits.attendance.tasks import close_sign_ups, look_after_invitations
    from visits.attendance.views.public import place
    from visits.models import Attendee
    from visits.plans.actions.plans import when_changed
    from visits.plans.actions.states import when_moved

    when_changed(changes.follow_change)
    when_moved(changes.follow_move)
    kinds.add(*emails.KINDS, under=_("Study visits"))
    schedule.add(look_after_invitations, close_sign_ups)
    hooks.add_tasks(queries.tasks)
    people = Attendee.objects.select_related("visit__host", "invitation__municipality")
    doors.add(people.all, place)


def _wire_pages() -> None:
    from accounts.permissions import Permission
    from core.notices import counts
    from municipalities import hooks
    from visits.attendance import queries as attendance
    from visits.pages import queries, timeline

    hooks.add_decisions(Permission.MANAGE_VISITS, attendance.to_confirm, menu="desk-visits")
    hooks.add_decisions(Permission.MANAGE_VISITS, queries.behind_calendar)
    hooks.add_next(queries.next_visits)
    counts.add("my-visits", queries.waits_for, permission=Permission.SPEAK_FOR_MUNICIPALITY)
    hooks.add_timeline(timeline.KIND, timeline.entries, label=_("Study visits"))
    template, title = "visits/pages/of_municipality.html", _("Study visits they joined")
    hooks.add_part("visits", timeline.joined, template=template, position=50, title=title)


def _follow_up() -> None:
    """What came of visits: lessons that wait for answers, what was answered, and who is told."""
    from accounts.permissions import Permission
    from core import schedule
    from core.notices import kinds
    from municipalities import hooks
    from visits.lessons import emails, queries, tasks, timeline

    schedule.add(tasks.ask_what_came)
    kinds.add(*emails.KINDS, under=_("Study visits"))
    hooks.add_tasks(queries.waiting_of)
    hooks.add_timeline(timeline.KIND, timeline.entries, label=_("Lessons of visits"))
    template, title = "visits/lessons/of_municipality.html", _("Lessons from study visits")
    hooks.add_part("lessons", queries.part_of_municipality, template=template, position=52, title=title)
    hooks.add_decisions(Permission.MANAGE_VISITS, queries.to_propose)
    hooks.add_decisions(Permission.MANAGE_VISITS, queries.by_phone)
    template = "visits/lessons/of_practice.html"
    hooks.add_practice_part("lessons", queries.of_practice, template=template)
    hooks.add_origin("lesson", queries.origin)


def _wire_deliveries() -> None:
    from accounts.permissions import Permission
    from core import schedule
    from core.links import doors
    from core.outbox import dead_addresses, mail
    from municipalities import hooks
    from visits.deliveries import emails, queries, tasks, timeline
    from visits.deliveries.actions import arrivals, publishing, subscriptions
    from visits.deliveries.views import public
    from visits.models import Delivery, Subscription
    from visits.reports.actions import when_published

    when_published(publishing.deliver)
    hooks.add_timeline(timeline.KIND, timeline.entries, label=_("Reports of study visits"))
    hooks.add_tasks(queries.tasks)
    hooks.add_decisions(Permission.MANAGE_VISITS, queries.to_deal_with)
    doors.add(Delivery.objects.for_list, public.delivery)
    over = "visits/deliveries/subscription_over.html"
    rows = Subscription.objects.for_list
    doors.add(rows, public.subscription, over=over, one_click=subscriptions.end)
    schedule.add(tasks.queue_reports, tasks.queue_late_reports, tasks.look_after_deliveries)
    mail.when_sending(emails.reason_to_stop)
    for kind in (emails.REPORT, emails.REMINDER):
        mail.when_writing(kind, emails.write)
    mail.when_sent(arrivals.note_sent)
    mail.when_failed(arrivals.note_failed)
    dead_addresses.when_marked(arrivals.note_dead)
