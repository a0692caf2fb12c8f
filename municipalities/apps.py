from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MunicipalitiesConfig(AppConfig):
    name = "municipalities"

    def ready(self) -> None:
        """Make memberships of accepted invitations; tell what the timeline, a page and a to-do list show."""
        from accounts.actions import when_accepted, when_accepting
        from core.outbox import mail
        from municipalities.people import emails
        from municipalities.people.actions.hand_over import begin_by_invitation
        from municipalities.people.actions.memberships import reasons_against_accepting
        from municipalities.returns import emails as returns_emails

        when_accepting(reasons_against_accepting)
        when_accepted(begin_by_invitation)
        mail.when_sending(returns_emails.reason_to_stop)
        mail.when_sending(emails.reason_to_stop)
        _fill_timeline()
        _fill_todo()
        _fill_page()


def _fill_timeline() -> None:
    from municipalities import timeline
    from municipalities.exchange import queries as exchange_queries
    from municipalities.figures import timeline as figures_timeline
    from municipalities.people import timeline as people_timeline
    from municipalities.places import successions
    from municipalities.practices import timeline as practices_timeline
    from municipalities.programmes import timeline as programmes_timeline

    timeline.add("memberships", people_timeline.entries, label=_("People"))
    timeline.add("register", successions.entries, label=_("Changes in the register"))
    timeline.add(figures_timeline.VALUES, figures_timeline.entries, label=_("Figures"))
    timeline.add(figures_timeline.RETURNS, figures_timeline.return_entries, label=_("Returns"))
    timeline.add(programmes_timeline.KIND, programmes_timeline.entries, label=_("Programmes"))
    timeline.add(practices_timeline.KIND, practices_timeline.entries, label=_("Practice"))
    timeline.add("exchange", exchange_queries.entries, label=_("Exchange"))


def _fill_todo() -> None:
    from municipalities import todo
    from municipalities.exchange import queries as exchange_queries
    from municipalities.practices import queries as practices_queries
    from municipalities.returns import queries as returns_queries

    todo.add(returns_queries.wanted_of)
    todo.add(exchange_queries.tasks)
    todo.add(practices_queries.sent_back)


def _fill_page() -> None:
    from municipalities import parts
    from municipalities.figures import queries
    from municipalities.places import views
    from municipalities.practices import queries as practices_queries

    parts.add(
        "figures",
        queries.of_municipality,
        template="municipalities/figures/of_municipality.html",
        position=10,
        title=_("Figures"),
    )
    parts.add(
        "practices",
        practices_queries.part_of,
        template="municipalities/practices/of_municipality.html",
        position=40,
        title=_("Practice"),
    )
    parts.add(
        "alike",
        views.part,
        template="municipalities/places/of_municipality.html",
        position=70,
        title=_("Similar municipalities"),
    )
