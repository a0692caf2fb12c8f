"""What is read of the expert group, of rounds of review, and of what became of remarks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from studies.choices import READING, ReviewState, SeenBy
from studies.models import (
    Chapter,
    ChapterVersion,
    Expert,
    Material,
    MaterialText,
    Remark,
    Reviewer,
    ReviewFile,
    ReviewRound,
)
from studies.models.review import READ_AFTERWARDS
from studies.reviews import clock, roles
from studies.reviews.actions import invitations
from studies.reviews.passages import Located, located


def members() -> list[Expert]:
    """Return the members whom the public may know, those of today first."""
    return sorted(Expert.objects.named(), key=lambda row: row.until is not None)


def statements() -> QuerySet[ReviewRound]:
    """Return the rounds whose statement the public may read, the newest first."""
    rows = ReviewRound.objects.filter(is_statement_public=True, closed_at__isnull=False)
    return rows.select_related("edition__document__material").order_by("-closed_at", "-pk")


def readable_until(review_round: ReviewRound) -> date:
    """Return until when the links of a round surely work."""
    last = timezone.localdate(review_round.closed_at) if review_round.closed_at else review_round.deadline
    return last + READ_AFTERWARDS


def others_of(row: Reviewer) -> list[Reviewer]:
    """Return the delivered reviews of other experts, where experts of a round may read each other."""
    if row.round.seen_by == SeenBy.EDITORS:
        return []
    rows = row.round.reviewers.filter(state=ReviewState.DELIVERED).exclude(pk=row.pk)
    return list(rows.select_related("expert", "round").prefetch_related("remarks"))


# At the desk --------------------------------------------------------------------------


def rounds() -> QuerySet[ReviewRound]:
    """Return all rounds, those that go on first, with how many experts read and how many have delivered."""
    waiting = Count("reviewers", filter=Q(reviewers__state__in=READING))
    delivered = Count("reviewers", filter=Q(reviewers__state=ReviewState.DELIVERED))
    rows = ReviewRound.objects.annotate(waiting=waiting, delivered=delivered)
    order = (F("closed_at").desc(nulls_first=True), "deadline", "pk")
    return rows.select_related("edition__document__material").order_by(*order)


def of_material(material: Material, user: Any) -> dict[str, Any]:
    """Return the rounds of a material, and whether one could be opened, for its page at the desk."""
    return {
        "rounds": list(rounds().filter(edition__document__material=material)),
        "has_text": MaterialText.objects.filter(material=material).exists(),
        "may_run": user.has(Permission.MANAGE_MATERIALS),
    }


def to_settle(_reader: User) -> tuple[str, str, QuerySet[Any]]:
    """Return what waits at the desk: its title, its list, its rows."""
    rows = Remark.objects.delivered().unsettled().filter(reviewer__round__closed_at=None)
    return _("Remarks of experts to be settled"), reverse("desk-reviews"), rows


def readable(reader: User) -> QuerySet[Reviewer]:
    """Return the delivered reviews that somebody at the desk may read."""
    rows = Reviewer.objects.visible_to(reader).filter(state=ReviewState.DELIVERED)
    wrote = Q(round__edition__writers=reader) | Q(round__edition__author=reader)
    closed_to = (wrote | Q(round__edition__submitted_by=reader)) & ~Q(round__opened_by=reader)
    hidden = ReviewRound.objects.filter(closed_at=None).exclude(seen_by=SeenBy.AUTHORS)
    kept = Reviewer.objects.filter(closed_to, round__in=hidden).values("pk")
    return rows.exclude(pk__in=kept)


@dataclass(frozen=True)
class AtDesk:
    """An expert of a round as the desk sees them, and why something cannot be done."""

    row: Reviewer
    name: str
    answer_by: date
    files: list[tuple[ReviewFile, str]]
    against_calling: list[str]
    against_reminding: list[str]
    against_renewing: list[str]
    against_revoking: list[str]


def reviewers_of(review_round: ReviewRound, reader: User) -> list[AtDesk]:
    """Return the experts of a round in their order."""
    files = Prefetch("files", ReviewFile.objects.select_related("attachment"))
    rows = review_round.reviewers.select_related("expert").prefetch_related("remarks", files)
    names = names_of(review_round, reader)
    found = []
    for row in rows:
        row.round = review_round
        against = {
            f"against_{name}": reasons(row, by=reader)
            for name, reasons in {
                "calling": invitations.reasons_against_calling,
                "reminding": invitations.reasons_against_reminding,
                "renewing": invitations.reasons_against_renewing,
                "revoking": invitations.reasons_against_revoking,
            }.items()
        }
        shown = [(one, reverse("desk-review-file", args=[one.pk])) for one in row.files.all()]
        found.append(AtDesk(row, names[row.pk], clock.answer_by(row), shown, **against))
    return found


def names_of(review_round: ReviewRound, reader: User) -> dict[int, str]:
    """Return what each expert of a round is called for a reader: their name, or a number."""
    hidden = roles.hides_names(review_round, reader)
    rows = review_round.reviewers.values_list("pk", "expert__name")
    return {
        pk: _("Expert %(number)s") % {"number": number} if hidden else name
        for number, (pk, name) in enumerate(rows, 1)
    }


def remark_counts(review_round: ReviewRound) -> dict[str, int]:
    """Return how many remarks were delivered in a round, and how many of them wait."""
    rows = Remark.objects.delivered().filter(reviewer__round=review_round)
    return rows.aggregate(all=Count("pk"), waiting=Count("pk", filter=Q(settled_at=None)))


def remarks_of(review_round: ReviewRound, chapters: Iterable[Chapter]) -> list[Located]:
    """Return the delivered remarks of a round with where their passages stand today."""
    rows = Remark.objects.delivered().filter(reviewer__round=review_round)
    return located(rows.select_related("reviewer__expert", "settled_by", "chapter"), chapters)


def changes_since(review_round: ReviewRound) -> list[dict[str, str]]:
    """Return the chapters that are not as the experts got them, with what each said then and says now."""
    opened, versions = review_round.opened_at, ChapterVersion.objects.filter(chapter=OuterRef("pk"))
    then = versions.filter(saved_at__lte=opened).order_by("-number")
    rows = review_round.edition.chapters.annotate(
        was_heading=Subquery(then.values("heading")[:1]),
        was=Subquery(then.values("text")[:1]),
        is_saved=Exists(versions.filter(saved_at__gt=opened)),
    )
    # What was never saved since stands as it was.
    return [
        {"label": row.heading, "before": row.was or "", "after": row.text}
        for row in rows.filter(is_saved=True)
        if (row.was_heading, row.was) != (row.heading, row.text)
    ]
