from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MunicipalitiesConfig(AppConfig):
    name = "municipalities"

    def ready(self) -> None:
        """Make memberships of accepted invitations, and tell of memberships on the timeline."""
        from accounts.actions import when_accepted
        from core import mail
        from municipalities import (
            emails_returns,
            memberships,
            parts,
            queries_figures,
            queries_returns,
            timeline,
            timeline_figures,
            todo,
        )
        from municipalities import memberships, programme_entries, timeline
        from municipalities import memberships, queries_exchange, timeline, todo
        from municipalities import memberships, parts, timeline
        from municipalities.actions.memberships import begin_by_invitation
        from municipalities.views import public_alike

        when_accepted(begin_by_invitation)
        timeline.add("memberships", memberships.entries, label=_("People"))
        # Figures and returns
        parts.add(
            "figures",
            queries_figures.of_municipality,
            template="municipalities/figures/of_municipality.html",
            position=10,
        )
        todo.add(queries_returns.wanted_of)
        timeline.add(timeline_figures.VALUES, timeline_figures.entries, label=_("Figures"))
        timeline.add(timeline_figures.RETURNS, timeline_figures.return_entries, label=_("Returns"))
        mail.when_sending(emails_returns.reason_to_stop)
        timeline.add(programme_entries.KIND, programme_entries.entries, label=_("Programmes"))
        timeline.add("exchange", queries_exchange.entries, label=_("Exchange"))
        todo.add(queries_exchange.tasks)
        parts.add(
            "alike", public_alike.part, template="municipalities/alike/of_municipality.html", position=70
        )
