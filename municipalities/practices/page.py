"""What the pages of a practice show: its fixed shape, its criteria, and the ledger of who took it over."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from core.documents import footnotes
from municipalities.choices import STAGES, UNDER_WAY, AdoptionState, Criterion, Verdict
from municipalities.models import Practice, PracticeEdition
from municipalities.models.practice import SECTIONS

# So many municipalities of each stage stand on the page of a practice; all of them in its ledger.
SHOWN_OF_A_STAGE = 5


def text_in(edition: PracticeEdition, code: str) -> dict[str, Any]:
    """Return the text of an edition in the language `code`; labels are in the page's language.

    Its `sections` are titles with HTML, which is empty when nothing is known; `missing` names those.
    """

    def get(name: str) -> str:
        return edition.in_language(name, code)

    sources = footnotes.lines(get("sources"))
    with override(code):
        # The word "source" inside a mark is of the text's language.
        bodies = {name: footnotes.render(get(name), len(sources)) for name in SECTIONS}
        lead = footnotes.line(" ".join(get("lead").split()), len(sources))
    sections = [(str(title), bodies[name]) for name, title in SECTIONS.items()]
    parts = [*sections, (_("Contact"), get("contact")), (_("Sources"), sources)]
    return {
        "title": get("title"),
        "lead": lead,
        "sections": sections,
        "contact": get("contact"),
        "sources": [footnotes.source_line(row) for row in sources],
        "missing": " · ".join(title for title, known in parts if not known),
    }


def judgement(edition: PracticeEdition) -> dict[str, Any]:
    """Return how an edition stands against all criteria: their labels, each with its assessment or None."""
    found = {row.criterion: row for row in edition.assessments.all()}
    rows = [(label, found.get(code)) for code, label in Criterion.choices]
    return {
        "rows": rows,
        "is_done": all(row for _label, row in rows),
        "has_label": all(row and row.verdict == Verdict.MET for _label, row in rows),
        "on": max((row.assessed_at for _label, row in rows if row), default=None),
    }


def ledger(practice: Practice) -> dict[str, Any]:
    """Return who took a practice over and how far they are, as far as it fits on the practice's page.

    `counts` are how many are in each state, `stages` those that are about as far, the first of them shown.
    """
    counts = practice.adoptions.counts()
    rows = list(practice.adoptions.first_of_stages(SHOWN_OF_A_STAGE))
    headings = {
        AdoptionState.RUNNING: _("Where it runs"),
        UNDER_WAY: _("Where it is being studied, planned or tried out"),
        AdoptionState.DROPPED: _("Where it was dropped, and why"),
    }
    stages = [
        {
            "key": key,
            "heading": headings[key],
            "count": sum(counts.get(state, 0) for state in states),
            "adoptions": [row for row in rows if row.state in states],
        }
        for key, states in STAGES.items()
    ]
    in_order = [state for states in STAGES.values() for state in states]
    return {
        "counts": [(state, counts[state]) for state in in_order if state in counts],
        "stages": [stage for stage in stages if stage["count"]],
    }
