from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Machinery that knows no subject"

    def ready(self) -> None:
        """Let the delivery of mail come back by itself."""
        from core import schedule
        from core.outbox.tasks import deliver_due

        schedule.add(deliver_due)
