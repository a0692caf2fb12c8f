from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Tell those who look after texts who stands in for whom."""
        from accounts.duty.queries import named_as_deputy_by, stand_ins
        from core.documents import care

        care.cover(stand_ins, named_as_deputy_by)
