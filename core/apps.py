from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Machinery that knows no subject"

    def ready(self) -> None:
        """Let the delivery of mail and the sweeping of stray files come back by themselves."""
        from core import schedule
        from core.files.stray import sweep_files
        from core.outbox.tasks import deliver_due

        schedule.add(deliver_due, sweep_files)
