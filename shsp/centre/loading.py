"""The Centre's own words as the portal ships them: the first edition, which a release never writes over."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db import models, transaction

from core.loading import Report, bring, by_slug, partial
from shsp.models import Centre, FooterLine, Period

DATA = Path(__file__).parent.parent / "data"


@lru_cache(maxsize=1)
def centre_facts() -> dict[str, Any]:
    """Return the facts about the Centre and its project, read once from data/contact_centre.yaml."""
    return yaml.safe_load((DATA / "contact_centre.yaml").read_text(encoding="utf-8"))


def shipped_words(facts: dict[str, Any] | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each table as the portal ships them; banners come from the Centre alone."""
    facts = facts or centre_facts()
    return {
        "centre": [_centre(facts["contact_centre"])],
        "periods": [_period(record) for record in facts["periods"]],
        "banners": [],
        "footer": [_line(number, record) for number, record in enumerate(facts["footer"], start=1)],
    }


def _centre(facts: dict[str, Any]) -> dict[str, Any]:
    channels = {row["slug"]: row for row in facts["channels"]}
    told = ("phone", "email")
    return {
        "slug": "centre",
        "name_cs": facts["name_cs"],
        "name_en": facts["name_en"],
        **{name: channels[name]["value"] or "" for name in told},
        "address": facts["address"] or "",
        "hours_cs": "",
        "hours_en": "",
        "data_box": "",
        "officer_email": "",
        "officer_phone": "",
        "sources": {name: channels[name]["source"] for name in told if channels[name]["value"]},
    }


def _period(record: dict[str, Any]) -> dict[str, Any]:
    columns = dict(record)
    for side in ("starts", "ends"):
        day, precision = partial(columns.pop(side, None))
        columns |= {f"{side}_on": day, f"{side}_precision": precision or "day"}
    told = ("registration_number", "phone", "email", "website", "source")
    return columns | {name: columns.get(name) or "" for name in told}


def _line(number: int, record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "position": 10 * number}


@transaction.atomic
def load(facts: dict[str, Any] | None = None) -> Report:
    """Bring the Centre's facts, periods and footer; what was changed here stays."""
    words, report = shipped_words(facts), Report()
    tables: dict[str, type[models.Model]] = {"centre": Centre, "periods": Period, "footer": FooterLine}
    for name, model in tables.items():
        for values in words[name]:
            report += bring(by_slug(model, values["slug"]), values)
    return report
