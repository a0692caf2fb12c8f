"""The app of requests and summaries."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """Tells the municipalities' pages what requests have to say, and the outbox what not to send."""

    name = "consultations"

    def ready(self) -> None:
        """Add requests to the timeline of each municipality, and look once more before mail goes out."""
        from consultations import emails, from_exchange, of_municipality, peers
        from consultations import timeline as ours
        from consultations.actions import handing_over
        from consultations.models import IncomingMail
        from core import mail, stray_files
        from municipalities import parts, queries_exchange, timeline, todo
        from municipalities.actions import hand_over

        timeline.add(ours.KIND, ours.entries, label=_("Requests"))
        timeline.add(ours.SUPPORT_KIND, ours.support_entries, label=_("In-depth support"))
        parts.add(
            "summaries",
            of_municipality.summaries,
            template="consultations/summaries/of_municipality.html",
            position=60,
            title=_("Answers for municipalities like this one"),
        )
        queries_exchange.when_made(from_exchange.summaries_of)
        timeline.add(ours.HELP_KIND, ours.help_entries, label=_("Help to others"))
        todo.add(peers.tasks)
        parts.add("help", peers.part, template="consultations/help_of_municipality.html", position=80)
        stray_files.owned_by(IncomingMail)
        mail.when_sending(emails.reason_to_stop)
        hand_over.when_handed_over(handing_over.move, matters=handing_over.matters)
