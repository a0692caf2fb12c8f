from django.apps import AppConfig


class StudiesConfig(AppConfig):
    name = "studies"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from core.documents.kind import register
        from municipalities import hooks
        from studies.texts import queries as texts
        from studies.texts.kind import TEXTS

        register(TEXTS)
        hooks.add_decisions(Permission.APPROVE_MATERIAL, texts.to_review)
