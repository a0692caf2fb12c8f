"""What the small world has of the expert group and of its reviews."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from municipalities.models import Municipality
from studies.models import ReviewFile
from tests.factories.material_texts import ChapterFactory, MaterialEditionFactory
from tests.factories.reviews import (
    ConfirmationFactory,
    ExpertFactory,
    RemarkFactory,
    ReviewerFactory,
    ReviewRoundFactory,
)
from tests.files import stored

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES = {"desk-review-file", "desk-review-figure"}


def build(world: Any, place: Municipality) -> None:
    """A round with one review, one expert who reads, one who waits; an author who is asked."""
    expert = ExpertFactory(named=True)
    edition = MaterialEditionFactory(document__material__state="in_expert_review")
    chapter = ChapterFactory(edition=edition, text="První odstavec.\n\nDruhý odstavec.")
    row = ReviewRoundFactory(edition=edition, opened_by=world.accounts["coordinator"])
    done = ReviewerFactory(round=row, delivered=True)
    ReviewerFactory(round=row, expert=expert, accepted=True)
    waiting = ReviewerFactory(round=row, waiting=True)
    remark = RemarkFactory(reviewer=done, chapter=chapter, passage="První odstavec.")
    RemarkFactory(reviewer=done, chapter=chapter, passage="Odstavec, který v textu už dávno není.", block=5)
    sent = stored(SimpleUploadedFile("posudek.txt", b"Posudek."), by=None)
    ReviewFile.objects.create(reviewer=done, attachment=sent)
    statement = {"statement_cs": "Text doporučujeme.", "is_statement_public": True}
    ReviewRoundFactory(closed=True, votes_for=3, votes_against=0, votes_abstained=1, **statement)
    asked = ConfirmationFactory(edition=edition, confirmed_at=timezone.now())
    material = {"pk": edition.document.material_id}
    rounds = ["", "-prolong", "-add", "-close", "-changes", "-remarks"]
    experts = ["call", "remind", "link", "revoke"]
    authors = ["ask-again", "revoke", "waive"]
    world.arguments |= {
        "desk-group-member-edit": {"pk": expert.pk},
        "desk-review-open": material,
        "desk-confirmations": material,
        **{f"desk-review{name}": {"pk": row.pk} for name in rounds},
        **{f"desk-reviewer-{name}": {"pk": waiting.pk} for name in experts},
        **{f"desk-remark-{name}": {"pk": remark.pk} for name in ("settle", "open-again")},
        **{f"desk-confirmation-{name}": {"pk": asked.pk} for name in authors},
    }
