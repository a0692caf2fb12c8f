from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "shsp"

    def ready(self) -> None:
        """Tell core what the packages' tables hold."""
        from shsp import privacy

        privacy.register()
