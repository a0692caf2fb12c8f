from django.apps import AppConfig


class TrialConfig(AppConfig):
    name = "tests.trial"

    def ready(self) -> None:
        from core.documents.kind import register
        from tests.trial.kind import NOTES

        register(NOTES)
