from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "shsp"

    def ready(self) -> None:
        """Tell core of the packages' tables, public addresses and our documents, and the desk what waits."""
        from accounts.permissions import Permission
        from consultations.desk import origins
        from consultations.requests import notices
        from core.detector import public_contacts
        from core.documents.kind import register
        from core.documents.law.kind import register as register_law
        from core.documents.reviews import register as register_reviews
        from core.privacy import EXTERNAL
        from municipalities import hooks
        from shsp import law, report_questions
        from shsp.centre import words
        from shsp.help import queries as help_page
        from shsp.help.kind import HELP
        from shsp.pages import queries as pages
        from shsp.pages.kind import PAGES
        from shsp.privacy import PACKAGE_TABLES
        from visits.deliveries.actions import questions

        EXTERNAL.update(PACKAGE_TABLES)
        public_contacts.add(words.contacts)
        public_contacts.add(help_page.line_numbers)
        register(PAGES)
        register(HELP)
        register_reviews(view=Permission.VIEW_DESK)
        register_law(view=Permission.VIEW_DESK, keep=Permission.KEEP_LAW)
        questions.when_asked(report_questions.take, report_questions.asked)
        notices.when_answered(report_questions.answered)
        origins.add(
            "deliveries", report_questions.asked_from, report_questions.COLUMNS, report_questions.origin
        )
        hooks.add_decisions(Permission.MANAGE_SITE, pages.to_review)
        hooks.add_decisions(Permission.MANAGE_SITE, help_page.to_review)
        hooks.add_decisions(Permission.VIEW_DESK, law.to_check)
