from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MunicipalitiesConfig(AppConfig):
    name = "municipalities"

    def ready(self) -> None:
        """Make memberships of accepted invitations; tell what the timeline, a page and a to-do list show."""
        from accounts.actions import when_accepted, when_accepting
        from core import mail
        from core.detector import public_contacts
        from municipalities import emails_people, emails_returns
        from municipalities.actions.hand_over import begin_by_invitation
        from municipalities.actions.memberships import reasons_against_accepting
        from municipalities.profile import office_contacts

        when_accepting(reasons_against_accepting)
        when_accepted(begin_by_invitation)
        mail.when_sending(emails_returns.reason_to_stop)
        mail.when_sending(emails_people.reason_to_stop)
        public_contacts.add(office_contacts)
        _fill_timeline()
        _fill_todo()
        _fill_page()


def _fill_timeline() -> None:
    from municipalities import (
        memberships,
        queries_exchange,
        successions,
        timeline,
        timeline_figures,
        timeline_practices,
        timeline_programmes,
    )

    timeline.add("memberships", memberships.entries, label=_("People"))
    timeline.add("register", successions.entries, label=_("Changes in the register"))
    timeline.add(timeline_figures.VALUES, timeline_figures.entries, label=_("Figures"))
    timeline.add(timeline_figures.RETURNS, timeline_figures.return_entries, label=_("Returns"))
    timeline.add(timeline_programmes.KIND, timeline_programmes.entries, label=_("Programmes"))
    timeline.add(timeline_practices.KIND, timeline_practices.entries, label=_("Practice"))
    timeline.add("exchange", queries_exchange.entries, label=_("Exchange"))


def _fill_todo() -> None:
    from municipalities import queries_exchange, queries_practices, queries_returns, todo

    todo.add(queries_returns.wanted_of)
    todo.add(queries_exchange.tasks)
    todo.add(queries_practices.sent_back)


def _fill_page() -> None:
    from municipalities import parts, queries_figures, queries_practices
    from municipalities.views import public_alike

    parts.add(
        "figures",
        queries_figures.of_municipality,
        template="municipalities/figures/of_municipality.html",
        position=10,
        title=_("Figures"),
    )
    parts.add(
        "practices",
        queries_practices.part_of,
        template="municipalities/practices/of_municipality.html",
        position=40,
        title=_("Practice"),
    )
    parts.add(
        "alike",
        public_alike.part,
        template="municipalities/alike/of_municipality.html",
        position=70,
        title=_("Similar municipalities"),
    )
