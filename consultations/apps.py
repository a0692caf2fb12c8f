"""The app of requests and summaries."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """Tells the municipalities' pages what requests have to say, and the outbox what not to send."""

    name = "consultations"

    def ready(self) -> None:
        """Add requests to the timeline of each municipality, and look once more before mail goes out."""
        from consultations.experts.tasks import look_after_experts
        from consultations.models import IncomingMail
        from consultations.peers import queries
        from consultations.peers.tasks import look_after_peers
        from consultations.requests import emails
        from consultations.requests import timeline as ours
        from consultations.requests.actions import hand_over as actions_hand_over
        from consultations.summaries import queries as summaries
        from consultations.summaries.kind import SUMMARIES
        from core import schedule
        from core.documents.kind import register
        from core.files import stray
        from core.outbox import mail
        from municipalities import hooks
        from municipalities.exchange import queries as exchange_queries
        from municipalities.people.actions import hand_over

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
        schedule.add(look_after_experts, look_after_peers)
        stray.owned_by(IncomingMail)
        mail.when_sending(emails.reason_to_stop)
        hand_over.when_handed_over(actions_hand_over.move, matters=actions_hand_over.matters)
