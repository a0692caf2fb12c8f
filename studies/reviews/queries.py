"""What is read of the expert group, of rounds of review, and of what became of remarks."""

from collections.abc import Iterable

from studies.models import Expert, ReviewRound


def members() -> list[Expert]:
    """Return the members whom the public may know, those of today first."""
    return sorted(Expert.objects.named(), key=lambda row: row.until is not None)


def statements() -> Iterable[ReviewRound]:
    """Return the rounds whose statement the public may read, the newest first."""
    rows = ReviewRound.objects.filter(is_statement_public=True, closed_at__isnull=False)
    return rows.select_related("edition__document__material").order_by("-closed_at", "-pk")
