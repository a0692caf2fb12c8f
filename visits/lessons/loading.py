"""Loading of the workshops that the portal ships with; what was changed here stays as it is."""

from pathlib import Path

import yaml
from django.db import transaction

from core.loading import Report, bring, by_slug
from visits.models import Workshop

DATA = Path(__file__).parent / "data" / "workshops.yaml"


@transaction.atomic
def load(path: Path = DATA) -> Report:
    """Bring the workshops of the file; visits must be there already."""
    report = Report()
    for record in yaml.safe_load(path.read_text(encoding="utf-8"))["workshops"]:
        row = by_slug(Workshop, record["slug"])
        report += bring(row, record)
        row.follow_visits()
    return report
