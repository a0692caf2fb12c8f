"""Loading of the shipped site pages; a page that somebody here has begun to write is left alone."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from core.documents.loading import ship, shipped
from core.loading import Report, Shipped
from shsp.models import PageEdition, SitePage

DATA = Path(__file__).parent / "data"
SLUGS = ("about", "privacy", "accessibility")
TEXTS = ("title", "lead", "text")


def read(slug: str) -> dict[str, Any]:
    """Read the shipped text of a page; raises ValueError when it has a key that is not loaded."""
    found = yaml.safe_load((DATA / f"{slug}.yaml").read_text(encoding="utf-8"))
    Shipped.refuse_unknown(found, {"as_of", "review_on", *TEXTS})
    return found


def load() -> Report:
    """Make newer shipped texts the next editions of their pages."""
    report = Report()
    for slug in SLUGS:
        page, _is_new = SitePage.objects.get_or_create(slug=slug)
        report += ship(page, **_told(slug))
    return report


def shipped_edition(slug: str) -> PageEdition:
    """Return the shipped text of a page, not saved: what is read before the first loading."""
    return shipped(SitePage(slug=slug), **_told(slug))


def _told(slug: str) -> dict[str, Any]:
    found = read(slug)
    words: dict[str, Any] = {
        f"{name}_{code}": found[name][code].strip() for name in TEXTS for code in ("cs", "en")
    }
    words["review_on"] = date.fromisoformat(found["review_on"])
    return {"words": words, "at": moment_of(found["as_of"])}


def moment_of(day: str) -> datetime:
    """Return the moment at which a day of the shipped texts began."""
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time.min))
