from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "shsp"

    def ready(self) -> None:
        """Tell core what the packages' tables hold, and which addresses every page shows."""
        from core.detector import public_contacts
        from core.privacy import EXTERNAL
        from shsp.centre import words
        from shsp.privacy import PACKAGE_TABLES

        EXTERNAL.update(PACKAGE_TABLES)
        public_contacts.add(words.contacts)
