"""What is known of a material, each fact with its name; an empty value is not known."""

from typing import Any

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.templatetags import ui
from studies.models import Material
from studies.pages.queries import waited_for
from studies.plan.actions import materials, states
from studies.plan.queries import history


def facts_of(row: Any) -> list[dict[str, Any]]:
    """Return the facts about a material; what nobody has verified has an empty value."""
    is_exact = row.title_cs and not row.title_note
    exact = format_html('<span lang="cs">{}</span>', row.title_cs) if is_exact else ""
    facts = [
        (_("State"), row.get_state_display()),
        (_("Tie to the project"), row.tie_means),
        (_("Exact title"), exact),
        (_("For whom"), ", ".join(group.bare_name for group in row.audience.all())),
        (_("Kind"), row.get_kind_display()),
        (_("Authors"), ", ".join(row.authors)),
        (_("Publisher"), row.publisher),
        (capfirst(_("year")), str(row.year or "")),
        (_("Updated"), row.updated_on and ui.partial_date(row.updated_on, row.updated_precision)),
        (_("Number of pages"), row.pages and ui.number(row.pages)),
        (_("Language"), row.get_language_display()),
        (_("Topics"), ", ".join(row.topics)),
        *_promise(row),
    ]
    notes = {_("Exact title"): row.title_note.rstrip(".")}
    return [{"term": term, "value": value, "note": notes.get(term, "")} for term, value in facts]


def facts_at_desk(row: Material, user: Any) -> dict[str, Any]:
    """Return what the desk sees of the record of a material, and what can be done with it."""
    promised = row.planned_on and ui.partial_date(row.planned_on, row.planned_precision)
    own = [
        (_("Place in the plan"), row.place or _("beside the plan")),
        (_("Promised by"), promised),
        (_("Looked after by"), row.owner and row.owner.name),
        (_("Deputy"), row.deputy and row.deputy.name),
    ]
    facts = [{"term": term, "value": value} for term, value in own]
    known = {term for term, _value in own}
    return {
        "facts": [*facts, *(fact for fact in facts_of(row) if fact["term"] not in known)],
        "waits_for": waited_for([row]).get(row.pk, ""),
        "steps": states.steps_of(row, by=user),
        "against_changing": materials.reasons_of_role(user),
    }


def told(row: Material, user: Any) -> dict[str, Any]:
    """Return the history of a material."""
    return {"lines": history(row), "against_changing": materials.reasons_of_role(user)}


def _promise(row: Material) -> list[tuple[str, Any]]:
    """Return by when it was promised, while readers wait for it, and once it is late, why."""
    if row.is_out or not row.planned_on:
        return []
    promised = (_("Promised by"), ui.partial_date(row.planned_on, row.planned_precision))
    return [promised, *([(_("Why it is late"), row.delay_reason)] if row.is_late else [])]
