from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Machinery that knows no subject"

    def ready(self) -> None:
        """Let the delivery of mail, planned publishing and the sweeping of stray files come back."""
        from core import schedule
        from core.documents.tasks import publish_due
        from core.files.stray import sweep_files
        from core.outbox.tasks import deliver_due

        schedule.add(deliver_due, publish_due, sweep_files)
