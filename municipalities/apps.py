from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MunicipalitiesConfig(AppConfig):
    name = "municipalities"

    def ready(self) -> None:
        from accounts.actions import when_accepted, when_accepting
        from core import schedule
        from core.detector import public_contacts
        from core.documents.kind import register
        from municipalities.exchange.tasks import send_digests
        from municipalities.people.actions.hand_over import begin_by_invitation
        from municipalities.people.actions.memberships import reasons_against_accepting
        from municipalities.places.offices import queries as offices
        from municipalities.places.profile import office_contacts
        from municipalities.practices.kind import PRACTICES
        from municipalities.returns.tasks import look_after_returns

        register(PRACTICES)
        schedule.add(look_after_returns, send_digests)
        when_accepting(reasons_against_accepting)
        when_accepted(begin_by_invitation)
        public_contacts.add(office_contacts)
        public_contacts.add(offices.contacts)
        _name_notices()
        _fill_pages()


def _name_notices() -> None:
    from core.notices import kinds
    from municipalities.exchange import emails as exchange
    from municipalities.people import emails as people
    from municipalities.places.offices.actions.reports import REPORTED
    from municipalities.practices import emails as practices
    from municipalities.programmes import emails as programmes
    from municipalities.returns import emails as returns

    kinds.add(*returns.KINDS, under=_("Figures"))
    kinds.add(*programmes.KINDS, under=_("Programmes"))
    kinds.add(*practices.KINDS, under=_("Good practice"))
    kinds.add(*exchange.KINDS, under=_("Exchange"))
    kinds.add(*people.KINDS, under=_("People"))
    kinds.add(REPORTED, under=_("Offices"))


def _fill_pages() -> None:
    from accounts.permissions import Permission
    from core.notices import counts
    from municipalities import hooks
    from municipalities.exchange import queries as exchange
    from municipalities.figures import queries as figures_page
    from municipalities.figures import timeline as figures
    from municipalities.people import timeline as people
    from municipalities.places import successions, views
    from municipalities.places.offices import queries as offices
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
    speaks = Permission.SPEAK_FOR_MUNICIPALITY
    counts.add("my-returns", returns.wanted_by, permission=speaks)
    counts.add("my-practices", practices_lists.sent_back_to, permission=speaks)
    hooks.add_tasks(returns.wanted_of)
    hooks.add_tasks(exchange.tasks)
    hooks.add_tasks(practices_lists.sent_back)
    hooks.add_tasks(offices.tasks)
    hooks.add_decisions(Permission.EDIT_MUNICIPALITY, offices.to_settle)
    hooks.add_decisions(Permission.APPROVE_PRACTICE, practices_lists.to_review, menu="desk-practices")
    hooks.add_decisions(Permission.EDIT_MUNICIPALITY, programmes_lists.to_publish)
    hooks.add_decisions(Permission.MANAGE_RETURNS, returns.to_accept, menu="desk-returns")
    hooks.add_decisions(Permission.MODERATE_EXCHANGE, exchange.to_moderate, menu="exchange")
    template = "municipalities/figures/of_municipality.html"
    hooks.add_part(
        "figures", figures_page.of_municipality, template=template, position=10, title=_("Figures")
    )
    template = "municipalities/practices/of_municipality.html"
    hooks.add_part("practices", practices_lists.part_of, template=template, position=40, title=_("Practice"))
    template = "municipalities/places/of_municipality.html"
    hooks.add_part("alike", views.part, template=template, position=70, title=_("Similar municipalities"))
