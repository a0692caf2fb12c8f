from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MunicipalitiesConfig(AppConfig):
    name = "municipalities"

    def ready(self) -> None:
        from accounts.actions import when_accepted, when_accepting
        from core import schedule
        from core.detector import public_contacts
        from core.documents.kind import register
        from core.outbox import mail
        from municipalities.exchange.tasks import send_digests
        from municipalities.people import emails
        from municipalities.people.actions.hand_over import begin_by_invitation
        from municipalities.people.actions.memberships import reasons_against_accepting
        from municipalities.places.profile import office_contacts
        from municipalities.practices.kind import PRACTICES
        from municipalities.returns import emails as returns_emails
        from municipalities.returns.tasks import look_after_returns

        register(PRACTICES)
        schedule.add(look_after_returns, send_digests)
        when_accepting(reasons_against_accepting)
        when_accepted(begin_by_invitation)
        mail.when_sending(returns_emails.reason_to_stop)
        mail.when_sending(emails.reason_to_stop)
        public_contacts.add(office_contacts)
        _fill_pages()


def _fill_pages() -> None:
    from accounts.permissions import Permission
    from municipalities import hooks
    from municipalities.exchange import queries as exchange
    from municipalities.figures import queries as figures_page
    from municipalities.figures import timeline as figures
    from municipalities.people import timeline as people
    from municipalities.places import successions, views
    from municipalities.practices import queries as practices_lists
    from municipalities.practices import timeline as practices
    from municipalities.programmes import queries as programmes_lists
    from municipalities.programmes import timeline as programmes
    from municipalities.returns import queries as returns

    hooks.add_timeline("memberships", people.entries, label=_("People"))
    hooks.add_timeline("register", successions.entries, label=_("Changes in the register"))
    hooks.add_timeline(figures.VALUES, figures.entries, label=_("Figures"))
    hooks.add_timeline(figures.RETURNS, figures.return_entries, label=_("Returns"))
    hooks.add_timeline(programmes.KIND, programmes.entries, label=_("Programmes"))
    hooks.add_timeline(practices.KIND, practices.entries, label=_("Practice"))
    hooks.add_timeline("exchange", exchange.entries, label=_("Exchange"))
    hooks.add_tasks(returns.wanted_of)
    hooks.add_tasks(exchange.tasks)
    hooks.add_tasks(practices_lists.sent_back)
    hooks.add_decisions(Permission.APPROVE_PRACTICE, practices_lists.to_review)
    hooks.add_decisions(Permission.EDIT_MUNICIPALITY, programmes_lists.to_publish)
    hooks.add_decisions(Permission.MANAGE_RETURNS, returns.to_accept)
    hooks.add_decisions(Permission.MODERATE_EXCHANGE, exchange.to_moderate)
    template = "municipalities/figures/of_municipality.html"
    hooks.add_part(
        "figures", figures_page.of_municipality, template=template, position=10, title=_("Figures")
    )
    template = "municipalities/practices/of_municipality.html"
    hooks.add_part("practices", practices_lists.part_of, template=template, position=40, title=_("Practice"))
    template = "municipalities/places/of_municipality.html"
    hooks.add_part("alike", views.part, template=template, position=70, title=_("Similar municipalities"))
