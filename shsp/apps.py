from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "shsp"

    def ready(self) -> None:
        """Tell core what the packages' tables hold, which addresses every page shows, and our documents."""
        from core.detector import public_contacts
        from core.documents.kind import register
        from core.privacy import EXTERNAL
        from shsp.centre import words
        from shsp.help.kind import HELP
        from shsp.help.queries import line_numbers
        from shsp.pages.kind import PAGES
        from shsp.privacy import PACKAGE_TABLES

        EXTERNAL.update(PACKAGE_TABLES)
        public_contacts.add(words.contacts)
        public_contacts.add(line_numbers)
        register(PAGES)
        register(HELP)
