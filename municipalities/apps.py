from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MunicipalitiesConfig(AppConfig):
    name = "municipalities"

    def ready(self) -> None:
        """Make memberships of accepted invitations, and tell of memberships on the timeline."""
        from accounts.actions import when_accepted
        from municipalities import memberships, parts, practice_timeline, queries_practices, timeline, todo
        from municipalities.actions.memberships import begin_by_invitation

        when_accepted(begin_by_invitation)
        timeline.add("memberships", memberships.entries, label=_("People"))
        timeline.add(practice_timeline.KIND, practice_timeline.entries, label=_("Practice"))
        todo.add(queries_practices.sent_back)
        parts.add(
            "practices",
            queries_practices.part_of,
            template="municipalities/practices/of_municipality.html",
            position=40,
        )
