from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MunicipalitiesConfig(AppConfig):
    name = "municipalities"

    def ready(self) -> None:
        """Make memberships of accepted invitations, and tell of memberships on the timeline."""
        from accounts.actions import when_accepted
        from municipalities import memberships, successions, timeline
        from municipalities.actions.memberships import begin_by_invitation

        when_accepted(begin_by_invitation)
        timeline.add("memberships", memberships.entries, label=_("People"))
        timeline.add("register", successions.entries, label=_("Changes in the register"))
