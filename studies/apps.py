from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudiesConfig(AppConfig):
    name = "studies"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from core import schedule
        from core.documents.kind import register
        from core.notices import kinds
        from municipalities import hooks
        from studies.plan import emails, tasks
        from studies.texts import queries as texts
        from studies.texts.kind import TEXTS
        from studies.texts.tasks import make_missing

        register(TEXTS)
        schedule.add(make_missing)
        hooks.add_decisions(Permission.APPROVE_MATERIAL, texts.to_review)
        kinds.add(*emails.KINDS, under=_("Expert materials"))
        schedule.add(tasks.look_after_contracts)

        _wire_reviews()


def _wire_reviews() -> None:
    """The expert group: what stands behind its links and those of authors, what comes back, who is told."""
    from accounts.permissions import Permission
    from core import schedule
    from core.links import doors
    from core.notices import kinds
    from municipalities import hooks
    from studies.models import Confirmation, Reviewer
    from studies.reviews import emails, queries, tasks
    from studies.reviews.actions import confirmations, rounds
    from studies.reviews.views.confirmations import author
    from studies.reviews.views.reviewers import reviewer
    from studies.texts.actions import when_publishing

    when_publishing(rounds.reasons_against_publishing)
    when_publishing(confirmations.reasons_against_publishing)

    kinds.add(*emails.KINDS, under=_("Expert materials"))
    schedule.add(tasks.look_after_reviewers, tasks.remind_authors)
    hooks.add_decisions(Permission.MANAGE_MATERIALS, queries.to_settle)
    doors.add(Reviewer.objects.for_page, reviewer, over="studies/reviews/over.html")
    doors.add(Confirmation.objects.for_page, author)
