"""The first edition of the themes of study visits; loading again changes nothing that was changed here."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from core.loading import Report, bring, by_slug
from visits.models import StudyVisit, Theme

DATA = Path(__file__).parent / "data" / "themes.yaml"


@transaction.atomic
def load() -> Report:
    """Bring the themes, and give a new one to the shipped visits that are about it."""
    report = Report()
    for number, record in enumerate(yaml.safe_load(DATA.read_text(encoding="utf-8"))["themes"], start=1):
        theme: Any = by_slug(Theme, record["slug"])
        done = bring(theme, {"name_cs": record["cs"], "name_en": record["en"], "position": 10 * number})
        if done.created:
            theme.visits.set(StudyVisit.objects.filter(slug__in=record["visits"]))
        report += done
    return report
