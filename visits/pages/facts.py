"""What is known of a visit and of a host, each fact with its name; an empty value is not known."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.loading import site
from core.templatetags import ui
from visits.attendance import history as attendance
from visits.choices import HELD, VisitState
from visits.models import Host, StudyVisit
from visits.pages.next_step import next_step_of
from visits.plans.actions import plans, states
from visits.plans.queries import by_day, history, overlaps

# What the capabilities of visits tell in the history of one: its lines, newest first.
HISTORIES = (history, attendance.history)


def plan(visit: StudyVisit, user: Any) -> dict[str, Any]:
    """Return what the desk sees of the plan of a visit, and what can be done with it."""
    programme = list(visit.programme.all())
    following = next_step_of(visit, user)
    return {
        "facts": [*facts_of_visit(visit), *facts_for_desk(visit)],
        "days": by_day(programme),
        "overlaps": overlaps(programme),
        "next_step": following,
        "steps": states.steps_of(visit, by=user),
        # What only goes back is never the main button.
        "is_first_main": following is None and visit.state not in (VisitState.ARCHIVED, VisitState.CANCELLED),
        "against_changing": plans.reasons_of_role(user),
        "against_cancelling": states.reasons_against_cancelling(visit, by=user),
        "host_contact": visit.host.contact if visit.host else "",
    }


def told(visit: StudyVisit, user: Any) -> dict[str, Any]:
    """Return the history of a visit, newest first."""
    lines = [line for lines_of in HISTORIES for line in lines_of(visit)]
    lines.sort(key=lambda line: line.entry.pk, reverse=True)
    return {"lines": lines, "against_changing": plans.reasons_of_role(user)}


def facts_for_desk(visit: StudyVisit) -> list[dict[str, Any]]:
    """Return what the desk alone needs to know of a visit beside its facts."""
    copied = visit.copied_from
    link = format_html('<a href="{}">{}</a>', copied.get_desk_url(), copied) if copied else ""
    facts = [
        (_("Sign-up until"), visit.sign_up_until and ui.when(visit.sign_up_until)),
        (_("Places for one municipality"), ui.number(visit.quota)),
        (_("Places in all"), visit.capacity and ui.number(visit.capacity)),
        *([(_("A copy of"), link)] if copied else []),
    ]
    return [{"term": term, "value": value} for term, value in facts]


def facts_of_visit(row: StudyVisit) -> list[dict[str, Any]]:
    """Return the facts about a visit; what nobody has verified has an empty value.

    An organiser stands there only when it was not the project, a country only when the record gives one.
    """
    themes, is_held = list(row.themes.all()), row.state in HELD
    published = {None: "", True: row.published_what, False: _("nothing")}
    facts = [
        *([(_("Organised by"), row.organiser)] if row.organiser else []),
        (_("When"), _days(row)),
        *([(_("More closely"), row.date_text)] if row.date_text else []),
        *([(_("Country"), row.country)] if row.country else []),
        (_("Places"), ", ".join(row.places)),
        (_("Host"), _links([row.host]) if row.host and row.host.name else ", ".join(row.host_names)),
        *(_who(row) if is_held else []),
        *([(_("Themes"), ", ".join(theme.bare_name for theme in themes))] if themes else []),
        (pgettext("of a visit", "What it is about"), ", ".join(row.topics)),
        *([(_("What was published"), published[row.is_published])] if is_held else []),
    ]
    return [{"term": term, "value": value} for term, value in facts]


def facts_of_host(row: Host) -> list[dict[str, Any]]:
    """Return the facts about a host; what nobody has verified has an empty value."""
    website = format_html('<a href="{}" rel="noreferrer">{}</a>', row.website, site(row.website))
    topics, noted = ", ".join(row.topics), '{} <span class="d-block secondary">{}</span>'
    facts = [
        *([(_("Name in English"), row.name_english)] if row.name_english else []),
        (_("Country"), row.country),
        (capfirst(_("town")), row.city),
        (_("Area"), row.region),
        (_("What it is"), row.kind),
        (_("Founded"), str(row.founded or "")),
        (_("Homes it owned"), row.homes and ui.number(row.homes)),
        (_("Website"), website if row.website else ""),
        (_("What it works on"), format_html(noted, topics, row.topics_note) if row.topics_note else topics),
    ]
    return [{"term": term, "value": value} for term, value in facts]


def _who(row: StudyVisit) -> list[tuple[str, Any]]:
    return [
        (_("Who took part"), ", ".join(row.participants)),
        (_("Municipalities that went"), _links(row.municipalities.all())),
        (_("Number of participants"), row.participants_count and ui.number(row.participants_count)),
    ]


def _days(row: StudyVisit) -> str:
    """Return when a visit is, as exactly as it is known: "3 December 2026 – 5 December 2026"."""
    if not row.starts_on:
        return ""
    first = ui.partial_date(row.starts_on, row.starts_precision)
    return format_html("{} – {}", first, ui.when(row.ends_on)) if row.ends_on else first


def _links(rows: Iterable[Any]) -> str:
    return format_html_join(", ", '<a href="{}">{}</a>', ((row.get_absolute_url(), row) for row in rows))
