"""What is known of a visit and of a host, each fact with its name; an empty value is not known."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.loading import site
from core.loading.sources import Sources
from core.templatetags import ui
from visits.models import Host, StudyVisit


def plan(visit: StudyVisit, user: Any) -> dict[str, Any]:
    """Return what the desk sees of the plan of a visit."""
    return {
        "facts": facts_of_visit(visit),
        "programme": list(visit.programme.all()),
        "sources": Sources(),
    }


def facts_of_visit(row: StudyVisit) -> list[dict[str, Any]]:
    """Return the facts about a visit; what nobody has verified has an empty value.

    An organiser stands there only when it was not the project, a country only when the record gives one.
    """
    published = {None: "", True: row.published_what, False: _("nothing")}
    facts = [
        *([(_("Organised by"), row.organiser)] if row.organiser else []),
        (_("When"), row.starts_on and ui.partial_date(row.starts_on, row.starts_precision)),
        (_("More closely"), row.date_text),
        *([(_("Country"), row.country)] if row.country else []),
        (_("Places"), ", ".join(row.places)),
        (_("Host"), _links([row.host]) if row.host else ", ".join(row.host_names)),
        (_("Who took part"), ", ".join(row.participants)),
        (_("Municipalities known by name"), _links(row.municipalities.all())),
        (_("Number of participants"), row.participants_count and ui.number(row.participants_count)),
        (_("Topics"), ", ".join(row.topics)),
        (_("What was published"), published[row.is_published]),
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
        (_("Topics"), format_html(noted, topics, row.topics_note) if row.topics_note else topics),
    ]
    return [{"term": term, "value": value} for term, value in facts]


def _links(rows: Iterable[Any]) -> str:
    return format_html_join(", ", '<a href="{}">{}</a>', ((row.get_absolute_url(), row) for row in rows))
