from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MunicipalitiesConfig(AppConfig):
    name = "municipalities"

    def ready(self) -> None:
        """Make memberships of accepted invitations, and tell of memberships on the timeline."""
        from accounts.actions import when_accepted
        from core import mail
        from municipalities import emails_people, memberships, timeline
        from municipalities.actions.hand_over import begin_by_invitation

        when_accepted(begin_by_invitation)
        mail.when_sending(emails_people.reason_to_stop)
        timeline.add("memberships", memberships.entries, label=_("People"), years=memberships.years)
