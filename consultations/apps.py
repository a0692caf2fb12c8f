"""The app of requests and summaries."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User


class ConsultationsConfig(AppConfig):
    """Tells the municipalities' pages what requests have to say, and the outbox what not to send."""

    name = "consultations"

    def ready(self) -> None:
        """Add requests to the timeline of each municipality, and look once more before mail goes out."""
        from consultations.desk.tasks import keep_weeks
        from consultations.experts import emails as experts
        from consultations.experts.tasks import look_after_experts
        from consultations.mailbox.notices import HELD
        from consultations.models import IncomingMail
        from consultations.peers import emails as peers
        from consultations.peers import queries
        from consultations.peers.tasks import look_after_peers
        from consultations.requests import emails, notices
        from consultations.requests import timeline as ours
        from consultations.requests.actions import hand_over as actions_hand_over
        from consultations.requests.tasks import count_answered, tell_of_days
        from consultations.summaries import queries as summaries
        from consultations.summaries.kind import SUMMARIES
        from consultations.support.tasks import STEP_DUE, tell_of_steps
        from core import schedule
        from core.documents.kind import register
        from core.files import stray
        from core.notices import kinds
        from core.outbox import mail
        from municipalities import hooks
        from municipalities.exchange import queries as exchange_queries
        from municipalities.people.actions import hand_over

        kinds.add(*notices.KINDS, HELD, experts.SETTLED, peers.SETTLED, STEP_DUE, under=_("Requests"))
        kinds.add(*peers.OF_OFFICIALS, under=_("Help to others"))
        register(SUMMARIES)
        hooks.add_timeline(ours.KIND, ours.entries, label=_("Requests"))
        hooks.add_timeline(ours.SUPPORT_KIND, ours.support_entries, label=_("In-depth support"))
        hooks.add_part(
            "summaries",
            summaries.part_of,
            template="consultations/summaries/of_municipality.html",
            position=60,
            title=_("Answers for municipalities like this one"),
        )
        exchange_queries.when_made(summaries.summaries_of)
        hooks.add_timeline(ours.HELP_KIND, ours.help_entries, label=_("Help to others"))
        hooks.add_tasks(queries.tasks)
        hooks.add_part("help", queries.part, template="consultations/peers/of_municipality.html", position=80)
        _count_what_waits()
        schedule.add(
            count_answered, keep_weeks, look_after_experts, look_after_peers, tell_of_days, tell_of_steps
        )
        stray.owned_by(IncomingMail)
        mail.when_sending(emails.reason_to_stop)
        mail.when_failed(emails.tell_of_failure)
        mail.when_failed(experts.tell_of_failure)
        hand_over.when_handed_over(actions_hand_over.move, matters=actions_hand_over.matters)


def _count_what_waits() -> None:
    from accounts.permissions import Permission
    from consultations.desk.today import waits_for
    from consultations.models import IncomingMail, PeerQuestion, SecondReading, SummaryEdition, SupportRequest
    from consultations.models.incoming import WAITING
    from core.notices.counts import add

    def unassigned(user: "User") -> "QuerySet[SupportRequest]":
        return SupportRequest.objects.visible_to(user).on_us().filter(assignee=None)

    def held(user: "User") -> "QuerySet[IncomingMail]":
        return IncomingMail.objects.visible_to(user).filter(state__in=WAITING)

    def readings(user: "User") -> "QuerySet[SecondReading]":
        return SecondReading.objects.visible_to(user).for_reader(user)

    def in_review(user: "User") -> "QuerySet[SummaryEdition]":
        return SummaryEdition.objects.visible_to(user).waiting_for(user)

    def help_asked(user: "User") -> "QuerySet[PeerQuestion]":
        return PeerQuestion.objects.visible_to(user).pending()

    add("desk", waits_for, permission=Permission.VIEW_REQUESTS)
    add("desk-requests", unassigned, permission=Permission.VIEW_REQUESTS)
    add("desk-mail", held, permission=Permission.VIEW_REQUESTS)
    add("desk-readings", readings, permission=Permission.VIEW_REQUESTS)
    add("desk-summaries", in_review, permission=Permission.APPROVE_SUMMARY)
    add("my-help", help_asked, permission=Permission.SPEAK_FOR_MUNICIPALITY)
