from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Machinery that knows no subject"

    def ready(self) -> None:
        """Let delivery, daily mail, planned publishing and the sweeping of what is old come back."""
        from core import schedule
        from core.documents.tasks import publish_due, remind_of_reviews
        from core.files.stray import sweep_files
        from core.notices.emails import reason_to_stop
        from core.notices.tasks import forget_old, send_digests
        from core.outbox import mail
        from core.outbox.tasks import deliver_due

        schedule.add(deliver_due, publish_due, remind_of_reviews, sweep_files, send_digests, forget_old)
        mail.when_sending(reason_to_stop)
