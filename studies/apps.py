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
