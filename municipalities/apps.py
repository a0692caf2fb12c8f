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
        _fill_timeline()
        _fill_tasks()
        _fill_page()


def _fill_timeline() -> None:
    from municipalities.exchange import queries
    from municipalities.figures import timeline as figures
    from municipalities.hooks import add_timeline
    from municipalities.people import timeline as people
    from municipalities.places import successions
    from municipalities.practices import timeline as practices
    from municipalities.programmes import timeline as programmes

    add_timeline("memberships", people.entries, label=_("People"))
    add_timeline("register", successions.entries, label=_("Changes in the register"))
    add_timeline(figures.VALUES, figures.entries, label=_("Figures"))
    add_timeline(figures.RETURNS, figures.return_entries, label=_("Returns"))
    add_timeline(programmes.KIND, programmes.entries, label=_("Programmes"))
    add_timeline(practices.KIND, practices.entries, label=_("Practice"))
    add_timeline("exchange", queries.entries, label=_("Exchange"))


def _fill_tasks() -> None:
    from accounts.permissions import Permission
    from municipalities.exchange import queries as exchange
    from municipalities.hooks import add_decisions, add_tasks
    from municipalities.practices import queries as practices
    from municipalities.programmes import queries as programmes
    from municipalities.returns import queries as returns

    add_tasks(returns.wanted_of)
    add_tasks(exchange.tasks)
    add_tasks(practices.sent_back)
    add_decisions(Permission.APPROVE_PRACTICE, practices.to_review)
    add_decisions(Permission.EDIT_MUNICIPALITY, programmes.to_publish)
    add_decisions(Permission.MANAGE_RETURNS, returns.to_accept)
    add_decisions(Permission.MODERATE_EXCHANGE, exchange.to_moderate)


def _fill_page() -> None:
    from municipalities.figures import queries as figures
    from municipalities.hooks import add_part
    from municipalities.places import views as places
    from municipalities.practices import queries as practices

    for position, key, folder, source, title in (
        (10, "figures", "figures", figures.of_municipality, _("Figures")),
        (40, "practices", "practices", practices.part_of, _("Practice")),
        (70, "alike", "places", places.part, _("Similar municipalities")),
    ):
        template = f"municipalities/{folder}/of_municipality.html"
        add_part(key, source, template=template, position=position, title=title)
