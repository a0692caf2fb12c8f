"""What the small world has of lessons: one answered and asked of, one that waits, a workshop."""

from typing import Any

from accounts.permissions import Role
from municipalities.models import Municipality
from tests.factories.lessons import (
    OutcomeFactory,
    ProposalFactory,
    WordingFactory,
    WorkshopFactory,
)
from tests.factories.reports import ReportEditionFactory
from visits.choices import LessonAnswer

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """A published report with two lessons, both proposed to the official's municipality."""
    official = world.accounts[Role.OFFICIAL]
    edition = ReportEditionFactory(published=True)
    first, second = WordingFactory.create_batch(2, edition=edition)
    answered = ProposalFactory(
        lesson=first.lesson,
        municipality=place,
        answered=True,
        answered_by=official,
        state=LessonAnswer.ADOPTED,
        reason="Běží to od jara.",
    )
    OutcomeFactory(proposal=answered)
    ProposalFactory(lesson=second.lesson, municipality=place)
    workshop, visit = WorkshopFactory(visits=[edition.document.visit]), edition.document.visit
    proposal, kept = {"pk": answered.pk}, {"pk": workshop.pk}
    addresses = ["my-lesson", "my-lesson-came", "desk-lesson", "desk-lesson-came", "desk-lesson-take-back"]
    world.arguments |= {
        **dict.fromkeys(addresses, proposal),
        "desk-visit-propose": {"pk": visit.pk},
        "desk-lesson-practice": {"pk": first.lesson_id},
        **dict.fromkeys(["desk-workshop-edit", "desk-workshop-use"], kept),
        "desk-workshop-put-back": {**kept, "entry": 1},
    }
